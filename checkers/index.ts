/**
 * The entry point `weightproof/checkers`: decides certificates wherever JavaScript runs. Nothing here reads files,
 * needs Node or TensorFlow.js, or makes code from text, so a page may forbid that; what a kind of certificate needs is
 * loaded when the first one is decided. docs/library.md
 */
import { certificateKind, type CertificateKind } from "../certificates/envelope.js";
import type { LearningCertificate } from "../certificates/rcnn-learning.js";
import type { RcnnCertificate } from "../certificates/rcnn-certificate.js";
import type { RecodingCertificate } from "../certificates/rcnn-recoding.js";
import type { CircuitCertificate } from "../certificates/wei-chen-ma/circuit-certificate.js";
import type { DecoderCertificate } from "../certificates/wei-chen-ma/decoder-certificate.js";
import type { TracingCertificate } from "../certificates/welper/tracing-certificate.js";
import type { CertificateFault } from "./rcnn/check-certificate.js";
import type { LearningFault } from "./rcnn/check-learning.js";
import type { RecodingFault } from "./rcnn/check-recoding.js";
import type { Progress } from "./rcnn/decide-claims.js";
import type { SecondVerdict } from "./second/check.js";
import { unknownKind, type KindFault } from "./unknown-kind.js";
import type { CircuitFault } from "./wei-chen-ma/check-circuit.js";
import type { DecoderCertificateFault } from "./wei-chen-ma/check-decoder.js";
import type { TracingFault } from "./welper/check-tracing.js";
import { accepted, type Rejected, type Verdict } from "./verdict.js";

export { isAccepted, type Accepted, type Rejected, type Undecided, type Verdict, type Witness } from "./verdict.js";
export { certificateKind, type CertificateKind };
export type {
  CertificateFault,
  CircuitCertificate,
  CircuitFault,
  DecoderCertificate,
  DecoderCertificateFault,
  KindFault,
  LearningCertificate,
  LearningFault,
  Progress,
  RcnnCertificate,
  RecodingCertificate,
  RecodingFault,
  SecondVerdict,
  TracingCertificate,
  TracingFault,
};

/**
 * What the first checker of a certificate says; an acceptance holds the certificate.
 *
 * @example
 * ```ts
 * import { check, type FirstVerdict } from "weightproof/checkers";
 *
 * const verdict: FirstVerdict = await check("[]");
 * verdict.verdict === "rejected" && verdict.code; // => "schema"
 * ```
 */
export type FirstVerdict = Verdict<
  CertificateFault | LearningFault | RecodingFault | CircuitFault | DecoderCertificateFault | TracingFault | KindFault,
  | RcnnCertificate
  | LearningCertificate
  | RecodingCertificate
  | CircuitCertificate
  | DecoderCertificate
  | TracingCertificate
>;

/**
 * Decides a certificate's text; never throws on a string. `progress` hears how far long work has come.
 *
 * @example
 * ```ts
 * import { CHECKERS, type FirstChecker } from "weightproof/checkers";
 *
 * const checkLearning: FirstChecker = await CHECKERS.rcnn.learning.first();
 * checkLearning("{}").verdict; // => "rejected"
 * ```
 */
export type FirstChecker = (text: string, progress?: Progress) => FirstVerdict;

/**
 * Decides a certificate's text once more; never throws on a string.
 *
 * @example
 * ```ts
 * import { CHECKERS, type SecondChecker } from "weightproof/checkers";
 *
 * const checkFilterAgain: SecondChecker = await CHECKERS.rcnn.filter.second();
 * checkFilterAgain("{}").verdict; // => "rejected"
 * ```
 */
export type SecondChecker = (text: string) => SecondVerdict;

/**
 * The checkers of one kind of certificate, each loaded when it is asked for.
 *
 * @example
 * ```ts
 * import { CHECKERS, type KindCheckers } from "weightproof/checkers";
 *
 * const { first, second }: KindCheckers = CHECKERS.rcnn.filter;
 * [(await first())("{}").verdict, (await second())("{}").verdict]; // => ["rejected", "rejected"]
 * ```
 */
export interface KindCheckers {
  /** Decides from the definitions in spec/. */
  readonly first: () => Promise<FirstChecker>;
  /** Shares no code with the first. */
  readonly second: () => Promise<SecondChecker>;
}

const second = async (): Promise<SecondChecker> => (await import("./second/check.js")).checkCertificateAgain;

