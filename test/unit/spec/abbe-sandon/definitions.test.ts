/** The definitions against what the paper says of them, computed by hand or in another way. */
import { describe, expect, it } from "vitest";
import {
  oddActivation,
  oddSlope,
  oddValue,
  practicalActivation,
  printedActivation,
  RATIONALS,
} from "../../../../spec/abbe-sandon/activation.js";
import {
  definition6,
  LEMMA_2_CONTRIBUTION,
  LEMMA_2_RATE,
  type GadgetVertex,
} from "../../../../spec/abbe-sandon/gadget.js";
import {
  backPropagationFromSum,
  forwardPass,
  sgdStep,
  type WeightedGraph,
} from "../../../../spec/abbe-sandon/weighted-graph.js";
import { compareMonomials, monomial, MONOMIALS, times, type Monomial } from "../../../../spec/exact/monomial.js";
import { formatRational, parseRational, rational, type Rational } from "../../../../spec/exact/rational.js";

const q = parseRational;

describe("monomials", () => {
  it("should add where a sum is a monomial, and refuse where it is none", () => {
    const sqrt3 = monomial(1, 0, 1);
    expect(MONOMIALS.add(sqrt3, sqrt3)).toEqual(monomial(1, 1, 1));
    expect(() => MONOMIALS.add(monomial(1, 3, 0, 2), monomial(-1, 0, 0, 2))).toThrow(RangeError);
    expect(MONOMIALS.add(monomial(1, 2, 0), monomial(-1, 0, 0))).toEqual(monomial(1, 0, 2));
    expect(MONOMIALS.add(sqrt3, MONOMIALS.negate(sqrt3))).toEqual(MONOMIALS.zero);
    expect(() => MONOMIALS.add(monomial(1, 2, 0), MONOMIALS.one)).toThrow(RangeError);
    expect(() => MONOMIALS.add(sqrt3, MONOMIALS.one)).toThrow(RangeError);
    expect(() => MONOMIALS.add(monomial(1, 0, 0, 1), MONOMIALS.one)).toThrow(RangeError);
    expect(times(sqrt3, -12n)).toEqual(monomial(-1, 2, 3));
  });

  it("should be ordered as their values are", () => {
    const valueOf = ({ sign, twos, halfThrees }: Monomial): number => sign * 2 ** twos * 3 ** (halfThrees / 2);
    const some: Monomial[] = [MONOMIALS.zero];
    for (const sign of [1, -1] as const)
      for (let twos = -4; twos <= 4; twos++)
        for (let threes = -4; threes <= 4; threes++) some.push(monomial(sign, twos, threes));
    for (const a of some)
      for (const b of some) expect(compareMonomials(a, b)).toBe(Math.sign(valueOf(a) - valueOf(b)) || 0);
    expect(() => compareMonomials(monomial(1, 0, 0, 1), MONOMIALS.one)).toThrow(RangeError);
  });
});

describe("the activations", () => {
  it("should have the practical pieces, odd, without a slope where it changes", () => {
    const f = practicalActivation(rational(1n, 64n));
    const rows = [
      ["0", "0", "0"],
      ["1/128", "0", "0"],
      ["1/64", "0", undefined],
      ["3/128", "1/64", "2"],
      ["1/32", "1/32", undefined],
      ["1", "1", "1"],
      ["5/4", "5/4", undefined],
      ["11/8", "13/8", "3"],
      ["3/2", "2", undefined],
      ["7", "2", "0"],
    ] as const;
    for (const [x, y, slope] of rows) {
      expect([x, formatRational(oddValue(f, q(x)))]).toEqual([x, y]);
      expect(oddValue(f, q(x).neg()).equals(q(y).neg())).toBe(true);
      for (const at of [q(x), q(x).neg()]) expect(oddSlope(f, at)?.equals(q(slope ?? "0"))).toBe(slope && true);
    }
  });

  it("should have the printed pieces where the paper says what they are", () => {
    const f = printedActivation({ flatTo: MONOMIALS.zero, cubeFrom: MONOMIALS.zero });
    const half = monomial(-1, -1, 0);
    expect([f.value(half), f.derivative(half)]).toEqual([monomial(-1, -3, 0), monomial(1, -2, 2)]);
    expect([f.value(monomial(-1, 1, 0)), f.derivative(monomial(-1, 1, 0))]).toEqual([
      monomial(-1, 1, 0),
      MONOMIALS.zero,
    ]);
    for (const undetermined of [monomial(1, 2, -2), monomial(1, -1, 2)])
      expect(() => f.value(undetermined)).toThrow(RangeError);
    const star = printedActivation({ flatTo: monomial(1, -121, -18), cubeFrom: monomial(1, -120, -18) });
    expect(star.value(monomial(1, -121, -18))).toEqual(MONOMIALS.zero);
    expect(star.value(monomial(1, -120, -18))).toEqual(monomial(1, -360, -54));
    expect(() => star.value(monomial(1, -122, -16))).toThrow(RangeError);
  });
});

