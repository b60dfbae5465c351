/** What both checkers accept of a recoding that has been tampered with is true of runs from any configuration, far from the origin too. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { digestOf } from "../../certificates/canonical.js";
import {
  decodeRecoding,
  printRecodingCertificate,
  type RecodingCertificate,
} from "../../certificates/rcnn-recoding.js";
import { checkRecoding } from "../../checkers/rcnn/check-recoding.js";
import { decideSituations } from "../../checkers/rcnn/recoding-situations.js";
import { checkCertificateAgain } from "../../checkers/second/check.js";
import { hasHalted, stepAlphabet, type AlphabetConfiguration } from "../../spec/machines/alphabet-machine.js";
import { MOVE_OFFSETS } from "../../spec/machines/machine.js";
import { recodedConfigurations, type RecodedConfiguration, type Recoding } from "../../spec/machines/recoding.js";
import { certifyRecoding } from "../../systems/rcnn/certify-recoding.js";
import { anyAlphabetMachine } from "../alphabet-machines.js";

/** The target's next configuration; undefined if it halts or has no entry. */
function stepTarget({ target }: Recoding, before: RecodedConfiguration): RecodedConfiguration | undefined {
  const { state, row, column, cells } = before;
  if (target.halting.includes(state)) return undefined;
  const entry = target.table.get(state)?.get(cells.get(`${row},${column}`) ?? 0);
  if (entry === undefined) return undefined;
  const after = new Map(cells);
  if (entry.write === 0) after.delete(`${row},${column}`);
  else after.set(`${row},${column}`, entry.write);
  const [down, right] = MOVE_OFFSETS[entry.move];
  return { state: entry.next, row: row + down, column: column + right, cells: after };
}

const textOf = ({ state, row, column, cells }: RecodedConfiguration): string =>
  JSON.stringify([state, row, column, [...cells].sort()]);

/** Follows both machines for some steps of the source. */
function follow(recoding: Recoding, start: AlphabetConfiguration, steps: number): void {
  const listed = new Set([...recoding.states, ...recoding.stopped].map(({ target }) => target));
  for (const first of recodedConfigurations(recoding, start)) {
    let [source, target]: [AlphabetConfiguration, RecodedConfiguration] = [start, first];
    for (let n = 0; n < steps && !hasHalted(recoding.source, source); n++) {
      source = stepAlphabet(recoding.source, source);
      do {
        const after = stepTarget(recoding, target);
        expect(after).toBeDefined();
        target = after as RecodedConfiguration;
      } while (!listed.has(target.state));
      expect(recodedConfigurations(recoding, source).map(textOf)).toContain(textOf(target));
      expect(recoding.target.halting.includes(target.state)).toBe(hasHalted(recoding.source, source));
    }
  }
}

type Mutable<Value> = Value extends object ? { -readonly [Key in keyof Value]: Mutable<Value[Key]> } : Value;

const MOVES = ["up", "down", "left", "right", "stay"] as const;

/** Changes one thing; `pick` says which. */
function tampered(certificate: RecodingCertificate, kind: number, pick: readonly number[]): RecodingCertificate {
  const copy = structuredClone(certificate) as Mutable<RecodingCertificate>;
  const { source, target, block, states } = copy;
  const at = <Value>(list: readonly Value[], i: number): Value => list[(pick[i] as number) % list.length] as Value;
  const [row, column] = [(pick[2] as number) % block.rows, (pick[3] as number) % block.columns];
  /** Of a table, an entry is replaced or taken away. */
  const change = <Read>(
    table: readonly (readonly [string, [Read, Read, string, string][]])[],
    symbols: readonly Read[],
    names: readonly string[],
  ): void => {
    if (table.length === 0) return;
    const [, entries] = at(table, 0);
    const i = (pick[1] as number) % entries.length;
    const entry = entries[i] as [Read, Read, string, string];
    if (kind < 2) entries[i] = [entry[0], at(symbols, 2), at(MOVES, 3), at(names, 4)];
    else if (entries.length > 1) entries.splice(i, 1);
  };
  if (kind === 0 || kind === 2) change<number>(target.table as never, [-1, 0, 1], target.states);
  else if (kind === 1 || kind === 3) change<string>(source.table as never, source.symbols, source.states);
  else if (kind === 4) {
    source.missing = source.missing === "stop" ? "step" : "stop";
    if (source.missing === "step") copy.stopped = [];
  } else if (kind === 5) states.push([at(source.states, 0), at(target.states, 1), row, column]);
  else if (kind === 6) states.splice((pick[0] as number) % states.length, 1);
  else {
    const [q, p] = at(states, 0);
    states[(pick[0] as number) % states.length] = [q, p, row, column];
  }
  const digests = { source: digestOf(source), target: digestOf(target) };
  return { ...copy, digests, verdicts: { ...copy.verdicts, replay: [] } } as RecodingCertificate;
}

describe("recodings that are accepted", () => {
  it("should be true of every run, whatever was changed in them", () => {
    const seen = { accepted: 0, rejected: 0 };
    fc.assert(
      fc.property(
        anyAlphabetMachine(),
        fc.nat(7),
        fc.array(fc.nat(), { minLength: 5, maxLength: 5 }),
        fc.array(fc.tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -3, max: 3 }), fc.nat()), {
          maxLength: 20,
        }),
        (machine, kind, pick, cells) => {
          const made = certifyRecoding(machine);
          if (made.verdict !== "accepted") throw new Error(made.verdict);
          let certificate = tampered(made.result.certificate, kind, pick);
          const recoding = decodeRecoding(certificate);
          try {
            const counts = decideSituations(recoding, 64);
            if (counts.verdict === "accepted")
              certificate = { ...certificate, verdicts: { ...certificate.verdicts, steps: counts.result } };
          } catch {
            // What is malformed is found by the checkers.
          }
          const text = printRecodingCertificate(certificate);
          const [first, second] = [checkRecoding(text), checkCertificateAgain(text)];
          expect(second.verdict).toBe(first.verdict);
          if (first.verdict !== "accepted") return void seen.rejected++;
          seen.accepted++;
          const { source } = recoding;
          const tape = new Map(
            cells
              .map(([r, c, a]): [string, number] => [`${r},${c}`, a % source.symbols.length])
              .filter(([, a]) => a > 0),
          );
          for (const state of source.states)
            follow(recoding, { state, stopped: false, tapes: [{ cells: tape, row: 0, column: -1 }] }, 6);
        },
      ),
      { numRuns: 150, seed: 20261126 },
    );
    expect(Math.min(seen.accepted, seen.rejected)).toBeGreaterThan(4);
  });
});
