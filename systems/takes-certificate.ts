/** Whether a file is a certificate of a system; where it is none of any, the first system says so. */
import { certificateKind, MAX_CERTIFICATE_BYTES } from "../certificates/envelope.js";
import { readExactTextFile } from "../inputs/read-text-file.js";

/** The system that a file's certificate names, or undefined. */
export function systemOfCertificate(path: string): string | undefined {
  try {
    return certificateKind(readExactTextFile(path, MAX_CERTIFICATE_BYTES))?.system;
  } catch {
    return undefined;
  }
}