/**
 * The checkers of every kind, by system and statement. To decide many certificates, or to have a verdict at once, take
 * the functions out of it.
 *
 * @example
 * ```ts
 * import { certify, loadMachine } from "weightproof";
 * import { CHECKERS } from "weightproof/checkers";
 *
 * const texts = ["bb2", "bb3"].map((name) => {
 *   const verdict = certify(loadMachine(name));
 *   return verdict.verdict === "accepted" ? verdict.result.text : "";
 * });
 * const checkFilter = await CHECKERS.rcnn.filter.first();
 * texts.map((text) => checkFilter(text).verdict); // => ["accepted", "accepted"]
 * ```
 */
export const CHECKERS: {
  readonly rcnn: { readonly filter: KindCheckers; readonly learning: KindCheckers; readonly recoding: KindCheckers };
  readonly "wei-chen-ma": { readonly circuit: KindCheckers; readonly decoder: KindCheckers };
  readonly welper: { readonly tracing: KindCheckers };
} = {
  rcnn: {
    filter: { first: async () => (await import("./rcnn/check-certificate.js")).checkCertificate, second },
    learning: {
      first: async () => {
        const { checkLearning } = await import("./rcnn/check-learning.js");
        return (text, progress) => {
          const verdict = checkLearning(text, progress);
          return verdict.verdict === "accepted" ? accepted(verdict.result.certificate) : verdict;
        };
      },
      second,
    },
    recoding: { first: async () => (await import("./rcnn/check-recoding.js")).checkRecoding, second },
  },
  "wei-chen-ma": {
    circuit: { first: async () => (await import("./wei-chen-ma/check-circuit.js")).checkCircuit, second },
    decoder: { first: async () => (await import("./wei-chen-ma/check-decoder.js")).checkDecoder, second },
  },
  welper: {
    tracing: { first: async () => (await import("./welper/check-tracing.js")).checkTracing, second },
  },
};

/** A text that is not a certificate goes to the checkers of this kind, which say why. */
const DEFAULT = { system: "rcnn", statement: "filter" } as const;

/**
 * Decides a certificate of any kind with the first checker.
 *
 * @throws {TypeError} if the argument is not a string
 *
 * @example
 * ```ts
 * import { check } from "weightproof/checkers";
 *
 * const verdict = await check("{}");
 * verdict.verdict === "rejected" && [verdict.code, verdict.path]; // => ["schema", ""]
 * ```
 */
export async function check(text: string, progress?: Progress): Promise<FirstVerdict> {
  assertString("check", text);
  const found = checkersOf(text);
  return "verdict" in found ? found : (await found.first())(text, progress);
}

/**
 * Decides a certificate of any kind with the second checker, which shares no code with the first. It decides the kind
 * again, whatever was loaded for it.
 *
 * @throws {TypeError} if the argument is not a string
 *
 * @example
 * ```ts
 * import { certify, loadMachine } from "weightproof";
 * import { check, checkAgain } from "weightproof/checkers";
 *
 * const certified = certify(loadMachine("bb2"));
 * const text = certified.verdict === "accepted" ? certified.result.text : "";
 * const verdicts = [await check(text), await checkAgain(text)];
 * verdicts.every(({ verdict }) => verdict === "accepted"); // => true
 * ```
 */
export async function checkAgain(text: string): Promise<SecondVerdict> {
  assertString("checkAgain", text);
  const found = checkersOf(text);
  // A kind that is not known is for the second checker itself to reject.
  const { second: load } = "verdict" in found ? CHECKERS[DEFAULT.system][DEFAULT.statement] : found;
  return (await load())(text);
}

/** The checkers of a text's kind, or the rejection of a kind that is not known. */
function checkersOf(text: string): KindCheckers | Rejected<KindFault> {
  const { system, statement } = certificateKind(text) ?? DEFAULT;
  const all: Readonly<Record<string, Readonly<Record<string, KindCheckers>>>> = CHECKERS;
  const statements = own(all, system);
  if (statements === undefined) return unknownKind("unknown-system", system, Object.keys(CHECKERS));
  return own(statements, statement) ?? unknownKind("unknown-statement", statement, Object.keys(statements));
}

function own<Value>(of: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(of, key) ? of[key] : undefined;
}

function assertString(name: string, text: unknown): void {
  if (typeof text !== "string") throw new TypeError(`${name}: expected a string, got ${typeof text}`);
}
