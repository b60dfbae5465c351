/**
 * The entry point `weightproof/checkers`: decides certificates wherever JavaScript runs. Nothing here reads files, needs Node or
 * TensorFlow.js, or makes code from text, so a page may forbid that; what a kind of certificate needs is loaded when the first
 * one is decided. docs/library.md
 */
import { certificateKind, type CertificateKind } from "../certificates/envelope.js";
import type { LearningCertificate } from "../certificates/rcnn-learning.js";
import type { RcnnCertificate } from "../certificates/rcnn-certificate.js";
import type { CertificateFault } from "./rcnn/check-certificate.js";
import type { LearningFault } from "./rcnn/check-learning.js";
import type { Progress } from "./rcnn/decide-claims.js";
import type { SecondVerdict } from "./second/check.js";
import { unknownKind, type KindFault } from "./unknown-kind.js";
import { accepted, type Rejected, type Verdict } from "./verdict.js";

export { isAccepted, type Accepted, type Rejected, type Undecided, type Verdict, type Witness } from "./verdict.js";
export { certificateKind, type CertificateKind };
export type {
  CertificateFault,
  KindFault,
  LearningCertificate,
  LearningFault,
  Progress,
  RcnnCertificate,
  SecondVerdict,
};

/** What the first checker of a certificate says; an acceptance holds the certificate. */
export type FirstVerdict = Verdict<CertificateFault | LearningFault | KindFault, RcnnCertificate | LearningCertificate>;

/** Decides a certificate's text; never throws on a string. `progress` hears how far long work has come. */
export type FirstChecker = (text: string, progress?: Progress) => FirstVerdict;

/** Decides a certificate's text once more; never throws on a string. */
export type SecondChecker = (text: string) => SecondVerdict;

/** The checkers of one kind of certificate, each loaded when it is asked for. */
export interface KindCheckers {
  readonly first: () => Promise<FirstChecker>;
  /** Shares no code with the first. */
  readonly second: () => Promise<SecondChecker>;
}

const second = async (): Promise<SecondChecker> => (await import("./second/check.js")).checkCertificateAgain;

/**
 * The checkers of every kind, by system and statement. Whoever decides many certificates, or wants a verdict at once, takes the
 * functions out of it.
 *
 * @example
 * const checkFilter = await CHECKERS.rcnn.filter.first();
 * const verdicts = texts.map((text) => checkFilter(text));
 */
export const CHECKERS: { readonly rcnn: { readonly filter: KindCheckers; readonly learning: KindCheckers } } = {
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
  },
};

/** What is no certificate goes to the checkers of this kind, which say why. */
const DEFAULT = { system: "rcnn", statement: "filter" } as const;

/**
 * Decides a certificate of any kind with the first checker.
 *
 * @example
 * const verdict = await check(text);
 * if (verdict.verdict === "rejected") console.log(verdict.code, verdict.path, verdict.message, verdict.witness);
 * @throws {TypeError} if the argument is no string
 */
export async function check(text: string, progress?: Progress): Promise<FirstVerdict> {
  assertString("check", text);
  const found = checkersOf(text);
  return "verdict" in found ? found : (await found.first())(text, progress);
}

/**
 * Decides a certificate of any kind with the second checker, which shares no code with the first. It decides the kind again,
 * whatever was loaded for it.
 *
 * @example
 * const verdicts = [await check(text), await checkAgain(text)];
 * const certain = verdicts.every(({ verdict }) => verdict === "accepted");
 * @throws {TypeError} if the argument is no string
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
  const statements = own(CHECKERS, system);
  if (statements === undefined) return unknownKind("unknown-system", system, Object.keys(CHECKERS));
  return own(statements, statement) ?? unknownKind("unknown-statement", statement, Object.keys(statements));
}

function own<Value>(of: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(of, key) ? of[key] : undefined;
}

function assertString(name: string, text: unknown): void {
  if (typeof text !== "string") throw new TypeError(`${name}: expected a string, got ${typeof text}`);
}
