/** Section 4 and appendix C: scores, the search for the last writer, the table, the adder, the case split, by enumeration. */
import { decoderCoordinates } from "../../construction/wei-chen-ma/decoder-coordinates.js";
import { lemmaC1, lemmaC2, type PassContext } from "../../construction/wei-chen-ma/decoder-passes.js";
import { formatRational, rational, ZERO, type Rational } from "../../spec/exact/rational.js";
import { attend, type Attention } from "../../spec/networks/attention.js";
import type { TapeMachine } from "../../spec/machines/tape-machine.js";
import { applyAffine, relu } from "../../spec/wei-chen-ma/affine.js";
import { positionalCode } from "../../spec/wei-chen-ma/decoder.js";
import { bin } from "../../spec/wei-chen-ma/decoder-layout.js";
import { decoderSizes, decoderTransition, encodeInput } from "../../spec/wei-chen-ma/decoder-step.js";
import { unless, type Computation } from "../computation.js";
import { decoderOf, MACHINE } from "./built.js";
import { mixedMachine } from "./mixed-machine.js";

/** Q K for signs of bits: agreements less disagreements. */
function score(query: readonly number[], key: readonly number[]): number {
  return query.reduce((sum, bit, k) => sum + (2 * bit - 1) * (2 * (key[k] as number) - 1), 0);
}

/** Proofs of C.4, C.6, C.7: equal codes score w, others w - 2 at most, null w - 1. */
function positionScores() {
  let [pairs, wrong]: [number, string | undefined] = [0, undefined];
  const seen = new Set<number>();
  for (let w = 1; w <= 5; w++) {
    for (let a = 0; a < 2 ** w; a++) {
      for (let b = 0; b < 2 ** w; b++) {
        pairs++;
        const less = score(bin(a, w), bin(b, w)) - (w - 1);
        seen.add(less);
        if (a === b ? less !== 1 : less > -1) wrong = `w = ${w}: ${a} and ${b} score ${less} above null`;
      }
    }
  }
  const above = [...seen].toSorted((x, y) => y - x);
  return {
    instance: "all pairs of codes of w = 1 ... 5 bits",
    printed: unless(wrong, "the best score and the next are at least 1 apart"),
    numbers: { pairs: String(pairs), "scores above null": above.join(", ") },
  };
}

/**
 * Claims C.4 and C.5 on one set M of passes, read from scores alone. A pass that is not in M has another position; it is given the
 * one that scores most.
 */
function searchLast(
  w: number,
  members: readonly boolean[],
): { readonly last: number; readonly ties: number; readonly gap: number } {
  const passes = members.map((_, t) => t + 1);
  const own = (t: number): number => (members[t - 1] === true ? w : w - 2);
  let gap = Infinity;
  let ties = 0;
  const read = (most: (t: number) => number, none: number): readonly number[] => {
    const scores = passes.map(most);
    const best = Math.max(none, ...scores);
    for (const one of [none, ...scores]) if (one !== best) gap = Math.min(gap, best - one);
    const found = best === none ? [] : passes.filter((_, k) => scores[k] === best);
    ties = Math.max(ties, found.length);
    return found;
  };
  const found = read(own, w - 1).length > 0;
  const bits: number[] = [];
  for (let j = 0; j < w; j++) {
    const query = bits.slice(0, j);
    const hit = read((t) => own(t) + score([...query, 1], bin(t, w).slice(0, j + 1)), w + j);
    bits.push(Number(hit.length > 0));
  }
  const value = bits.reduce((sum, bit) => 2 * sum + bit, 0);
  return { last: found ? value : 0, ties, gap };
}

/** Claims C.4 and C.5 for every set of passes that may have written here. */
function search() {
  let [sets, most, least, wrong]: [number, number, number, string | undefined] = [0, 0, Infinity, undefined];
  for (let w = 1; w <= 4; w++) {
    const passes = 2 ** w - 1;
    for (let code = 0; code < 2 ** passes; code++) {
      const members = Array.from({ length: passes }, (_, t) => ((code >> t) & 1) === 1);
      const { last, ties, gap } = searchLast(w, members);
      sets++;
      most = Math.max(most, ties);
      least = Math.min(least, gap);
      if (last !== members.lastIndexOf(true) + 1) wrong = `w = ${w}, M of code ${code}: ${last}`;
    }
  }
  return {
    instance: "every set M of passes, w = 1 ... 4 bits",
    printed: unless(wrong, "w searches give the bits of max M, and 0 where M is empty"),
    numbers: { sets: String(sets), "most ties": String(most), "least gap": String(least) },
  };
}

