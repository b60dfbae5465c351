/**
 * What a paper's rooms offer to the front door: one object for each paper, listed in index.ts;
 * the command line and the library are neutral and go through it alone.
 */
import type { Rejected, Undecided, Verdict } from "../checkers/verdict.js";
import type { ExitCode } from "./exit-codes.js";

/** The verbs that a system may have. `check` is not among them: certificates say which system they belong to. */
export const VERBS = [
  "certify",
  "explain",
  "export",
  "run",
  "convert",
  "learn",
  "trace",
  "synthesize",
  "attack",
  "sample",
  "regenerate",
  "audit",
  "audit search",
  "audit merge",
] as const;

/** The name of a verb. */
export type VerbName = (typeof VERBS)[number];

/** An option of a verb on the command line. */
export interface OptionSpec {
  /** In commander's notation: "-o, --out <FILE>". */
  readonly flags: string;
  readonly about: string;
  readonly choices?: readonly string[];
  readonly default?: unknown;
  readonly required?: boolean;
  readonly conflicts?: string;
  /** Reads the value; the message of an Error that it throws is shown to the user. */
  readonly parse?: (text: string, before: unknown) => unknown;
}

/** Where a verb prints and writes. */
export interface Io {
  /** JSON for programs was asked for. */
  readonly json: boolean;
  /** To stdout. */
  print(text: string): void;
  /** To stderr. */
  note(text: string): void;
  /** Writes a file whole or not at all; "-" is stdout. @throws {InputError} */
  save(path: string, content: string | Uint8Array): void;
  /** How far long work has come. */
  readonly progress: Progress;
}

/** Told how far a part of long work has come: `done` of `total`. */
export type Progress = (part: string, done: number, total: number) => void;

/** Values of options by their camel-case names, as commander gives them. */
export type Options = Readonly<Record<string, unknown>>;

/** A verb of a system: what it does, and how the command line calls it. */
export interface Verb {
  /** One line for the list of commands. */
  readonly about: string;
  /** In commander's notation, such as "<MACHINE>" or "[CLAIM...]". */
  readonly argument: string;
  readonly argumentAbout?: string;
  readonly argumentDefault?: string;
  /** A second argument, which may be left out; the verb gets it as an option of this name. */
  readonly second?: { readonly option: string; readonly argument: string; readonly about: string };
  readonly options: readonly OptionSpec[];
  /** Whether --json is taken. */
  readonly json: boolean;
  /**
   * Whether an argument is one that the verb takes; the reason if not; false if it is no source of this system at all, so that
   * its reasons are of no use. Asked only where several systems have the verb.
   */
  readonly takes?: (argument: string, options: Options) => Promise<boolean | string>;
  /** Loads the code; nothing is loaded before a verb is called. */
  readonly load: () => Promise<VerbFunction>;
}

/** Does it. @throws {InputError} for input that cannot be read: one line, for people */
export type VerbFunction = (io: Io, argument: never, options: never) => ExitCode | Promise<ExitCode>;

/** An accepted certificate as printed: a title, lines of labels and texts, and JSON for programs. */
export interface CheckedText {
  readonly title: string;
  readonly lines: readonly (readonly [label: string, text: string])[];
  readonly json: object;
}

/** The verdict of the second checker of a statement, or of the verified one. */
export type SecondVerdict =
  | { readonly verdict: "accepted"; readonly leftAlone: readonly string[] }
  | Pick<Rejected<string>, "verdict" | "code" | "path" | "message">
  | Undecided;

/** Files and statements that were given with a certificate, decided. */
export interface Attested {
  readonly lines: readonly (readonly [label: string, text: string])[];
  readonly json: object;
}

/** A file that was given with a certificate. */
export interface GivenFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A value, or a promise of it while its code is loaded. */
type Soon<Value> = Value | Promise<Value>;

/** The checkers of one kind of certificate. Each loads its code when it is called. */
export interface StatementCheckers {
  readonly first: (text: string, progress: Progress) => Soon<Verdict<string, CheckedText>>;
  /** Absent where there is none; the command line then says so. */
  readonly second?: (text: string) => Soon<SecondVerdict>;
  /** Loads the checker that is extracted from its proof; undefined if it has not been built. Absent where there is none. */
  readonly verified?: () => ((text: string) => SecondVerdict) | undefined;
  /** Decides an in-toto Statement and subject files about an accepted certificate; absent where there are none. */
  readonly attest?: (
    text: string,
    statement: { readonly name: string; readonly text: string } | undefined,
    subjects: readonly GivenFile[],
  ) => Soon<Verdict<string, Attested>>;
}

/** A paper as the front door sees it. */
export interface System {
  /** The id that --system and a certificate's `system` use. */
  readonly id: string;
  readonly title: string;
  readonly citation: string;
  readonly link: string;
  /** Kinds of source that it takes, in words. */
  readonly sources: readonly string[];
  /** Kinds of certificate, each in a sentence. */
  readonly statements: Readonly<Record<string, string>>;
  readonly verbs: Readonly<Partial<Record<VerbName, Verb>>>;
  /** The checkers of each of its statements. */
  readonly checkers: () => Promise<Readonly<Record<string, StatementCheckers>>>;
}
