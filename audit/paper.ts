/** What the audit asks of a paper: one object a room. */
import type { Amendment, FamilyAmendment } from "../amendments/amendment.js";
import type { Verdict } from "../checkers/verdict.js";
import type { ClaimSection } from "./claim.js";
import type { Computation } from "./computation.js";
import type { Drawing } from "./drawing.js";
import type { GrowthFigure } from "./figure.js";

/** An accepted certificate as evidence: what it is of, and in a line what each part of its verdicts came to. */
export interface CertificateEvidence {
  readonly instance: string;
  readonly parts: Readonly<Record<string, string>>;
}

/** A constant on the page: its name, the computation and the key of its number, what it is. */
export type NamedConstant = readonly [name: string, computation: string, key: string, meaning: string];

/** A table of sizes: for each row, groups of the same columns. */
export interface SizeTable {
  readonly title: string;
  readonly about: string;
  /** What the rows are named by. */
  readonly size: string;
  readonly columns: readonly string[];
  readonly groups: readonly string[];
  /** Shape of `values`: groups x columns, group by group. */
  readonly rows: readonly { readonly name: string; readonly values: readonly string[] }[];
}

/** A paper whose claims are audited. */
export interface AuditedPaper {
  readonly title: string;
  readonly citation: string;
  /**
   * Its claims, in the order of the paper.
   *
   * @throws {ClaimFormatError} if the data do not match the schema, or an id is used twice
   */
  readonly claims: () => readonly ClaimSection[];
  /** What evidence of the kind "amendment" may refer to. */
  readonly amendments: readonly (Amendment | FamilyAmendment)[];
  /** What evidence of the kind "count" may refer to. */
  readonly computations: readonly Computation[];
  /** Decides the text of a certificate that evidence refers to. */
  readonly check: (text: string) => Verdict<string, CertificateEvidence>;
  readonly constants: readonly NamedConstant[];
  /** Absent where the paper says nothing about sizes. */
  readonly sizes?: () => SizeTable;
  readonly figures: () => readonly GrowthFigure[];
  readonly drawings: () => readonly Drawing[];
}
