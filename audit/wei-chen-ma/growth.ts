/** Figures: a decoder over T, a circuit's samples over its width, margin and norm over log T. */
import { decimal, logarithm, showDecimal, type Decimal } from "../decimal.js";
import type { GrowthAxis, GrowthCurve, GrowthFigure, GrowthPoint } from "../figure.js";
import { BITS, certifiedMargin, MACHINE, measured } from "./built.js";
import { sampledCircuit, sampledDecoder, WIDTHS } from "./constants-samples.js";
import { leastSample, printedExpression, vcExpression } from "./samples.js";

function whole(s: number, value: bigint): GrowthPoint {
  return { s, label: String(value), log: Number(showDecimal(logarithm(value), 12)) };
}

/** Placed by its integer part times 10^12. */
function broken(s: number, value: Decimal, digits: number): GrowthPoint {
  const scale = 10n ** 12n;
  const log = logarithm(BigInt(value.times(String(scale)).toFixed(0))).minus(logarithm(scale));
  return { s, label: showDecimal(value, digits), log: Number(showDecimal(log, 12)) };
}

function over(name: string, kind: GrowthCurve["kind"], points: readonly GrowthPoint[]): GrowthCurve {
  return { name, kind, points };
}

function inverseMargin(bits: number): Decimal {
  const { n, d } = certifiedMargin(MACHINE, bits);
  return decimal(d, n);
}

/** T = 2^w - 2, placed at 2^w. */
const LENGTH: GrowthAxis = {
  label: "T + 2, the largest T for so many bits of a position",
  name: "T + 2",
  tick: (s) => `2^${Math.log2(s)}`,
};
const LOG_LENGTH: GrowthAxis = { label: "w, about log2 T", name: "w", tick: String };
const WIDTH: GrowthAxis = {
  label: "w, width of the network",
  name: "w",
  tick: (s) => (s === 10 ? "10" : `10^${Math.round(Math.log10(s))}`),
};

/** The figures, in the order of the report. */
export function growthFigures(): GrowthFigure[] {
  const overLength = (value: (bits: number, s: number) => GrowthPoint): GrowthPoint[] =>
    BITS.map((bits) => value(bits, 2 ** bits));
  const overWidth = (value: (network: ReturnType<typeof sampledCircuit>) => GrowthPoint): GrowthPoint[] =>
    WIDTHS.map((width) => value(sampledCircuit("c17", width)));
  const { margin } = sampledCircuit("c17");
  return [
    {
      id: "length",
      title: "BB(4) as a decoder, over T",
      caption:
        "From end to end T grows by 2^36; layers and width grow with log T, 1/margin and the least n for error 1/10 with powers of it.",
      axis: LENGTH,
      curves: [
        over(
          "layers",
          "built",
          overLength((bits, s) => whole(s, BigInt(measured(MACHINE, bits).layers))),
        ),
        over(
          "width",
          "paper",
          overLength((bits, s) => whole(s, BigInt(measured(MACHINE, bits).width))),
        ),
        over(
          "1 / certified margin",
          "literal",
          overLength((bits, s) => broken(s, inverseMargin(bits), 2)),
        ),
        over(
          "least n, error 1/10",
          "built",
          overLength((bits, s) => whole(s, leastSample(sampledDecoder(bits)))),
        ),
      ],
    },
    {
      id: "overparameterized",
      title: "c17: examples for error 1/10, over the width",
      caption: `The margin ${showDecimal(decimal(margin.n, margin.d), 7)} is certified at every width, so n grows with ln w. Counting parameters times depth, as VC bounds do (here without constants), grows with w^2.`,
      axis: WIDTH,
      curves: [
        over(
          "Lemma 2.3 as printed",
          "paper",
          overWidth((network) => broken(network.width, printedExpression(network), 2)),
        ),
        over(
          "Theorem 3.1 with constants",
          "built",
          overWidth((network) => whole(network.width, leastSample(network))),
        ),
        over(
          "p d ln p / epsilon^2",
          "literal",
          overWidth((network) => broken(network.width, vcExpression(network.parameters, network.circuit.layers), 2)),
        ),
      ],
    },
    {
      id: "log-length",
      title: "BB(4) as a decoder, over log T",
      caption: "Straight lines are powers of log T: 1 for layers, about 1.4 for 1/margin, below 2 for |theta|_1.",
      axis: LOG_LENGTH,
      curves: [
        over(
          "layers",
          "built",
          BITS.map((bits) => whole(bits, BigInt(measured(MACHINE, bits).layers))),
        ),
        over(
          "1 / certified margin",
          "literal",
          BITS.map((bits) => broken(bits, inverseMargin(bits), 2)),
        ),
        over(
          "|theta|_1",
          "paper",
          BITS.map((bits) => whole(bits, measured(MACHINE, bits).alpha)),
        ),
      ],
    },
  ];
}
