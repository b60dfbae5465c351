/** Section 3 and appendix B: gates as ReLUs, round, layered circuits, norms of the naive network. */
import { formatRational, ONE, rational, ZERO, type Rational } from "../../spec/exact/rational.js";
import {
  evaluateLayers,
  GATE_ARITY,
  gateValue,
  type Gate,
  type GateKind,
  type LayeredCircuit,
} from "../../spec/circuits/layered-circuit.js";
import { applyAffine, oneNorm, relu, type AffineMap } from "../../spec/wei-chen-ma/affine.js";
import { firstGateRow, GATE_NORM, secondGateRow } from "../../spec/wei-chen-ma/gate-layer.js";
import { isWrong } from "../../spec/wei-chen-ma/margin.js";
import { round, ROUND_RADIUS } from "../../spec/wei-chen-ma/round.js";
import { unless, type Computation } from "../computation.js";

/** The paper's gates. */
const PAPER_GATES: readonly GateKind[] = ["and", "or", "not", "id"];

/** All assignments of so many bits. */
function assignments(count: number): boolean[][] {
  return Array.from({ length: 2 ** count }, (_, code) =>
    Array.from({ length: count }, (__, i) => ((code >> i) & 1) === 1),
  );
}

/** The two maps of Lemma B.1 for a layer of gates. */
export function gateMaps(inputs: number, gates: readonly Gate[]): readonly [AffineMap, AffineMap] {
  return [
    { inputs, rows: gates.map(firstGateRow) },
    { inputs: gates.length, rows: gates.map(secondGateRow) },
  ];
}

function throughGates(inputs: readonly boolean[], gates: readonly Gate[]): bigint[] {
  const [first, second] = gateMaps(inputs.length, gates);
  const bits = inputs.map((bit) => BigInt(bit));
  return applyAffine(second, applyAffine(first, bits).map(relu)).map(relu);
}

/** Proposition B.2 and Lemma B.1: each gate at all its inputs, its 1-norm. */
function gates() {
  let [cases, wrong]: [number, string | undefined] = [0, undefined];
  const numbers: Record<string, string> = {};
  for (const kind of PAPER_GATES) {
    const gate: Gate = { kind, parents: GATE_ARITY[kind] === 2 ? [0, 1] : [0] };
    for (const bits of assignments(GATE_ARITY[kind])) {
      cases++;
      const [value] = throughGates(bits, [gate]);
      if (value !== BigInt(gateValue(kind, bits))) wrong = `${kind} at ${bits.map(Number).join("")} gives ${value}`;
    }
    const norm = oneNorm(gateMaps(2, [gate]));
    if (norm !== BigInt(GATE_NORM[kind])) wrong = `the norm of ${kind} is ${norm}`;
    numbers[`1-norm of ${kind}`] = String(norm);
  }
  return {
    instance: "AND, OR, NOT, ID at all inputs",
    printed: unless(wrong, `${cases} cases agree; |theta|_1 <= 5 a gate, so 5 r_i a layer`),
    numbers,
  };
}

/** Proposition 3.4: the printed network equals round on the whole line, because it does at every kink and has its slopes. */
function roundOnTheLine() {
  const positive = (z: Rational): Rational => (z.gt(ZERO) ? z : ZERO);
  const printed = (z: Rational): Rational =>
    positive(z.sub(rational(1n, 3n)))
      .sub(positive(z.sub(rational(2n, 3n))))
      .mul(3n);
  // Both have kinks at 1/3 and 2/3 only: two points on each of the three pieces decide.
  const points = [-1n, 0n, 1n, 2n, 3n].map((n) => rational(n, 3n)).concat(rational(2n));
  const bad = points.find((z) => !printed(z).equals(round(z)));
  const beyond = [rational(34n, 100n), rational(66n, 100n)];
  const isLargest = beyond.every((z, truth) => !round(z).equals(rational(BigInt(truth))));
  const within = [0n, 1n].every((truth) =>
    [ROUND_RADIUS, ROUND_RADIUS.neg()].every((by) => round(rational(truth).add(by)).equals(rational(truth))),
  );
  return {
    instance: "z = -1/3 ... 2, kinks at 1/3 and 2/3",
    printed: unless(
      bad ? `they differ at ${formatRational(bad)}` : isLargest && within ? undefined : "the radius is another",
      "equal at two points of each piece; radius 1/3, and no larger one",
    ),
    numbers: {
      points: String(points.length),
      radius: formatRational(ROUND_RADIUS),
      "round(0.34)": formatRational(round(beyond[0] as Rational)),
    },
  };
}

