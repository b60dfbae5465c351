/**
 * An in-toto Statement (v1) about a certificate: which files it speaks of, by their SHA-256, and what the certificate
 * says of them. A signature over its bytes, with whatever tool its user trusts, binds a person to those files.
 * docs/attestation.md.
 */
import { canonicalJson, printJson } from "./canonical.js";
import type { RcnnCertificate } from "./rcnn-certificate.js";
import { sha256, utf8 } from "./sha-256.js";

/** `_type` of an in-toto Statement, version 1. */
export const STATEMENT_TYPE = "https://in-toto.io/Statement/v1";

/** `predicateType` of the attestations that this project writes: a certified filter, first version. */
export const PREDICATE_TYPE = "urn:weightproof:certified-filter:1";
/** What a DSSE envelope calls a payload that is a Statement. */
export const STATEMENT_MEDIA_TYPE = "application/vnd.in-toto+json";

/** A file that an attestation is about: its name, and the SHA-256 of its bytes as 64 lower-case hex digits. */
export interface AttestationSubject {
  readonly name: string;
  readonly digest: { readonly sha256: string };
}

/**
 * The in-toto Statement about a filter's certificate; docs/attestation.md describes it field by field.
 *
 * @example
 * ```ts
 * import { attestationOf, certify, loadMachine, type Attestation } from "weightproof";
 *
 * const verdict = certify(loadMachine("bb2"));
 * if (verdict.verdict !== "accepted") throw new Error(verdict.message);
 * const { certificate, text } = verdict.result;
 * const statement: Attestation = attestationOf(certificate, text, { certificate: "bb2.json", filter: "filter.json" });
 * statement.subject.map(({ name }) => name); // => ["bb2.json", "filter.json"]
 * ```
 */
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

/** Names for the two subjects, usually those of files. */
export interface SubjectNames {
  readonly certificate: string;
  readonly filter: string;
}

/**
 * The filter's exact bytes: the UTF-8 of its canonical JSON, whose SHA-256 is the certificate's `digests.filter`.
 *
 * @example
 * ```ts
 * import { createHash } from "node:crypto";
 * import { certify, filterBytes, loadMachine } from "weightproof";
 *
 * const verdict = certify(loadMachine("bb2"));
 * if (verdict.verdict !== "accepted") throw new Error(verdict.message);
 * const { certificate } = verdict.result;
 * const digest = createHash("sha256").update(filterBytes(certificate)).digest("hex");
 * certificate.digests.filter === `sha256:${digest}`; // => true
 * ```
 */
export function filterBytes({ filter }: RcnnCertificate): Uint8Array {
  return utf8(canonicalJson(filter));
}

/**
 * The one Statement about a certificate under these names.
 *
 * @param text the certificate's own text
 *
 * @example
 * ```ts
 * import { attestationOf, certify, loadMachine } from "weightproof";
 *
 * const verdict = certify(loadMachine("bb2"));
 * if (verdict.verdict !== "accepted") throw new Error(verdict.message);
 * const { certificate, text } = verdict.result;
 * const statement = attestationOf(certificate, text, { certificate: "bb2.json", filter: "filter.json" });
 * statement.predicate.machine; // => "bb2"
 * `sha256:${statement.subject[1].digest.sha256}` === certificate.digests.filter; // => true
 * ```
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

/**
 * The bytes of a Statement's file.
 *
 * @example
 * ```ts
 * import { attestationOf, certify, loadMachine, printAttestation } from "weightproof";
 *
 * const verdict = certify(loadMachine("bb2"));
 * if (verdict.verdict !== "accepted") throw new Error(verdict.message);
 * const { certificate, text } = verdict.result;
 * const statement = attestationOf(certificate, text, { certificate: "bb2.json", filter: "filter.json" });
 * printAttestation(statement).split("\n")[1]; // => '  "_type": "https://in-toto.io/Statement/v1",'
 * ```
 */
export function printAttestation(statement: Attestation): string {
  return printJson(statement);
}
