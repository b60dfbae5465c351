/**
 * What all certificates share: the keys that say what kind a text is, how long it may be, and that a value has one
 * text. A statement adds its type, its schema and its printing.
 */
import { placeAt } from "./json-place.js";
import { printJson } from "./canonical.js";
import { inKeyOrder, type OrderSchema } from "./key-order.js";

/** `format` of every certificate, of whichever paper. */
export const CERTIFICATE_FORMAT = "weightproof-certificate";

/** `version` of every certificate: the version of FORMAT.md that it follows. */
export const CERTIFICATE_VERSION = 1;

/** Most characters of a certificate's text that are read: 128 Mi. One for s = 256 has about 1 Mi. */
export const MAX_CERTIFICATE_CHARACTERS: number = 128 * 1024 * 1024;

/** Most bytes of a file that may hold a certificate: only names go beyond ASCII, so no certificate has more. */
export const MAX_CERTIFICATE_BYTES: number = 2 * MAX_CERTIFICATE_CHARACTERS;

/** The system and the statement of a certificate.
 *
 * @example
 * ```ts
 * import { certificateKind, type CertificateKind } from "weightproof/checkers";
 *
 * const text = '{"format": "weightproof-certificate", "version": 1, "system": "rcnn", "statement": "learning"}';
 * const kind: CertificateKind | undefined = certificateKind(text);
 * kind?.statement; // => "learning"
 * ```
 */
export interface CertificateKind {
  readonly system: string;
  readonly statement: string;
}

/**
 * The kind that a text claims to be, if it is JSON of this format and version; decides nothing else. Of a key that is
 * there twice the last value counts, as for every reader; such a text is rejected later.
 *
 * @example
 * ```ts
 * import { certificateKind } from "weightproof/checkers";
 *
 * certificateKind('{"format": "weightproof-certificate", "version": 1, "system": "rcnn", "statement": "filter"}');
 * certificateKind('{"format": "something-else"}'); // => undefined
 * ```
 */
export function certificateKind(text: string): CertificateKind | undefined {
  if (text.length > MAX_CERTIFICATE_CHARACTERS) return undefined;
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

/** Why a text is not a certificate of a statement. */
export type CertificateTextFault = "too-large" | "not-json" | "schema" | "not-canonical";

/** A certificate's text after reading: the certificate, or the first fault with its place and a message. */
export type CertificateText<Certificate> =
  | { readonly certificate: Certificate }
  | { readonly fault: CertificateTextFault; readonly path: string; readonly message: string };

/** A JSON schema with an $id, as far as it is looked at here. */
export type Schema = OrderSchema & { readonly $id: string };

/**
 * How a validator of scripts/validators.mjs says that JSON data differs from its schema, as far as it is looked at
 * here.
 */
export interface SchemaDifference {
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** Texts of one statement's certificates. */
export interface CertificateCodec<Certificate> {
  /** The bytes of a certificate's file; keys are in the order of the schema, however the value was made. */
  print(certificate: Certificate): string;
  /** Reads JSON of the schema's shape that is spelled exactly as `print` spells it. */
  read(text: string): CertificateText<Certificate>;
}

/**
 * The codec of a statement.
 *
 * @param validate that of the schema's validator, which scripts/validators.mjs makes
 * @param others schemas that it refers to, each by its $id
 * @param parts parts of these that it refers to by other names
 */
export function certificateCodec<Certificate>(
  schema: Schema,
  validate: (json: unknown) => readonly SchemaDifference[],
  others: readonly Schema[],
  parts: Readonly<Record<string, object>> = {},
): CertificateCodec<Certificate> {
  const documents = { ...Object.fromEntries(others.map((other) => [other.$id, other])), ...parts };
  const print = (certificate: Certificate): string => printJson(inKeyOrder(certificate, schema, documents));
  return {
    print,
    read(text) {
      if (text.length > MAX_CERTIFICATE_CHARACTERS) {
        const message = `expected at most ${MAX_CERTIFICATE_CHARACTERS} characters, got ${text.length}`;
        return { fault: "too-large", path: "", message };
      }
      let json: unknown;
      try {
        json = JSON.parse(text);
      } catch (error) {
        const message = onOneLine(error instanceof Error ? error.message : String(error));
        return { fault: "not-json", path: "", message };
      }
      const [difference] = validate(json);
      if (difference !== undefined) {
        return { fault: "schema", path: placeAt(difference.instancePath), message: describe(difference) };
      }
      const certificate = json as Certificate;
      const printed = print(certificate);
      if (printed === text) return { certificate };
      const message = "the text is not spelled as FORMAT.md prescribes";
      return { fault: "not-canonical", path: `line ${firstDifference(printed, text)}`, message };
    },
  };
}

function describe(error: SchemaDifference): string {
  const detail = error.params["additionalProperty"] as string | undefined;
  return onOneLine(`${error.message ?? "does not match the schema"}${detail === undefined ? "" : `: ${detail}`}`);
}

/** A message that may quote the text: no line breaks or control characters, and not long. */
function onOneLine(message: string): string {
  const line = message.replaceAll(/[\s\p{C}]+/gu, " ");
  return line.length <= 200 ? line : `${line.slice(0, 197)}...`;
}

/** The number of the first line on which two texts differ, from 1. */
function firstDifference(a: string, b: string): number {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  return a.slice(0, i).split("\n").length;
}