function contextOf(machine: TapeMachine, bits: number): PassContext {
  const sizes = decoderSizes(machine, bits);
  return { machine, sizes, at: decoderCoordinates(sizes), tape: "two-way" };
}

/** Lemma C.1 on every state and symbol: the pair, alone, then the table's entry. */
function table() {
  let [cases, wrong]: [number, string | undefined] = [0, undefined];
  for (let z = 1; z <= 4; z++) {
    for (let a = 1; a <= 4; a++) {
      const machine = mixedMachine(z, a);
      const context = contextOf(machine, 3);
      const { at, sizes } = context;
      const [pairs, outcome] = lemmaC1(context) as [
        ReturnType<typeof lemmaC1>[number],
        ReturnType<typeof lemmaC1>[number],
      ];
      for (let state = 0; state < sizes.states; state++) {
        for (let symbol = 0; symbol < a; symbol++) {
          cases++;
          const input = encodeInput(sizes, at.width, { state, symbol, position: 5 }, 6).map(BigInt);
          const sums = applyAffine(pairs.map, input);
          const alone = Array.from(
            { length: sizes.states * a },
            (_, k) => sums[at.pair(Math.floor(k / a), k % a)] as bigint,
          );
          const own = alone[state * a + symbol];
          if (own !== 1n || alone.some((sum, k) => k !== state * a + symbol && sum > 0n))
            wrong = `pair (${state}, ${symbol})`;
          const output = applyAffine(outcome.map, sums.map(relu)).map(relu);
          const { write, move, next } = decoderTransition(machine, state, symbol);
          const expected: readonly (readonly [number, number])[] = [
            [at.state(next), 1],
            [at.written(write), 1],
            [at.carry, Number(move === 1)],
            [at.borrow, Number(move === -1)],
          ];
          if (expected.some(([c, bit]) => output[c] !== BigInt(bit))) wrong = `outcome of (${state}, ${symbol})`;
        }
      }
    }
  }
  return {
    instance: "machines of up to 4 states and 4 symbols, every pair",
    printed: unless(wrong, "the pair scores 1 after its bias, all others at most 0; the table's entry follows"),
    numbers: { pairs: String(cases) },
  };
}

/** Lemma C.2 on every position and move. */
function adder() {
  let [cases, wrong]: [number, string | undefined] = [0, undefined];
  const layers: number[] = [];
  for (let w = 1; w <= 6; w++) {
    const context = contextOf(mixedMachine(2, 2), w);
    const { at } = context;
    const passes = lemmaC2(context);
    layers.push(passes.length);
    for (let position = 0; position < 2 ** w; position++) {
      for (const move of [-1, 0, 1]) {
        cases++;
        let h = Array.from({ length: at.width }, () => 0n);
        for (const [k, bit] of bin(position, w).toReversed().entries()) h[at.position(k)] = BigInt(bit);
        h[at.carry] = BigInt(move === 1);
        h[at.borrow] = BigInt(move === -1);
        for (const { map } of passes) h = applyAffine(map, h).map(relu);
        const result = Array.from({ length: w }, (_, j) => h[at.next(w - 1 - j)]).join("");
        if (result !== bin(position + move, w).join("")) wrong = `w = ${w}: ${position} and ${move} give ${result}`;
      }
    }
  }
  return {
    instance: "w = 1 ... 6 bits, every position, moves -1, 0, 1",
    printed: unless(wrong, "Bin(l + move), positions modulo 2^w, in w + 1 layers"),
    numbers: { cases: String(cases), layers: layers.join(", ") },
  };
}

