/** The certificate of a tracing loss (TRACING.md): its shape, its machine, its numbers. */
import {
  agree,
  array,
  count,
  decideDigests,
  digest,
  list,
  oneOf,
  orNull,
  record,
  type Reject,
  reject as rejectText,
  string,
  tuple,
  valueOfText,
  whole,
} from "./text.js";

/** Why a certificate is rejected. */
export type TracingCode =
  | "reading"
  | "source-machine"
  | "normal-form"
  | "network"
  | "coding"
  | "read-out"
  | "constants"
  | "kink"
  | "argmin"
  | "tie"
  | "levels"
  | "projection"
  | "back-edge"
  | "condition-18"
  | "corner"
  | "named-point"
  | "replay-run"
  | "counts";

/** Ends the check with one of these codes. */
export const reject: Reject<TracingCode> = rejectText;

/** The reading that this checker embodies. */
// prettier-ignore
const AMENDMENTS = [
  "step-sign", "fan-loss", "tripling-type", "shift-sign", "clamped-shift", "stay-reads", "unit-vectors", "tie-at-zero",
];

const integer = string(/^(?!.{65})(0|-?[1-9][0-9]*)$/);
const rational = string(/^(?!.{2101})(0|-?[1-9][0-9]*)(\/[1-9][0-9]*)?$/);
const named = (most: number) => string(new RegExp(`^[^\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]{1,${most}}$`, "u"));
const name = named(64);
const move = oneOf("up", "down", "left", "right", "stay");
const boolean = oneOf(true, false);
const indices = list(count, 65536);
const entry = tuple(count, integer);
const sparse = list(entry, Infinity);
const interval = orNull(tuple(integer, integer));
const reading = list(name, 8, 1);
const moves = list(move, 8, 1);

const CERTIFICATE = record({
  format: oneOf("weightproof-certificate"),
  version: oneOf(1),
  system: oneOf("welper"),
  statement: oneOf("tracing"),
  reading: record({ name: oneOf("amended"), amendments: list(name, 256) }),
  source: record({
    name,
    tapes: whole(8, 1),
    symbols: list(name, 256, 2),
    readOnly: list(count, 8),
    states: list(name, 8192),
    start: name,
    halting: list(name, 8192),
    table: list(tuple(name, list(tuple(reading, reading, moves, name), 65536, 1)), 8192),
  }),
  machine: record({
    states: list(named(66), 20_000),
    halting: indices,
    table: list(list(tuple(list(count, 8, 1), moves, count), 65536), 20_000),
  }),
  loss: oneOf("fan", "printed"),
  tripled: boolean,
  constants: record({
    b: integer,
    gamma: integer,
    rates: record({ content: rational, head: rational, projected: rational }),
    levels: record({ lower: integer, upper: integer }),
  }),
  digests: record({ source: digest, machine: digest, network: digest }),
  verdicts: record({
    gradient: record({ vertices: count, units: count, decided: count, corner: rational }),
    step: record({ running: count, readings: count, cases: count, comparisons: integer, gap: integer }),
    tapes: record({ writes: count, moves: count }),
    levels: record({ running: interval, halting: interval }),
    projection: record({ least: rational }),
    conditions: record({ eighteen: tuple(boolean, boolean, boolean), twenty: boolean }),
    named: orNull(record({ points: count })),
    width: record({ units: count, entries: count, bound: count, within: boolean }),
    replay: list(
      record({
        tapes: list(record({ rows: count, columns: count, cells: indices, head: count }), 8),
        steps: count,
        haltsAt: orNull(count),
        state: count,
        end: list(record({ cells: indices, head: count }), 8),
      }),
      64,
    ),
  }),
  network: record({
    constant: integer,
    units: list(array([integer, integer], Infinity, entry), Infinity),
    codes: list(list(integer, 256, 1), 256),
    read: list(sparse, 2048),
    write: list(sparse, 2048),
    move: list(sparse, 40),
    factors: record({ write: integer, read: integer, move: integer }),
  }),
});

/** The move of a head. */
export type Move = "up" | "down" | "left" | "right" | "stay";

/** Entries [column, "weight"]. */
export type Sparse = readonly (readonly [column: number, weight: string])[];

/** A run that is replayed. */
export interface Run {
  readonly tapes: readonly {
    readonly rows: number;
    readonly columns: number;
    readonly cells: readonly number[];
    readonly head: number;
  }[];
  readonly steps: number;
  readonly haltsAt: number | null;
  readonly state: number;
  readonly end: readonly { readonly cells: readonly number[]; readonly head: number }[];
}

type SourceEntry = readonly [read: readonly string[], write: readonly string[], moves: readonly Move[], next: string];

/** A certificate as far as this checker reads it. */
export interface Certificate {
  readonly reading: { readonly amendments: readonly string[] };
  readonly source: {
    readonly tapes: number;
    readonly symbols: readonly string[];
    readonly readOnly: readonly number[];
    readonly states: readonly string[];
    readonly start: string;
    readonly halting: readonly string[];
    readonly table: readonly (readonly [state: string, entries: readonly SourceEntry[]])[];
  };
  readonly machine: {
    readonly states: readonly string[];
    readonly halting: readonly number[];
    readonly table: readonly (readonly (readonly [readonly number[], readonly Move[], number])[])[];
  };
  readonly loss: "fan" | "printed";
  readonly tripled: boolean;
  readonly constants: {
    readonly b: string;
    readonly gamma: string;
    readonly rates: { readonly content: string; readonly head: string; readonly projected: string };
    readonly levels: { readonly lower: string; readonly upper: string };
  };
  readonly digests: Readonly<Record<string, string>>;
  readonly verdicts: { readonly replay: readonly Run[] };
  readonly network: {
    readonly constant: string;
    readonly units: readonly (readonly [out: string, bias: string, ...weights: Sparse])[];
    readonly codes: readonly (readonly string[])[];
    readonly read: readonly Sparse[];
    readonly write: readonly Sparse[];
    readonly move: readonly Sparse[];
    readonly factors: { readonly write: string; readonly read: string; readonly move: string };
  };
}

/** Reads data and text, up to the digests. */
export function readCertificate(json: unknown, text: string): Certificate {
  const certificate = valueOfText(json, text, CERTIFICATE) as unknown as Certificate;
  agree("reading", certificate.reading.amendments, AMENDMENTS, "reading.amendments");
  decideDigests(certificate, certificate.digests);
  return certificate;
}
