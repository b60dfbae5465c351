/** Decides whether files are certificates of the filter of a recoding's target, and whether these hold. */
import { certificateKind } from "../../certificates/envelope.js";
import type { RecodingCertificate } from "../../certificates/rcnn-recoding.js";
import { sha256 } from "../../certificates/sha-256.js";
import { accepted, rejected, type Verdict } from "../verdict.js";
import { checkCertificate, type CertificateFault } from "./check-certificate.js";

/** A file that holds an accepted certificate of the target's filter. */
export interface TargetFilter {
  readonly name: string;
  readonly sha256: string;
  readonly part: "target-filter";
}

/** Each file has to be the certificate of a filter whose source is the recoding's target, and to be accepted. */
export function checkTargetFilters(
  files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
  { digests }: RecodingCertificate,
): Verdict<CertificateFault | "subject-file", readonly TargetFilter[]> {
  const found: TargetFilter[] = [];
  for (const { name, bytes } of files) {
    const text = decode(bytes);
    const kind = text === undefined ? undefined : certificateKind(text);
    if (text === undefined || kind?.system !== "rcnn" || kind.statement !== "filter")
      return rejected("subject-file", name, "expected the certificate of a filter");
    const verdict = checkCertificate(text);
    if (verdict.verdict === "undecided") return verdict;
    if (verdict.verdict === "rejected") {
      const { code, path, message } = verdict;
      return rejected("subject-file", name, `the certificate is rejected: ${code} at ${path}: ${message}`);
    }
    const { source } = verdict.result.digests;
    if (source !== digests.target) {
      const witness = { stated: digests.target, computed: source };
      return rejected("subject-file", name, "the filter is not that of the recoding's target", witness);
    }
    found.push({ name, sha256: sha256(bytes), part: "target-filter" });
  }
  return accepted(found);
}

/** The text of bytes, if they are UTF-8 without a byte order mark. */
function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
