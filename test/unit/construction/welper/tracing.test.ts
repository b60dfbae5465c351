import { describe, expect, it } from "vitest";
import { loadMachine } from "../../../../inputs/machines/load-machine.js";
import { readMultiTape } from "../../../../inputs/machines/read-multi-tape.js";
import { machineToTracing, printedB, type LossName } from "../../../../construction/welper/machine-to-tracing.js";
import { gridToMultiTape } from "../../../../construction/welper/sources.js";
import { readingCount, readingIndex, type MultiTapeSource } from "../../../../spec/welper/machine.js";
import { blankTape, readingOf, stepTapes, type Tape } from "../../../../spec/welper/tapes.js";
import { descend, pointOf } from "../../../../spec/welper/tracing.js";

const ONE = { numerator: 1, denominator: 1 };

const COPY = `
name: copy
tapes: 2
read-only: [0]
symbols: [0, 1]
start: go
halting: [done]
table:
  go:
    1 0: { write: 1 1, move: right right }
    0 0: { move: left stay, next: back }
  back:
    0 0: { move: left left, next: done }
    1 0: { move: left right }
`;

/** Steps until the machine halts; the descent must be at the machine's configuration after each. */
function trace(source: MultiTapeSource, loss: LossName, tapes: readonly Tape[], steps: number): number {
  const { machine, network } = machineToTracing(source, loss);
  let configuration = { state: 0, tapes };
  const point = () => {
    const reading = readingIndex(machine.symbols.length, readingOf(configuration.tapes));
    return pointOf(network, configuration.state * readingCount(machine) + reading, configuration.tapes);
  };
  let at = point();
  for (let k = 0; k < steps; k++) {
    if (machine.halting[configuration.state] === true) return k;
    at = descend(network, { content: ONE, head: ONE }, at);
    configuration = stepTapes(machine, configuration);
    expect(at).toEqual(point());
  }
  return steps;
}

describe("machineToTracing", () => {
  it.each(["fan", "printed"] as const)("should trace machines of the gallery, %s loss", (loss) => {
    const line = [blankTape(1, 20, 10)];
    expect(trace(gridToMultiTape(loadMachine("bb2")), loss, line, 50)).toBe(6);
    expect(trace(gridToMultiTape(loadMachine("bb3")), loss, line, 50)).toBe(21);
    expect(trace(gridToMultiTape(loadMachine("bb4")), loss, line, 200)).toBe(107);
    expect(trace(gridToMultiTape(loadMachine("langtons-ant")), loss, [blankTape(5, 5, 12)], 60)).toBe(60);
  });

  it("should refuse a file of more symbols than any machine may have", () => {
    const many = Array.from({ length: 257 }, (_, i) => `s${i}`).join(", ");
    const text = `name: many\ntapes: 1\nsymbols: [${many}]\nstart: A\nhalting: [Z]\ntable: {A: {s0: {next: Z}}}\n`;
    expect(() => readMultiTape(text, "many.yaml")).toThrow("many.yaml:3:10: expected at most 256 symbols, got 257");
  });

  it("should trace a machine on two tapes, one of them read-only", () => {
    const tape = { ...blankTape(1, 6, 0), cells: [1, 1, 1, 0, 0, 0] };
    const source = readMultiTape(COPY, "copy.yaml");
    for (const loss of ["fan", "printed"] as const)
      expect(trace(source, loss, [tape, blankTape(1, 6, 0)], 50)).toBeGreaterThan(4);
  });

  it("should choose the constants of 5.4", () => {
    expect([1, 2, 3, 4, 5].map(printedB)).toEqual([9, 17, 25, 33, 41]);
  });
});
