/** Explains a row of the readout, f-bar_head: a ReLU at one of its kinks, or their sum. */
import { formatRational, rational, ZERO, type Rational } from "../../../spec/exact/rational.js";
import type { AffineRow } from "../../../spec/networks/network.js";
import { READOUT, readoutInUnits } from "../../../spec/rcnn/readout.js";
import { placeOf, spelled, type Address } from "./address.js";
import type { Explanation, Link } from "./explanation.js";
import type { Subject } from "./subject.js";

/** Explains a row of U2 or U1, or one number of it. */
export function explainReadout(subject: Subject, layer: number, row: number, element?: number): Explanation {
  const own = subject.head.layers[layer]?.rows[row] as AffineRow;
  const address: Address = { part: "head", layer, row, ...(element === undefined ? {} : { element }) };
  const what = layer === 0 ? reluInWords(subject, own) : sumInWords(subject);
  const output = subject.head.layers[layer + 1]?.rows ?? [];
  return {
    address: spelled(address),
    path: placeOf(address),
    what: element === undefined ? what : `${numberInWords(layer, own, element)} ${what}`,
    serves: [],
    bias: formatRational(own.bias),
    entries: own.entries.map(([column, weight]) => ({ to: inputName(layer, column), weight: formatRational(weight) })),
    usedBy: output.flatMap(({ entries }, r): Link[] => {
      const found = entries.find(([column]) => column === row);
      const to = spelled({ part: "head", layer: layer + 1, row: r });
      return found === undefined ? [] : [{ to, weight: formatRational(found[1]) }];
    }),
    readings: [],
    spans: [],
    on: null,
    example: null,
    notes: [unitsInWords(subject)],
  };
}

function inputName(layer: number, column: number): string {
  return layer === 0 ? "the cell" : spelled({ part: "head", layer: layer - 1, row: column });
}

function numberInWords(layer: number, { bias, entries }: AffineRow, element: number): string {
  if (element === 0) return `the bias, ${formatRational(bias)}, of`;
  const [column, weight] = entries[element - 1] as AffineRow["entries"][number];
  return `entry ${element}, the weight ${formatRational(weight)} of ${inputName(layer, column)}, in`;
}

function unitsInWords({ statement, code }: Subject): string {
  return statement === "filter"
    ? "numbers of the readout are in x-units"
    : `numbers of the readout are in u-units, one u = 1/${code.scale}`;
}

function reluInWords(subject: Subject, { bias, entries }: AffineRow): string {
  const weight = entries[0]?.[1] ?? ZERO;
  if (weight.n === 0n) return "a ReLU of the readout that does not read the cell";
  const kink = bias.neg().div(weight);
  const side = weight.s > 0n ? "above" : "below";
  const what = `a ReLU of the readout, on where the cell is ${side} ${formatRational(kink)}`;
  if (!subject.headIsBuilt) return what;
  return `${what}, a kink of f-bar_head: its slope is ${slopesAt(subject, kink)} there`;
}

/** "18 below and -18 above". */
function slopesAt({ statement, code }: Subject, kink: Rational): string {
  const { kinks, slopes } = statement === "filter" ? READOUT : readoutInUnits(code);
  const k = kinks.findIndex((one) => one.equals(kink));
  return `${formatRational(slopes[k - 1] ?? rational(0n))} below and ${formatRational(slopes[k] ?? rational(0n))} above`;
}

function sumInWords({ headIsBuilt }: Subject): string {
  return headIsBuilt ? "the label, f-bar_head of the cell, as a sum of its ReLUs" : "the output of the readout";
}
