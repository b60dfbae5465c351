/** Machines with small certificates, and what both checkers say. */
import { expect } from "vitest";
import { certify } from "../../../../systems/rcnn/certify.js";
import { check } from "../../../../systems/check.js";
import { checkCertificateAgain, type SecondCode } from "../../../../checkers/second/check.js";
import type { SourceMachine, SourceTransition, TapeSymbol } from "../../../../spec/machines/machine.js";
import type { AlphabetName } from "../../../../spec/rcnn/alphabet.js";

const row = (...entries: [TapeSymbol, SourceTransition][]): Map<TapeSymbol, SourceTransition> => new Map(entries);

/** Two working states, one of them without an entry for -1, and two halting ones, one of which is never entered. */
export const SOURCE: SourceMachine = {
  name: "small",
  states: ["A", "B", "idle", "Z"],
  start: "A",
  halting: ["Z", "idle"],
  table: new Map([
    [
      "A",
      row(
        [0, { write: 1, move: "right", next: "B" }],
        [1, { write: -1, move: "up", next: "Z" }],
        [-1, { write: 0, move: "stay", next: "A" }],
      ),
    ],
    ["B", row([0, { write: 1, move: "down", next: "A" }], [-1, { write: -1, move: "left", next: "Z" }])],
  ]),
  notes: { about: "A machine to be mutated", source: "these tests" },
  expected: {},
};

/** The text of a machine's certificate. */
export function textOf(source: SourceMachine, alphabet: AlphabetName = "well-formed"): string {
  const verdict = certify(source, alphabet);
  if (verdict.verdict !== "accepted") throw new Error(`textOf: expected a certificate, got ${JSON.stringify(verdict)}`);
  return verdict.result.text;
}

/** One working state, which writes, moves and stops moving: s = 2. */
export const TINY: SourceMachine = {
  ...SOURCE,
  name: "tiny",
  states: ["A"],
  halting: [],
  table: new Map([
    [
      "A",
      row(
        [0, { write: 1, move: "right", next: "A" }],
        [1, { write: -1, move: "up", next: "A" }],
        [-1, { write: 0, move: "stay", next: "A" }],
      ),
    ],
  ]),
};

/** Two working states that do the same: they write, and move up or stay. */
export const TWINS: SourceMachine = {
  ...TINY,
  name: "twins",
  states: ["A", "B"],
  table: new Map(
    ["A", "B"].map((state) => [
      state,
      row(
        [0, { write: 1, move: "up", next: "A" }],
        [1, { write: -1, move: "up", next: "A" }],
        [-1, { write: 0, move: "stay", next: "A" }],
      ),
    ]),
  ),
};

/** The certificates of other machines, with as many states as SOURCE and TINY. */
export const OTHER_TINY_TEXT: string = textOf({
  ...TINY,
  table: new Map([["A", new Map(TINY.table.get("A")).set(0, { write: -1, move: "left", next: "A" })]]),
});

export const OTHER_TEXT: string = textOf({
  ...SOURCE,
  table: new Map(SOURCE.table).set("B", row([0, { write: 0, move: "left", next: "A" }])),
});

/** "accepted", the code of a rejection, or "undecided" with the limit. */
export function fate(verdict: ReturnType<typeof check> | ReturnType<typeof checkCertificateAgain>): string {
  if (verdict.verdict === "rejected") return verdict.code;
  return verdict.verdict === "undecided" ? `undecided ${verdict.limit}` : "accepted";
}

/** What the two checkers say of a text. */
export function fates(text: string): [first: string, second: string] {
  return [fate(check(text)), fate(checkCertificateAgain(text))];
}

/** Asserts that both checkers reject a text with a code. */
export function expectBoth(text: string, code: SecondCode, name: string): void {
  expect(fates(text), name).toEqual([code, code]);
}
