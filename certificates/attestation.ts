/**
 * An in-toto Statement (v1) about a certificate: which files it speaks of, by their SHA-256, and what the certificate says of
 * them. A signature over its bytes, with whatever tool its user trusts, binds a person to those files. docs/attestation.md.
 */
import { canonicalJson, printJson } from "./canonical.js";
import type { RcnnCertificate } from "./rcnn-certificate.js";
import { sha256, utf8 } from "./sha-256.js";

export const STATEMENT_TYPE = "https://in-toto.io/Statement/v1";
export const PREDICATE_TYPE = "urn:weightproof:certified-filter:1";
/** What a DSSE envelope calls a payload that is a Statement. */
export const STATEMENT_MEDIA_TYPE = "application/vnd.in-toto+json";

export interface AttestationSubject {
  readonly name: string;
  readonly digest: { readonly sha256: string };
}

export interface Attestation {
  readonly _type: typeof STATEMENT_TYPE;
  /** The certificate's file, then the filter's. */
  readonly subject: readonly [certificate: AttestationSubject, filter: AttestationSubject];
  readonly predicateType: typeof PREDICATE_TYPE;
  /** The certificate but for its machines' tables and its networks. */
  readonly predicate: {
    readonly certificate: Pick<RcnnCertificate, "format" | "version" | "system" | "statement">;
    readonly reading: RcnnCertificate["reading"];
    readonly machine: string;
    readonly alphabet: RcnnCertificate["alphabet"];
    readonly code: RcnnCertificate["code"];
    readonly digests: RcnnCertificate["digests"];
    readonly verdicts: RcnnCertificate["verdicts"];
  };
}

/** What the two subjects are called; names of files, as a rule. */
export interface SubjectNames {
  readonly certificate: string;
  readonly filter: string;
}

/** The filter's exact bytes: the UTF-8 of its canonical JSON, whose SHA-256 is the certificate's `digests.filter`. */
export function filterBytes({ filter }: RcnnCertificate): Uint8Array {
  return utf8(canonicalJson(filter));
}

/**
 * The one Statement about a certificate under these names.
 *
 * @param text the certificate's own text
 */
export function attestationOf(certificate: RcnnCertificate, text: string, names: SubjectNames): Attestation {
  const { format, version, system, statement, reading, source, alphabet, code, digests, verdicts } = certificate;
  return {
    _type: STATEMENT_TYPE,
    subject: [
      { name: names.certificate, digest: { sha256: sha256(utf8(text)) } },
      { name: names.filter, digest: { sha256: sha256(filterBytes(certificate)) } },
    ],
    predicateType: PREDICATE_TYPE,
    predicate: {
      certificate: { format, version, system, statement },
      reading,
      machine: source.name,
      alphabet,
      code,
      digests,
      verdicts,
    },
  };
}

/** The bytes of a Statement's file. */
export function printAttestation(statement: Attestation): string {
  return printJson(statement);
}
