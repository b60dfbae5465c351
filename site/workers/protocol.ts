/** What the page asks of its worker, and the answers: data that structured cloning passes on; exact numbers as strings. */
import type { Drawing } from "../../audit/drawing.js";
import type { CertificateKind } from "../../checkers/index.js";
import type { Rejected, Undecided, Witness } from "../../checkers/verdict.js";
import type { CellInspection } from "../../execution/rcnn/inspect-cell.js";
import type { TapeExtent } from "../../execution/rcnn/run-history.js";
import type { Explanation } from "../../systems/rcnn/explain/explanation.js";

/** A letter: what a cell of the grid may hold. */
export interface LetterLook {
  readonly value: string;
  readonly units: string;
  /** In words: "32/243, head in state B on blank". */
  readonly words: string;
  readonly digits: readonly number[] | null;
  readonly phase: "unknown" | "memory" | "compute" | "none";
  readonly isPadding: boolean;
  readonly symbol: -1 | 0 | 1;
  /** Index of the state if a head is here. */
  readonly state: number | null;
}

/** A machine that was loaded. */
export interface LoadedMachine {
  readonly name: string;
  readonly about: string | null;
  readonly source: string | null;
  /** In normal form. */
  readonly states: readonly string[];
  readonly halting: readonly boolean[];
  /** For each state, the entries for blank, +1 and -1. */
  readonly table: readonly (readonly { readonly write: number; readonly move: string; readonly next: number }[])[];
  readonly letters: readonly LetterLook[];
  /** K, and u-units in one x-unit. */
  readonly lastIndex: number;
  readonly scale: string;
  readonly widths: readonly number[];
  /** Whether the head never leaves its row. */
  readonly isLine: boolean;
  /** Whether the weights are those that the construction makes, so that its names apply. */
  readonly isNamed: boolean;
  /** What is known of its run from a blank tape. */
  readonly expected: { readonly steps?: number; readonly halts?: boolean };
}

/** How far a run has come. */
export interface RunState {
  readonly layers: number;
  readonly isFixed: boolean;
  /** Index of the head's state in the last layer. */
  readonly state: number;
  readonly halted: boolean;
  readonly stride: number;
  readonly extent: TapeExtent;
}

/** A picture to be made of letters: one pixel for a cell, or for a square block of cells. */
export interface PictureRequest {
  /** Colours by letter, as 0xAABBGGRR; the last ones are of heads, which always show. */
  readonly palette: Uint32Array;
  /** Side of a block of cells; a power of two. */
  readonly block: number;
  /** Layers, one for each line (a line), or a single one (a grid). */
  readonly layers: readonly number[];
  readonly extent: TapeExtent;
}

/** The pixels, and where a pixel is a cell the letters too. */
export interface PictureAnswer {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint32Array<ArrayBuffer>;
  readonly letters: Uint16Array | null;
}

/** Where a cell is: layer, and row and column from where the head started. */
export interface CellAddress {
  readonly layer: number;
  readonly row: number;
  readonly column: number;
}

/** A cell of a patch. */
export interface PatchCell {
  readonly letter: number;
  readonly row: number;
  readonly column: number;
}

/** A row of a matrix by the name that the construction gives it. */
export interface RowName {
  readonly matrix: number;
  readonly row: number;
  readonly name: string;
  readonly about: string;
}

/** A cell of a layer, taken apart. */
export interface InspectedCell {
  readonly address: CellAddress;
  readonly letter: number;
  /** Nine cells of the layer before; null at the start. */
  readonly patch: readonly PatchCell[] | null;
  readonly inspection: CellInspection | null;
  readonly names: readonly RowName[];
  readonly milliseconds: number;
}

/** A number of the filter that is to be changed. */
export interface ChangedNumber {
  /** From 0. */
  readonly matrix: number;
  readonly row: number;
  /** The row of the matrix before (of the first, the place) that the number weighs. */
  readonly column: number;
  /** The one spelling of a rational. */
  readonly number: string;
}

/** A verdict as the page shows it. */
export type PageVerdict =
  | { readonly verdict: "accepted"; readonly milliseconds: number }
  | ((Rejected<string> | Undecided) & { readonly milliseconds: number });

/** What a changed weight does. */
export interface ChangeAnswer {
  readonly verdict: PageVerdict;
  readonly was: string;
  /** The witness's nine cells in words, if it has a patch. */
  readonly patch: readonly string[] | null;
  /** Of the different patches that this run has met, how many now give another cell or derivative. */
  readonly met: number;
  readonly broken: number;
}