/** Every function of up to three bits by AND, OR, NOT: an OR of ANDs of literals, x AND NOT x where it is 0 everywhere. */
function completeness() {
  let [functions, wrong]: [number, string | undefined] = [0, undefined];
  for (let m = 1; m <= 3; m++) {
    const inputs = assignments(m);
    const literal = (bits: readonly boolean[], i: number, positive: boolean): boolean =>
      positive ? (bits[i] as boolean) : gateValue("not", [bits[i] as boolean]);
    const all = (values: readonly boolean[], kind: "and" | "or"): boolean =>
      values.reduce((a, b) => gateValue(kind, [a, b]));
    for (let table = 0; table < 2 ** inputs.length; table++) {
      functions++;
      const terms = inputs.filter((_, code) => ((table >> code) & 1) === 1);
      const value = (bits: readonly boolean[]): boolean =>
        terms.length === 0
          ? gateValue("and", [literal(bits, 0, true), literal(bits, 0, false)])
          : all(
              terms.map((term) =>
                all(
                  term.map((bit, i) => literal(bits, i, bit)),
                  "and",
                ),
              ),
              "or",
            );
      if (inputs.some((bits, code) => value(bits) !== (((table >> code) & 1) === 1)))
        wrong = `m = ${m}, table ${table}`;
    }
  }
  return {
    instance: "all functions of 1, 2 and 3 bits",
    printed: unless(wrong, `${functions} functions as ORs of ANDs of literals`),
    numbers: { functions: String(functions) },
  };
}

/** Lemma 3.3 with (2.1): an output of 0 is on the boundary whatever the label says. */
function zeroOutputs() {
  const circuit: LayeredCircuit = { inputs: 1, layers: [[{ kind: "id", parents: [0] }]] };
  const output = (bit: boolean): Rational =>
    rational(throughGates([bit], circuit.layers[0] as readonly Gate[])[0] as bigint);
  const label = (bit: boolean): 0 | 1 => (evaluateLayers(circuit, [bit]).at(-1)?.[0] === true ? 1 : 0);
  const doubled = (value: Rational): Rational => value.mul(2n).sub(ONE);
  const bad = [true, false].find((bit) => isWrong(output(bit), label(bit)));
  const amended = [true, false].find((bit) => isWrong(doubled(output(bit)), label(bit)));
  return {
    instance: "one ID gate, x = 1 and x = 0",
    printed: unless(
      bad === undefined
        ? undefined
        : `x = ${Number(bad)}: (y - 1/2) F = (-1/2) 0 <= 0 without any perturbation, so the margin is 0`,
      "both are right by more than 0",
    ),
    amended: unless(
      amended === undefined ? undefined : `x = ${Number(amended)} is wrong`,
      "2 F - 1 is -1 and 1, on the right side of 0",
    ),
    numbers: { "F(0)": formatRational(output(false)), "F(1)": formatRational(output(true)) },
  };
}

/** Section 3: the product of operator norms of the naive network, from below, for chains with an AND in every layer. */
function productOfNorms() {
  const depths = [1, 2, 4, 8, 16, 32, 64];
  const numbers: Record<string, string> = {};
  let wrong: string | undefined;
  for (const depth of depths) {
    // x AND y in every layer, twice, so that the next has two parents. A matrix's norm is at least that of a row.
    const layer: Gate[] = [0, 1].map(() => ({ kind: "and", parents: [0, 1] }));
    const squares = gateMaps(2, layer).map(({ rows }) =>
      rows.reduce((most, { entries }) => {
        const norm = entries.reduce((sum, [, weight]) => sum + BigInt(weight) ** 2n, 0n);
        return norm > most ? norm : most;
      }, 0n),
    );
    const product = squares.reduce((a, b) => a * b) ** BigInt(depth);
    if (product < 2n ** BigInt(depth)) wrong = `depth ${depth}: ${product}`;
    numbers[`squared product at least, ${depth} layers`] = String(product);
  }
  return {
    instance: "chains of AND gates, 1 ... 64 layers",
    printed: unless(wrong, "at least 2^(d/2) for d layers of gates"),
    numbers,
  };
}

/** Section 3 and appendix B. */
export const GATE_COMPUTATIONS: readonly Computation[] = [
  { name: "gates-as-relus", about: "Each gate at all its inputs, and its 1-norm.", run: gates },
  { name: "round-on-the-line", about: "Proposition 3.4's network against round.", run: roundOnTheLine },
  { name: "gates-are-complete", about: "All functions of few bits by AND, OR and NOT.", run: completeness },
  { name: "output-zero", about: "The margin of a network with outputs 0 and 1.", run: zeroOutputs },
  { name: "naive-product-of-norms", about: "The product of operator norms without corrections.", run: productOfNorms },
];
