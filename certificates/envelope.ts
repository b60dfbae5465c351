/** What all certificates share: the four keys that say what kind of certificate a text is. */

export const CERTIFICATE_FORMAT = "weightproof-certificate";
export const CERTIFICATE_VERSION = 1;

/** Whose certificate it is, and of what. */
export interface CertificateKind {
  readonly system: string;
  readonly statement: string;
}

/**
 * The kind that a text claims to be, if it is JSON of this format and version; decides nothing else. Of a key that is there
 * twice the last value counts, as for every reader; such a text is rejected later.
 */
export function certificateKind(text: string): CertificateKind | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { format, version, system, statement } = Object(json) as Record<string, unknown>;
  if (format !== CERTIFICATE_FORMAT || version !== CERTIFICATE_VERSION) return undefined;
  return typeof system === "string" && typeof statement === "string" ? { system, statement } : undefined;
}
