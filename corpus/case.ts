/**
 * The cases of the corpus, as data: what README.md of this folder describes and schema.json prescribes. Whether a checker
 * says what a case expects is decided by judge.ts.
 */

/** JSON data. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A change of JSON data; paths are JSON pointers (RFC 6901). The first five are those of JSON Patch (RFC 6902). */
export type DataEdit =
  | { readonly op: "add"; readonly path: string; readonly value: Json; readonly times?: number }
  | { readonly op: "replace"; readonly path: string; readonly value: Json; readonly times?: number }
  | { readonly op: "remove"; readonly path: string }
  | { readonly op: "move"; readonly from: string; readonly path: string }
  | { readonly op: "copy"; readonly from: string; readonly path: string }
  /** Appends the same value to an array, `count` times. */
  | { readonly op: "append"; readonly path: string; readonly value: Json; readonly count: number }
  /** Appends an entry [column, weight] to a row of a network for each column from `from` to `to`, both included. */
  | {
      readonly op: "columns";
      readonly path: string;
      readonly from: number;
      readonly to: number;
      readonly weight: string;
    }
  /** Replaces what is at a path by what another base has there. */
  | { readonly op: "transplant"; readonly path: string; readonly base: string };

/** A change of a text. `times` repeats what is put in. */
export type TextEdit =
  | { readonly op: "find"; readonly text: string; readonly nth: number | "all"; readonly put: string }
  | { readonly op: "prepend" | "append"; readonly text: string; readonly times?: number }
  /** The whole text, and the same again. */
  | { readonly op: "double" }
  /** Keeps what is before the character `to`; counted from the end if negative. */
  | { readonly op: "cut"; readonly to: number };

/** At a byte (the length of the file means its end), takes away `remove` bytes and puts in those of a hexadecimal text. */
export interface ByteEdit {
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
}

/** A file: its text; its bytes in hexadecimal; or a base certificate after edits of its data, its text and its bytes. */
export type Input =
  | { readonly parts: readonly { readonly text: string; readonly times?: number }[] }
  | { readonly hex: string }
  | {
      /** A path from the folder of the corpus. */
      readonly base: string;
      readonly data?: readonly DataEdit[];
      /** Whether the digests are computed again after the edits of the data. */
      readonly digests: "repaired" | "kept";
      /** How the data are printed: as FORMAT.md has it, or as JSON.stringify does with an indentation. */
      readonly print?: { readonly indent: number };
      readonly text?: readonly TextEdit[];
      readonly bytes?: readonly ByteEdit[];
    };

/** What a checker must say. `codes`: where a file has several faults and FORMAT.md leaves their order open, all of them. */
export type Expected =
  | { readonly verdict: "accepted" }
  | { readonly verdict: "rejected"; readonly codes: readonly string[] }
  | { readonly verdict: "undecided"; readonly limit: string }
  /** The file is no text: it is refused before a checker sees it. */
  | { readonly verdict: "unreadable" };

/** The two checkers of this project. */
export const CHECKERS = ["first", "second"] as const;

/** A checker of this project. */
export type CheckerName = (typeof CHECKERS)[number];

/** A case: an input, and the verdict that every checker has to give. */
export interface Case {
  readonly id: string;
  readonly comment: string;
  readonly flags: readonly string[];
  readonly input: Input;
  readonly expected: Expected;
  /** Checkers of this project that FORMAT.md lets say something else. */
  readonly except?: Readonly<Partial<Record<CheckerName, Expected>>>;
}

/** A file of the corpus. */
export interface CaseFile {
  readonly format: "weightproof-corpus";
  readonly version: 1;
  /** Whose certificates these are changes of, and of which statement. */
  readonly system: string;
  readonly statement: string;
  readonly theme: string;
  readonly about: string;
  /** Who decides this statement. */
  readonly checkers: readonly CheckerName[];
  /** What each flag of the cases means. */
  readonly flags: Readonly<Record<string, string>>;
  readonly cases: readonly Case[];
}
