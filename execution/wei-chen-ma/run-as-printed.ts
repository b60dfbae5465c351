/** Runs a decoder by the letter (construction/wei-chen-ma/decoder-as-printed.ts) beside its machine: where it is first wrong. */
import { startOfTape, stepTape, symbolUnderHead } from "../../spec/machines/tape-machine.js";
import { rational, ZERO, type Rational } from "../../spec/exact/rational.js";
import { encodeOutput } from "../../spec/wei-chen-ma/decoder-step.js";
import { decoderAsPrinted, type PrintedTask } from "../../construction/wei-chen-ma/decoder-as-printed.js";
import { decodeExactly, type DecodedPass } from "./decode.js";

/** What a run by the letter comes to. */
export interface PrintedRun {
  readonly passes: number;
  readonly layers: number;
  readonly width: number;
  /** The first pass whose output does not encode the machine's configuration, and the first coordinate; null if all do. */
  readonly deviation: {
    readonly pass: number;
    /** How many steps the machine has made by then. */
    readonly steps: number;
    readonly coordinate: number;
    readonly found: string;
    readonly expected: number;
  } | null;
  /** What the classifier says after the last pass; a reduced rational. */
  readonly label: string;
  /** 1 if the machine has halted within T steps, -1 if not. */
  readonly expectedLabel: 1 | -1;
}

/** Whether nothing is wrong. */
export function isRight({ deviation, label, expectedLabel }: PrintedRun): boolean {
  return deviation === null && label === String(expectedLabel);
}

/** Builds and runs it, all passes. @throws {RangeError} as decoderAsPrinted does */
export function runAsPrinted(task: PrintedTask): PrintedRun {
  const { machine, steps, input = [], tape = "two-way" } = task;
  const { decoder, passes, firstSteps } = decoderAsPrinted(task);
  const { sizes, width } = decoder;
  let configuration = startOfTape(input);
  let made = 0;
  const advance = (to: number): void => {
    for (; made < to; made++) configuration = stepTape(machine, configuration, tape).after;
  };
  let deviation: PrintedRun["deviation"] = null;
  let output: readonly Entry[] = decoder.start;
  const exact = decodeExactly(decoder, input);
  for (let pass = 1; pass <= passes; pass++) {
    ({ output } = exact.next().value as DecodedPass<Entry>);
    advance(pass - 1 + firstSteps);
    if (deviation !== null) continue;
    const { state, head } = configuration;
    const expected = encodeOutput(sizes, width, { state, symbol: symbolUnderHead(configuration), position: head });
    const coordinate = expected.findIndex((entry, c) => !exactly(output[c] as Entry).equals(rational(BigInt(entry))));
    if (coordinate < 0) continue;
    const found = exactly(output[coordinate] as Entry).toFraction();
    deviation = { pass, steps: made, coordinate, found, expected: expected[coordinate] as number };
  }
  advance(steps);
  const label = decoder.classifier.reduce((sum, weight, c) => sum.add(exactly(output[c] as Entry).mul(weight)), ZERO);
  const expectedLabel = machine.halting[configuration.state] === true ? 1 : -1;
  return { passes, layers: decoder.layers.length, width, deviation, label: label.toFraction(), expectedLabel };
}

type Entry = number | Rational;

function exactly(entry: Entry): Rational {
  return typeof entry === "number" ? rational(BigInt(entry)) : entry;
}
