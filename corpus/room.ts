/** What a paper gives to the corpus: its true certificates, and the themes that know what they say. */
import type { CheckerName } from "./case.js";
import type { Draft } from "./drafts.js";
import type { Materializer } from "./materialize.js";
import type { SchemaDocument } from "./schema.js";

/** Cases of one kind: a file of the corpus. */
export interface Theme {
  /** In small letters: the name of the file, and a part of the ids of its cases. */
  readonly name: string;
  readonly about: string;
  readonly drafts: readonly Draft[];
}

/** One kind of certificate of a paper. */
export interface CorpusStatement {
  readonly schema: SchemaDocument;
  /** Other schemas that it refers to. */
  readonly documents: readonly SchemaDocument[];
  /** Reads a text as the first checker does; what is no certificate has a fault. */
  readonly read: (text: string) => { readonly certificate: unknown } | { readonly fault: string };
  /** Who decides it. */
  readonly checkers: readonly CheckerName[];
  /** The codes with which a certificate of this statement can be rejected. */
  readonly codes: readonly string[];
  /** The base from which the derived themes start; its text is in ASCII. */
  readonly base: string;
  /** Bases in which lists have more elements than in `base`, each with the places that count there (a pattern of pointers). */
  readonly longer?: readonly (readonly [base: string, places: RegExp])[];
  /** Strings, indices of arrays left open, that may say anything the schema lets them, and be left out if it does. */
  readonly free: readonly string[];
  /** Themes that know the paper, beside those that are derived from the schema. */
  readonly themes: (materializer: Materializer) => readonly Theme[];
}

/** A paper's part of the corpus. Its files are in the folder of the same name. */
export interface CorpusRoom {
  readonly system: string;
  /** Flags that only its cases have, and what they mean. */
  readonly flags: Readonly<Record<string, string>>;
  /** The texts of the bases by path from the folder of the corpus, made anew. */
  readonly makeBases: () => Promise<ReadonlyMap<string, string>>;
  readonly statements: Readonly<Record<string, CorpusStatement>>;
}