/** Lemma C.8: v is one-hot, and the symbol is the last one written, else the input's, else blank. */
function caseSplit() {
  let [cases, wrong]: [number, string | undefined] = [0, undefined];
  for (let symbols = 1; symbols <= 4; symbols++) {
    for (const found of [0, 1]) {
      for (const inside of [0, 1]) {
        for (let old = 0; old < symbols; old++) {
          for (let given = 0; given < symbols; given++) {
            cases++;
            const v = found === 1 ? [1, 0, 0] : [0, inside, 1 - inside];
            const and = (a: number, b: number): number => Math.max(0, a + b - 1);
            const sum = Array.from({ length: symbols }, (_, a) =>
              [found * Number(a === old), inside * Number(a === given), Number(a === 0)].reduce(
                (total, bit, k) => total + and(v[k] as number, bit),
                0,
              ),
            );
            const symbol = found === 1 ? old : inside === 1 ? given : 0;
            if (v.reduce((x, y) => x + y) !== 1 || sum.some((bit, a) => bit !== Number(a === symbol)))
              wrong = `scr4 = (${found}, ${inside}), symbols ${old} and ${given}`;
          }
        }
      }
    }
  }
  return {
    instance: "alphabets of 1 to 4 symbols, both bits of scr4, both symbols",
    printed: unless(wrong, "v has one 1, and the sum is the code of a_i"),
    numbers: { cases: String(cases) },
  };
}

/** Two positions that tie with value 1, null below them; what is read once the second one's key has moved by `lift`. */
function nudged(lift: Rational): { readonly positions: readonly number[]; readonly value: string } {
  const row = (bias: number, column?: number) => ({
    bias,
    entries: column === undefined ? [] : [[column, 1] as const],
  });
  const module: Attention = {
    query: { inputs: 1, rows: [row(1)] },
    key: { inputs: 1, rows: [row(1, 0)] },
    value: { inputs: 1, rows: [row(1)] },
    nullKey: [0],
    nullValue: [0],
  };
  const { output, positions } = attend(module, [ZERO], [[ZERO], [lift]]);
  return { positions, value: formatRational(output[0] as Rational) };
}

/** Proof of Theorem 4.1: small perturbations and the positions that are read. */
function readAfterNudge() {
  const before = nudged(ZERO);
  const after = [rational(1n, 1000n), rational(-1n, 1000n)].map(nudged);
  const changed = after.find(({ positions }) => positions.length !== before.positions.length);
  const stray = after.find(
    ({ positions, value }) => value !== before.value || positions.some((j) => !before.positions.includes(j)),
  );
  return {
    instance: "two positions that tie, one key moved by 1/1000",
    printed: unless(
      changed && `positions ${before.positions.join(", ")} are read before, ${changed.positions.join(", ")} after`,
      "the same positions",
    ),
    amended: unless(
      stray && `positions ${stray.positions.join(", ")}`,
      "some of the positions of before, with the same value",
    ),
    numbers: {
      "read before": before.positions.join(", "),
      "read after": after.map(({ positions }) => positions.join(", ")).join("; "),
    },
  };
}

/** C.1: the space that the encoder's embedding is in. */
function embeddingSpace() {
  const { decoder } = decoderOf(MACHINE, 3);
  const code = positionalCode(decoder.sizes, decoder.width, 1).length;
  const depth = decoder.layers.length;
  const other = decoder.embedding.find((column) => column.length !== code);
  return {
    instance: `${MACHINE} at w = 3: d layers, width w_TM`,
    printed: unless(
      depth === code ? undefined : `d is ${depth}, and beta(j), which is added, has ${code} coordinates`,
      "d",
    ),
    amended: unless(
      other && `an embedding has ${other.length} coordinates`,
      "embedding and positional code have w_TM coordinates",
    ),
    numbers: { d: String(depth), width: String(code) },
  };
}

/** Section 4 and appendix C. */
export const ATTENTION_COMPUTATIONS: readonly Computation[] = [
  { name: "position-scores", about: "Scores of codes against null.", run: positionScores },
  { name: "search-for-the-last", about: "The search of C.4 and C.5 on every set of passes.", run: search },
  { name: "table-of-pairs", about: "Lemma C.1 on every state and symbol.", run: table },
  { name: "adder", about: "Lemma C.2 on every position and move.", run: adder },
  { name: "read-after-a-nudge", about: "Positions read at a tie after a small perturbation.", run: readAfterNudge },
  { name: "embedding-space", about: "Dimensions of the encoder's embedding.", run: embeddingSpace },
  { name: "case-split", about: "Lemma C.8 on every case.", run: caseSplit },
];
