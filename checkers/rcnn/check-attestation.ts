/**
 * Decides whether an in-toto Statement is the one about a given certificate, and whether files are what a certificate
 * speaks of. Signatures are not looked at: whose key is to be trusted is for the user's own tool to say
 * (docs/attestation.md).
 */
import type { RcnnCertificate } from "../../certificates/rcnn-certificate.js";
import { sha256, utf8 } from "../../certificates/sha-256.js";
import {
  printAttestation,
  STATEMENT_MEDIA_TYPE,
  attestationOf,
  type Attestation,
} from "../../certificates/attestation.js";
import { rejected, shortened, type Rejected, type Verdict, accepted } from "../verdict.js";

/**
 * Why a Statement, or a file, does not belong to a certificate.
 *
 * @example
 * ```ts
 * import { checkAttestation, certify, loadMachine, type AttestationFault } from "weightproof";
 *
 * const verdict = certify(loadMachine("bb2"));
 * if (verdict.verdict !== "accepted") throw new Error(verdict.message);
 * const { certificate, text } = verdict.result;
 * const other = checkAttestation("not JSON", certificate, text);
 * const code: AttestationFault | undefined = other.verdict === "rejected" ? other.code : undefined;
 * code; // => "not-json"
 * ```
 */
export type AttestationFault = "not-json" | "envelope" | "statement" | "subject-file";

/** A file that was given as a subject. */
export interface SubjectFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The part of the certificate that a subject file is. */
export interface MatchedSubject {
  readonly name: string;
  readonly sha256: string;
  readonly part: "certificate" | keyof RcnnCertificate["digests"];
}

/**
 * Decides a Statement, bare or as the payload of a DSSE envelope (alone, or in a Sigstore bundle). But for the names of
 * its subjects it must be, byte for byte, what follows from the certificate.
 *
 * @param certificate one that a checker accepted
 * @param text the certificate's own text
 *
 * @example
 * ```ts
 * import { attestationOf, certify, checkAttestation, loadMachine, printAttestation } from "weightproof";
 *
 * const verdict = certify(loadMachine("bb2"));
 * if (verdict.verdict !== "accepted") throw new Error(verdict.message);
 * const { certificate, text } = verdict.result;
 * const statement = attestationOf(certificate, text, { certificate: "bb2.json", filter: "filter.json" });
 * checkAttestation(printAttestation(statement), certificate, text).verdict; // => "accepted"
 * checkAttestation(printAttestation(statement).replace("bb2", "bb3"), certificate, text).verdict; // => "accepted"
 * checkAttestation(printAttestation(statement).replace("well-formed", "full"), certificate, text).verdict; // => "rejected"
 * ```
 */
export function checkAttestation(
  statementText: string,
  certificate: RcnnCertificate,
  text: string,
): Verdict<AttestationFault, Attestation> {
  const payload = payloadOf(statementText);
  if (typeof payload !== "string") return payload;
  const json = parse(payload);
  if ("verdict" in json) return json;
  const subjects = at(json.value, "subject");
  const [first, second] = Array.isArray(subjects) ? (subjects as unknown[]).map((one) => at(one, "name")) : [];
  if (!isName(first) || !isName(second) || first === second) {
    const message = "expected two subjects with different names, the certificate and the filter";
    return rejected("statement", "subject", message);
  }
  const statement = attestationOf(certificate, text, { certificate: first, filter: second });
  const computed = printAttestation(statement);
  if (payload === computed) return accepted(statement);
  const [is, ought] = [payload.split("\n"), computed.split("\n")];
  let line = 0;
  while (is[line] === ought[line]) line++;
  const message = "the statement is not the one that follows from the certificate";
  return rejected("statement", `line ${line + 1}`, message, { stated: show(is[line]), computed: show(ought[line]) });
}

