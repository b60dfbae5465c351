/** Amendments to sections 3, B and D that concern circuits' networks. */
import { gateValue, type Gate } from "../../spec/circuits/layered-circuit.js";
import { formatRational, ONE, rational, type Rational } from "../../spec/exact/rational.js";
import { evaluateFeedForward, type AffineRow } from "../../spec/wei-chen-ma/affine.js";
import { firstGateRow, secondGateRow } from "../../spec/wei-chen-ma/gate-layer.js";
import { isWrong } from "../../spec/wei-chen-ma/margin.js";
import { round } from "../../spec/wei-chen-ma/round.js";
import { amendment, type FamilyAmendment, type Finding, type Instance } from "../amendment.js";

/** In the order of the paper. */
export const CIRCUIT_FAMILIES: readonly FamilyAmendment[] = [
  amendment({
    id: "constants",
    place: "Section 3",
    printed: "Gates are AND, OR, NOT and ID, and are sufficient to compute any boolean function.",
    amended: "There are gates for the constants, too: a bias and no weight.",
    reason: "Without an input no gate can be the first.",
    order: "m = 0, 1; functions of m inputs by their tables",
    instances: constants,
  }),
  amendment({
    id: "several-outputs",
    place: "Section 3",
    printed: "A circuit has one output, W_d one row.",
    amended: "W_d has a row for each output; the margin is of the output that is wrong first.",
    reason: "Circuits that people have add and multiply.",
    order: "functions of two inputs: k = 1, 2 outputs (AND, OR)",
    instances: severalOutputs,
  }),
  amendment({
    id: "round-variable",
    place: "Proposition 3.4",
    printed: "Between 1/3 and 2/3, round(z) is 3x - 1.",
    amended: "It is 3z - 1.",
    reason: "There is no x.",
    order: "z = 0, 1/6, ..., 1; for each x = 0, 1",
    instances: roundVariable,
  }),
  amendment({
    id: "round-weights",
    place: "Proposition 3.4",
    printed: "round(z) = 3 phi(z - 1/3) - 3 phi(z - 2/3).",
    amended: "round(z) = phi(3z - 1) - phi(3z - 2).",
    reason:
      "The same function, in integers. And its own parameters move it less: the squared norm of their gradient is smaller, so the margin is larger.",
    order: "z = 0, 1/6, ..., 1",
    instances: roundWeights,
  }),
  amendment({
    id: "toy-sign",
    place: "Claim 3.5, the proof",
    printed: "If delta_i <= 1/3 for all i, the output does not change.",
    amended: "If |delta_i| <= 1/3.",
    reason: "round(z) is 1 from 2/3 on: it is smaller weights that do harm.",
    order: "d = 1, 2; delta_1 = ... = delta_d = 1/3, 1/6, ..., -1",
    instances: toySign,
  }),
  amendment({
    id: "q-times",
    place: "Proof of Lemma 3.2",
    printed: "Lemma B.1 is applied q times (so in the proof of Theorem 3.1).",
    amended: "q - 1 times.",
    reason: "The input is a layer, and nothing computes it.",
    order: "chains of ID gates of depth q = 2, 3",
    instances: qTimes,
  }),
  amendment({
    id: "not-diagonal",
    place: "Proof of Lemma B.1",
    printed: "For NOT in coordinate j, row j of W_1 has -1 on the diagonal.",
    amended: "It has -1 in the column of the gate's parent; ID likewise 1.",
    reason: "Gates read any coordinate of the layer before.",
    order: "layers of two inputs and two gates, NOT or ID of input 0 or 1 in each; by gates, then by parents",
    instances: notDiagonal,
  }),
  amendment({
    id: "d1-index",
    place: "(D.1)",
    printed: "The corrected h_i is zeta_i of g_(i-1).",
    amended: "It is zeta_i of g_i.",
    reason: "There is no g_(-1); and zeta_i corrects h_i (Definition D.1), of which g_i is the perturbed value.",
    order: "i = 0, 1",
    instances: correctedIndex,
  }),
  amendment({
    id: "local-mu0",
    place: "Condition D.3",
    printed: "|f_0(x, theta) - f_0(x, theta')| <= mu_0 |theta - theta'| for all theta, theta'.",
    amended: "For perturbations of norm up to sigma_theta.",
    reason: "f_0 is two layers: far away it changes as the square of the distance. The proof uses it near theta alone.",
    order: "f_0 = phi(w_2 phi(w_1 x)) at x = 1, both weights from 1 to 1 + t, t = 1/2, 1, 2; mu_0 as at t = 1",
    instances: localMu0,
  }),
];