describe("a step of SGD", () => {
  it("should be what it is by hand on a path", () => {
    // x -> 1/2 x -> 1/2 of that, f being the identity there: output 1/4, label -1.
    const graph: WeightedGraph<Rational> = {
      inputs: 1,
      computed: [[{ from: 1, weight: q("1/2") }], [{ from: 2, weight: q("1/2") }]],
    };
    const activation = oddActivation(practicalActivation(rational(1n, 64n)));
    const sample = { input: [q("1")], label: q("-1") };
    const { output, graph: after } = sgdStep(graph, activation, RATIONALS, q("1/10"), sample);
    expect(formatRational(output)).toBe("1/4");
    // 2 (1/4 + 1) 1/2 = 5/4 for both weights.
    expect(after.computed.flat().map(({ weight }) => formatRational(weight))).toEqual(["3/8", "3/8"]);
    const noisy = sgdStep(graph, activation, RATIONALS, q("1/10"), sample, [[q("1/8")], [q("0")]]);
    expect(noisy.graph.computed.flat().map(({ weight }) => formatRational(weight))).toEqual(["1/2", "3/8"]);
  });
});

describe("Lemma 2", () => {
  const S_BELOW = monomial(1, -1, -5);
  const ORDER: readonly GadgetVertex[] = ["v0", "vc", "vc'", "v1", "v2", "v3", "v4", "v5", "v3'", "v4'", "v5'", "v6"];

  /** M_s with some of its paths at the negatives of their weights. */
  function gadget(flipped: (from: GadgetVertex, to: GadgetVertex) => boolean): WeightedGraph<Monomial> {
    const edges = definition6();
    const computed = ORDER.slice(3).map((vertex) =>
      edges
        .filter(({ to }) => to === vertex)
        .map(({ from, to, weight }) => ({
          from: ORDER.indexOf(from) + 1,
          weight: flipped(from, to) ? MONOMIALS.negate(weight) : weight,
        })),
    );
    return { inputs: 3, computed };
  }

  const activation = printedActivation({ flatTo: MONOMIALS.zero, cubeFrom: MONOMIALS.zero, sBelow: S_BELOW });
  const TWO = monomial(1, 1, 0);
  const HEAD = new Set(["v0v1", "v1v2"]);
  const TAIL = new Set(["v2v3", "v3v4", "v4v5", "v5v6"]);
  const TAIL_2 = new Set(["v2v3'", "v3'v4'", "v4'v5'", "v5'v6"]);

  it("should hold in every state of the signs, with every control, output and label", () => {
    let cases = 0;
    for (let signs = 0; signs < 8; signs++) {
      const parts = [HEAD, TAIL, TAIL_2].filter((_, i) => (signs >> i) & 1);
      const graph = gadget((from, to) => parts.some((part) => part.has(from + to)));
      for (const output of [1, -1] as const) {
        for (const isOpen of [true, false]) {
          for (const label of [1, -1] as const) {
            const controls = [output === 1 && isOpen, output === -1 && isOpen];
            const input = [TWO, ...controls.map((open) => (open ? MONOMIALS.zero : TWO))];
            const pass = {
              ...forwardPass({ ...graph, computed: graph.computed.slice(0, -1) }, activation, MONOMIALS, input),
            };
            const sum = (graph.computed.at(-1) ?? []).reduce(
              (total, { from, weight }) =>
                MONOMIALS.add(total, MONOMIALS.multiply(weight, pass.outputs[from] as Monomial)),
              MONOMIALS.zero,
            );
            const expected = isOpen ? times(LEMMA_2_CONTRIBUTION, BigInt(output)) : MONOMIALS.zero;
            expect(sum).toEqual(expected);
            // 2 (output - label), times 3 at the output vertex, whose sum is its output.
            const loss = times(MONOMIALS.one, BigInt(6 * (output - label)));
            const whole = { sums: [...pass.sums, sum], outputs: [...pass.outputs, MONOMIALS.zero] };
            const gradient = backPropagationFromSum(graph, activation, MONOMIALS, whole, loss);
            const opened = controls[0] ? TAIL : TAIL_2;
            for (const [i, edges] of graph.computed.entries()) {
              for (const [e, { from, weight }] of edges.entries()) {
                const name = `${ORDER[from - 1]}${ORDER[i + 3]}`;
                const change = MONOMIALS.multiply(LEMMA_2_RATE, gradient[i]?.[e] as Monomial);
                const isFlipped = isOpen && output !== label && (HEAD.has(name) || opened.has(name));
                expect(MONOMIALS.add(weight, MONOMIALS.negate(change)), name).toEqual(
                  isFlipped ? MONOMIALS.negate(weight) : weight,
                );
                cases++;
              }
            }
          }
        }
      }
    }
    // 8 states, 8 situations, 12 edges.
    expect(cases).toBe(768);
  });
});