/**
 * Decides whether each file is, byte for byte, a part of the certificate in canonical JSON, or the certificate itself.
 *
 * @example
 * ```ts
 * import { certify, checkSubjects, filterBytes, loadMachine } from "weightproof";
 *
 * const verdict = certify(loadMachine("bb2"));
 * if (verdict.verdict !== "accepted") throw new Error(verdict.message);
 * const { certificate, text } = verdict.result;
 * const matched = checkSubjects([{ name: "filter.json", bytes: filterBytes(certificate) }], certificate, text);
 * matched.verdict === "accepted" && matched.result.map(({ name, part }) => [name, part]); // => [["filter.json", "filter"]]
 * ```
 */
export function checkSubjects(
  files: readonly SubjectFile[],
  { digests }: RcnnCertificate,
  text: string,
): Verdict<AttestationFault, readonly MatchedSubject[]> {
  const parts = new Map<string, MatchedSubject["part"]>([[sha256(utf8(text)), "certificate"]]);
  for (const part of ["filter", "head", "machine", "source"] as const) {
    parts.set(digests[part].slice("sha256:".length), part);
  }
  const matched: MatchedSubject[] = [];
  for (const { name, bytes } of files) {
    const digest = sha256(bytes);
    const part = parts.get(digest);
    if (part === undefined) {
      const message = "the file is not a part of the certificate: no digest is that of its bytes";
      return rejected("subject-file", name, message, { sha256: digest, filter: digests.filter });
    }
    matched.push({ name, sha256: digest, part });
  }
  return accepted(matched);
}

/** Each is found in a text at most once, so that no reader can take it from another place than we do. */
const ENVELOPE_KEYS = ["dsseEnvelope", "payloadType", "payload"];

/** The text of the Statement in a text, out of its envelope. */
function payloadOf(text: string): string | Rejected<AttestationFault> {
  const outer = parse(text);
  if ("verdict" in outer) return outer;
  const envelope = at(outer.value, "dsseEnvelope") ?? outer.value;
  const [type, payload] = [at(envelope, "payloadType"), at(envelope, "payload")];
  if (type === undefined && payload === undefined) return text;
  const twice = ENVELOPE_KEYS.find((key) => text.split(`"${key}"`).length > 2);
  if (twice !== undefined) return rejected("envelope", twice, `expected ${twice} once`);
  if (text.includes("\\u")) return rejected("envelope", "", "expected no escaped characters");
  if (type !== STATEMENT_MEDIA_TYPE || typeof payload !== "string") {
    const message = `expected an envelope with a payload of the type ${STATEMENT_MEDIA_TYPE}`;
    return rejected("envelope", "payloadType", message, { payloadType: show(type) });
  }
  return textOfBase64(payload) ?? rejected("envelope", "payload", "expected base64");
}

/** The text whose UTF-8 is spelled in base64: in either alphabet, as DSSE allows, and with its padding or without. */
function textOfBase64(payload: string): string | undefined {
  const spelled = payload.replaceAll("-", "+").replaceAll("_", "/");
  let bytes: string;
  try {
    bytes = atob(spelled);
  } catch {
    return undefined;
  }
  // White space and stray bits in the last digit are read over; they make another text of the same bytes.
  const plain = btoa(bytes);
  if (spelled !== plain && spelled !== plain.replace(/=+$/, "")) return undefined;
  const codes = Uint8Array.from(bytes, (character) => character.charCodeAt(0));
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(codes);
}

function parse(text: string): { readonly value: unknown } | Rejected<AttestationFault> {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return rejected("not-json", "", message.replaceAll(/[\s\p{C}]+/gu, " "));
  }
}

function at(json: unknown, key: string): unknown {
  const own = Object(json) as Record<string, unknown>;
  return Object.hasOwn(own, key) ? own[key] : undefined;
}

/** A name without control characters; a lone surrogate has no UTF-8. */
function isName(name: unknown): name is string {
  return typeof name === "string" && /^[^\p{Cc}\p{Cs}]+$/u.test(name);
}

function show(value: unknown): string {
  return shortened(JSON.stringify(value) ?? "absent", 300);
}