const bits = (m: number): boolean[][] =>
  Array.from({ length: 2 ** m }, (_, x) => Array.from({ length: m }, (_bit, i) => ((x >> i) & 1) === 1));

function* constants(): Generator<Instance> {
  for (const m of [0, 1]) {
    const inputs = bits(m);
    const gates = closure(m);
    for (let code = 0; code < 2 ** inputs.length; code++) {
      const table = inputs.map((_, x) => (code >> x) & 1).join("");
      const found = `${gates.size} functions of ${m} inputs can be made`;
      yield {
        text: `m = ${m}, values ${table}`,
        printed: () => ({ holds: gates.has(table), found }),
        amended: () => ({ holds: gates.has(table) || /^(0+|1+)$/.test(table), found: `${found}, and both constants` }),
      };
    }
  }
}

/** The tables that AND, OR, NOT and ID make of the inputs. */
function closure(m: number): Set<string> {
  const known = new Set(
    Array.from({ length: m }, (_, i) =>
      bits(m)
        .map((input) => (input[i] === true ? 1 : 0))
        .join(""),
    ),
  );
  for (let before = -1; before < known.size;) {
    before = known.size;
    const tables = Array.from(known);
    for (const a of tables)
      for (const b of tables)
        for (const kind of ["and", "or", "not", "id"] as const)
          known.add([...a].map((bit, x) => Number(gateValue(kind, [bit === "1", b[x] === "1"]))).join(""));
  }
  return known;
}

function* severalOutputs(): Generator<Instance> {
  for (const kinds of [["and"], ["and", "or"]] as const) {
    const rows = (count: number): Finding => ({
      holds: count === kinds.length,
      found: `W_d has ${count} rows for ${kinds.length} outputs`,
    });
    yield { text: `k = ${kinds.length}`, printed: () => rows(1), amended: () => rows(kinds.length) };
  }
}

function* roundVariable(): Generator<Instance> {
  for (let sixths = 0n; sixths <= 6n; sixths++) {
    for (const x of [0n, 1n]) {
      const z = rational(sixths, 6n);
      const isBetween = z.mul(3n).gt(ONE) && z.mul(3n).lt(2n);
      const relus = positive(z.mul(3n).sub(ONE)).sub(positive(z.mul(3n).sub(2n)));
      const finding = (value: Rational): Finding => ({
        holds: value.equals(relus),
        found: `the case says ${formatRational(value)}, the ReLUs ${formatRational(relus)}`,
      });
      yield {
        text: `z = ${formatRational(z)}, x = ${x}`,
        printed: () => finding(isBetween ? rational(3n * x - 1n) : round(z)),
        amended: () => finding(round(z)),
      };
    }
  }
}

function positive(value: Rational): Rational {
  return value.s < 0n ? rational(0n) : value;
}

/** Squares of the gradient of outer * (phi(inner z + bias) - phi(...)) + 0 by its seven parameters. */
function gradientSquared(
  z: Rational,
  outer: bigint,
  units: readonly (readonly [slope: bigint, bias: Rational])[],
): Rational {
  return units.reduce((sum, [slope, bias]) => {
    const value = positive(z.mul(slope).add(bias));
    if (value.n === 0n) return sum;
    // By the outer weight: the value; by the slope: outer z; by the bias: outer.
    return sum.add(value.mul(value)).add(
      z
        .mul(z)
        .add(ONE)
        .mul(outer * outer),
    );
  }, ONE);
}

function* roundWeights(): Generator<Instance> {
  for (let sixths = 0n; sixths <= 6n; sixths++) {
    const z = rational(sixths, 6n);
    const printed = gradientSquared(z, 3n, [
      [1n, rational(-1n, 3n)],
      [1n, rational(-2n, 3n)],
    ]);
    const amended = gradientSquared(z, 1n, [
      [3n, rational(-1n)],
      [3n, rational(-2n)],
    ]);
    const finding = (own: Rational, other: Rational): Finding => ({
      holds: own.lte(other),
      found: `squared norm ${formatRational(own)}, with the other weights ${formatRational(other)}`,
    });
    yield {
      text: `z = ${formatRational(z)}`,
      printed: () => finding(printed, amended),
      amended: () => finding(amended, printed),
    };
  }
}