/** A certificate that was made in the page. */
export interface ProvedMachine {
  readonly text: string;
  readonly sha256: string;
  readonly milliseconds: number;
  /** Labels and texts. */
  readonly summary: readonly (readonly [string, string])[];
  readonly rules: Readonly<Record<string, string>>;
}

/** A file that was decided. */
export interface DecidedFile {
  readonly kind: CertificateKind | null;
  readonly sha256: string;
  readonly bytes: number;
  readonly first: PageVerdict;
  readonly second: PageVerdict;
  readonly summary: readonly (readonly [string, string])[];
}

/** A machine to be loaded: a text in some format, or the certificate of a filter. */
export interface MachineText {
  readonly text: string;
  readonly name: string;
  readonly format?: string;
}

/** What to learn from, and which step of training to show. */
export interface LearnAsk {
  /** A learner of the gallery, as text. */
  readonly machine: MachineText;
  /** A line for each example: d coordinates and a label, each 1 or -1. */
  readonly examples: string;
  /** From 1 to m + 1. */
  readonly step: number;
  /** Index among all 2^d points: the one whose prediction is shown. */
  readonly point: number;
}

/** A machine as a decoder, and how many passes of it. */
export interface AttentionAsk {
  readonly machine: MachineText;
  readonly passes: number;
}

/** What was learned, and predicted. */
export interface Learned {
  readonly d: number;
  readonly m: number;
  readonly layers: number;
  readonly columns: number;
  /** Whether every step did what Lemmas 3 and 4 say; otherwise what went wrong. */
  readonly memorized: string | true;
  /** Whether every last grid agrees with the machine's own run. */
  readonly computed: boolean;
  readonly predictions: readonly {
    readonly x: readonly number[];
    readonly prediction: number | null;
    readonly reason: string | null;
    /** The label if it was an example. */
    readonly label: number | null;
  }[];
  /** W in x-units, row by row. */
  readonly weights: readonly (readonly string[])[];
  readonly svg: string;
  readonly milliseconds: number;
}

/** A counterexample, computed on both readings. */
export interface Replayed {
  readonly place: string;
  readonly printed: string;
  readonly amended: string;
  readonly reason: string;
  readonly instance: string;
  readonly found: { readonly printed: string; readonly amended: string };
  readonly drawing: Drawing | null;
}

/** Each question with its answer. */
export interface Calls {
  readonly load: { readonly ask: MachineText; readonly answer: LoadedMachine };
  readonly advance: {
    readonly ask: { readonly layers: number; readonly milliseconds: number };
    readonly answer: RunState;
  };
  readonly picture: { readonly ask: PictureRequest; readonly answer: PictureAnswer };
  /** Where the head is after a layer; null if there is none. */
  readonly head: { readonly ask: number; readonly answer: { readonly row: number; readonly column: number } | null };
  readonly inspect: { readonly ask: CellAddress; readonly answer: InspectedCell };
  readonly explain: { readonly ask: string; readonly answer: Explanation };
  readonly change: { readonly ask: ChangedNumber | null; readonly answer: ChangeAnswer | null };
  readonly learn: { readonly ask: LearnAsk; readonly answer: Learned };
  /** The picture of a machine as a decoder: which pass each pass reads. */
  readonly attention: { readonly ask: AttentionAsk; readonly answer: string };
  readonly replay: { readonly ask: { readonly system: string; readonly id: string }; readonly answer: Replayed };
  readonly prove: { readonly ask: MachineText; readonly answer: ProvedMachine | PageVerdict };
  /** A certificate of bb2 in which a weight was changed, and the digests with it. */
  readonly forge: { readonly ask: MachineText; readonly answer: string };
  readonly decide: { readonly ask: { readonly text: string }; readonly answer: DecidedFile };
}

/** Tells the page how far a question has come. */
export type Report = (part: string, done: number, total: number) => void;

/** What can be asked. */
export type Question = keyof Calls;

/** A question on its way to the worker. */
export interface Asked {
  readonly id: number;
  readonly question: Question;
  readonly ask: unknown;
}

/** An answer, or how far it has come, or why there is none. */
export type Answered =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly progress: { readonly part: string; readonly done: number; readonly total: number } }
  | { readonly id: number; readonly error: { readonly message: string; readonly isInput: boolean } };

export type { CellInspection, Drawing, Explanation, Rejected, TapeExtent, Undecided, Witness };