function* toySign(): Generator<Instance> {
  for (const d of [1, 2]) {
    for (let sixths = 2n; sixths >= -6n; sixths--) {
      const delta = rational(sixths, 6n);
      let value = ONE;
      for (let i = 0; i < d; i++) value = round(value.mul(ONE.add(delta)));
      const output = value.sub(rational(1n, 2n));
      const found = `the output is ${formatRational(output)}`;
      const isRight = !isWrong(output, 1);
      yield {
        text: `d = ${d}, delta = ${formatRational(delta)}`,
        printed: () => ({ holds: isRight, found }),
        amended: () => ({ holds: isRight || delta.abs().mul(3n).gt(ONE), found: `${found}; |delta| <= 1/3 is asked` }),
      };
    }
  }
}

function* qTimes(): Generator<Instance> {
  for (const q of [2, 3]) {
    const finding = (times: number): Finding => ({
      holds: times === q - 1,
      found: `applied ${times} times, for ${q - 1} functions between ${q} layers`,
    });
    yield { text: `q = ${q}`, printed: () => finding(q), amended: () => finding(q - 1) };
  }
}

function* notDiagonal(): Generator<Instance> {
  for (const kinds of [
    ["id", "id"],
    ["id", "not"],
    ["not", "id"],
    ["not", "not"],
  ] as const) {
    for (const parents of [
      [0, 1],
      [0, 0],
      [1, 0],
      [1, 1],
    ] as const) {
      const gates = kinds.map((kind, j): Gate => ({ kind, parents: [parents[j] as number] }));
      const finding = (columnOf: (gate: Gate, place: number) => Gate): Finding => {
        const rows = gates.map((gate, j): AffineRow => firstGateRow(columnOf(gate, j)));
        const layers = [
          { name: "W1", inputs: 2, relu: true, rows },
          { name: "W2", inputs: 2, relu: true, rows: gates.map((gate, j) => secondGateRow(gate, j)) },
        ];
        const wrong = bits(2).find((input) => {
          const values = evaluateFeedForward(
            { layers },
            input.map((bit) => (bit ? 1n : 0n)),
          ).at(-1) as bigint[];
          return gates.some(
            ({ kind, parents: [parent = 0] }, j) => gateValue(kind, [input[parent] === true]) !== (values[j] === 1n),
          );
        });
        return {
          holds: wrong === undefined,
          found: wrong === undefined ? "right at all four inputs" : `wrong at ${wrong.map(Number).join("")}`,
        };
      };
      yield {
        text: `gates ${kinds.join(", ")} of inputs ${parents.join(", ")}`,
        printed: () => finding((gate, place) => ({ ...gate, parents: [place] })),
        amended: () => finding((gate) => gate),
      };
    }
  }
}

function* correctedIndex(): Generator<Instance> {
  for (const i of [0, 1]) {
    const finding = (index: number): Finding => ({
      holds: index >= 0 && index === i,
      found: index < 0 ? `g_${index} is not defined` : `g_${index} is what is to be corrected to h_${i}`,
    });
    yield { text: `i = ${i}`, printed: () => finding(i - 1), amended: () => finding(i) };
  }
}

function* localMu0(): Generator<Instance> {
  const distance = (t: Rational): Rational => t.mul(t).mul(2n);
  const change = (t: Rational): Rational => ONE.add(t).mul(ONE.add(t)).sub(ONE);
  const squared = change(ONE).mul(change(ONE)).div(distance(ONE));
  for (const t of [rational(1n, 2n), ONE, rational(2n)]) {
    const bound = squared.mul(distance(t));
    const holds = change(t).mul(change(t)).lte(bound);
    const found = `change ${formatRational(change(t))}, its square at most ${formatRational(bound)}`;
    yield {
      text: `t = ${formatRational(t)}`,
      printed: () => ({ holds, found }),
      amended: () => ({ holds: holds || t.gt(ONE), found: `${found}; t <= 1 is asked` }),
    };
  }
}
