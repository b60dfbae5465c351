/** Amendments to the lemmas of C.2 and to what the proof of Theorem 4.1 says of margin and precision. */
import { formatRational, rational } from "../../spec/exact/rational.js";
import { attend, type Attention } from "../../spec/networks/attention.js";
import { bin } from "../../spec/wei-chen-ma/decoder-layout.js";
import { amendment, type FamilyAmendment, type Finding, type Instance } from "../amendment.js";

/** In the order of the paper. */
export const DECODER_LEMMA_AMENDMENTS: readonly FamilyAmendment[] = [
  amendment({
    id: "affine",
    place: "4.1, attention layers",
    printed: "Query, key and value are linear transformations.",
    amended: "They are affine: each has a bias.",
    reason: "Claims C.4 to C.6 and Lemma C.7 use 2 h - 1 and constants; a linear map of the zero vector is 0.",
    order: "one bit h = 1, then h = 0",
    instances: affineMaps,
  }),
  amendment({
    id: "c3-pos1",
    place: "C.1, (C.3)",
    printed: "The input of pass i + 1 holds Bin(i) in pos1.",
    amended: "It holds Bin(i + 1).",
    reason: "beta(i + 1) is what is added, and Claims C.4 to C.6 want Bin(t) in pass t.",
    order: "i = 0 ... 7",
    instances: c3Position,
  }),
  amendment({
    id: "pair-width",
    place: "C.1, against Lemma C.1",
    printed: "The width is |Z| + 2 |A| + 3 w + w_scr, w_scr = O(w + |A| + |Z|). (Tried with the constant 4.)",
    amended:
      "It is |Z| + 2 |A| + 3 w + max(|Z| |A|, 8 + 2 |A| + w), and twice that between the layers of a correction.",
    reason:
      "Lemma C.1's first layer has a coordinate for each pair and carries 2 w bits; round has two ReLUs a coordinate.",
    order: "|Z| = |A| = 1 ... 16, w = 1",
    instances: pairWidth,
  }),
  amendment({
    id: "scratch",
    place: "C.2, after Lemma C.2",
    printed: "scr is scr1, scr2, scr3 and scr4: 2 |A| + w + 3 coordinates.",
    amended: "Five more: carry, borrow, the left end, a bit that stays, a bit that turns.",
    reason:
      "Lemmas C.1 and C.2 keep the direction of the move and the carries in scratch while the other groups are in use.",
    order: "|A| = 1, 2, w = 1, 2",
    instances: scratchRoom,
  }),
  amendment({
    id: "i-prime",
    place: "Lemma C.3",
    printed: "If a t with l_(t-1) = l_i exists, i' = 0.",
    amended: "If none exists, i' = 0.",
    reason: "The sentence before defines i' as the last such t.",
    order: "histories l_0, ..., l_i of up to 3 positions 0 and 1, shorter ones first",
    instances: lastWriter,
  }),
  amendment({
    id: "c5-case-2",
    place: "Claim C.5, case 2",
    printed: "If i' has bit j + 1 equal to 0, then so has every t <= i'.",
    amended: "So has every t in M that agrees with i' in bits 1, ..., j.",
    reason:
      "A smaller t may have a 1 where i' has a 0, if it has a 0 in an earlier bit; only those that agree so far compete.",
    order: "i' = 1 ... 7 in three bits, t = 1 ... i', j = 0, 1, 2",
    instances: secondCase,
  }),
  amendment({
    id: "c5-null",
    place: "Claim C.5",
    printed: "If i' = 0, the query's entries for the bits of i' are 0.",
    amended: "They are -1.",
    reason: "They are 2 h - 1, and h is 0. Nothing depends on it: null is read all the same.",
    order: "j = 0 ... 3 bits known",
    instances: nullQuery,
  }),
  amendment({
    id: "c3-cites",
    place: "Proof of Lemma C.3",
    printed: "f^(w+1) is the function constructed in Claim C.5.",
    amended: "It is that of Claim C.6.",
    reason: "Claim C.5 reveals bit j + 1 for j < w; there is no bit w + 1, and the symbol is still to be copied.",
    order: "w = 1 ... 4, functions 1 ... w + 1",
    instances: citedClaim,
  }),
  amendment({
    id: "c7-query",
    place: "Proof of Lemma C.7",
    printed: "Q(h) is Bin(l_i) and K(e_j) is Bin(j).",
    amended: "They are 2 Bin - 1.",
    reason: "As the equations above have it. With bits 0 and 1 a position with more ones scores as much.",
    order: "w = 1, 2, l = 1, ..., 2^w - 1; all positions of the input there",
    instances: encoderQuery,
  }),
  amendment({
    id: "encoder-uncorrected",
    place: "Proof of Theorem 4.1",
    printed: "Theorem D.6 applies with the encoder as several f_0.",
    amended: "The encoder's embedding belongs to the attention that reads it, and its deviation is counted there.",
    reason: "In D.6 every layer function but the last has a correction behind it, and the encoder has none.",
    order: "m = 0 ... 3 symbols of input",
    instances: uncorrected,
  }),
  amendment({
    id: "hard-max-min",
    place: "2.1, (2.1), with hard-max",
    printed: "The all-layer margin is a minimum.",
    amended: "It is an infimum, and positive wherever scores have a gap and ties agree.",
    reason:
      "At a tie of different values the output jumps: it may be right at every distance up to the margin, the margin included.",
    order: "values 1, 2, 3 at the winner and -1 at the other; distances that make a tie",
    instances: jumps,
  }),
  amendment({
    id: "precision",
    place: "1 and 4.2",
    printed: "log log T bits of precision are enough.",
    amended:
      "They are for weights; the mean over ties adds up to N ones, which needs log N bits, or one of the tied values.",
    reason: "In a format of p bits, a sum of ones stops at 2^p.",
    order: "p = 1 ... 5, N = 1 ... 2^p + 1",
    instances: tieSums,
  }),
];

const finding = (holds: boolean, found: string): Finding => ({ holds, found });

function* affineMaps(): Generator<Instance> {
  for (const h of [1, 0]) {
    // The linear map that gives 1 at 1.
    const image = (bias: number, weight: number): Finding =>
      finding(bias + weight * h === 2 * h - 1, `${bias + weight * h}, and ${2 * h - 1} is wanted`);
    yield { text: `h = ${h}`, printed: () => image(0, 1), amended: () => image(-1, 2) };
  }
}

function* c3Position(): Generator<Instance> {
  for (let i = 0; i <= 7; i++) {
    const code = (stated: number): Finding =>
      finding(bin(stated, 4).join("") === bin(i + 1, 4).join(""), `Bin(${stated}) stated, Bin(${i + 1}) added`);
    yield { text: `i = ${i}`, printed: () => code(i), amended: () => code(i + 1) };
  }
}

function* pairWidth(): Generator<Instance> {
  for (let size = 1; size <= 16; size++) {
    const needed = size * size + 2;
    const room = (width: number): Finding => finding(width >= needed, `width ${width}, and Lemma C.1 needs ${needed}`);
    const base = 3 * size + 3;
    yield {
      text: `|Z| = |A| = ${size}, w = 1`,
      printed: () => room(base + 4 * (1 + 2 * size)),
      amended: () => room(base + Math.max(size * size, 9 + 2 * size)),
    };
  }
}

function* scratchRoom(): Generator<Instance> {
  for (const symbols of [1, 2]) {
    for (const bits of [1, 2]) {
      const listed = 2 * symbols + bits + 3;
      const needed = listed + 5;
      const room = (size: number): Finding => finding(size >= needed, `${size} coordinates for ${needed}`);
      yield { text: `|A| = ${symbols}, w = ${bits}`, printed: () => room(listed), amended: () => room(listed + 5) };
    }
  }
}

function* lastWriter(): Generator<Instance> {
  for (let length = 1; length <= 2; length++) {
    for (let code = 0; code < 2 ** (length + 1); code++) {
      const history = bin(code, length + 1);
      const here = history.at(-1);
      const writers = history.slice(0, -1).flatMap((position, t) => (position === here ? [t + 1] : []));
      const last = Math.max(0, ...writers);
      const reading = (value: number): Finding =>
        finding(value === last, `i' = ${value}; steps that wrote here: ${writers.join(", ") || "none"}`);
      yield {
        text: `l = ${history.join(", ")}`,
        printed: () => reading(writers.length > 0 ? 0 : last),
        amended: () => reading(writers.length === 0 ? 0 : last),
      };
    }
  }
}

function* secondCase(): Generator<Instance> {
  for (let last = 1; last <= 7; last++) {
    for (let t = 1; t <= last; t++) {
      for (let j = 0; j < 3; j++) {
        const [a, b] = [bin(last, 3), bin(t, 3)];
        if (a[j] === 1) continue;
        const agrees = a.slice(0, j).join("") === b.slice(0, j).join("");
        const text = `i' = ${a.join("")}, t = ${b.join("")}, bit ${j + 1}`;
        const found = `t has ${b[j]} there`;
        yield {
          text,
          printed: () => finding(b[j] === 0, found),
          amended: () => finding(!agrees || b[j] === 0, `${found}; the first ${j} bits ${agrees ? "agree" : "differ"}`),
        };
      }
    }
  }
}

function* nullQuery(): Generator<Instance> {
  for (let known = 0; known <= 3; known++) {
    const query = Array.from({ length: known }, () => signOf(0));
    const are = (value: number): Finding =>
      finding(
        query.every((entry) => entry === value),
        `the entries are (${query.join(", ")})`,
      );
    yield { text: `${known} bits known, i' = 0`, printed: () => are(0), amended: () => are(-1) };
  }
}

/** 2 h - 1 */
function signOf(h: number): number {
  return 2 * h - 1;
}

function* citedClaim(): Generator<Instance> {
  for (let bits = 1; bits <= 4; bits++) {
    for (let k = 1; k <= bits + 1; k++) {
      const claimOf = (isSearch: boolean): Finding =>
        finding(!isSearch || k <= bits, isSearch ? `reveals bit ${k} of ${bits}` : "copies the symbol");
      yield {
        text: `w = ${bits}, f^(${k})`,
        printed: () => claimOf(true),
        amended: () => claimOf(k <= bits),
      };
    }
  }
}

function* encoderQuery(): Generator<Instance> {
  for (const bits of [1, 2]) {
    for (let position = 1; position < 2 ** bits; position++) {
      const best = (signed: boolean): Finding => {
        const code = (j: number): number[] => bin(j, bits).map((bit) => (signed ? 2 * bit - 1 : bit));
        const scores = Array.from({ length: 2 ** bits - 1 }, (_, j) =>
          code(position).reduce((sum, bit, k) => sum + bit * (code(j + 1)[k] as number), 0),
        );
        const most = Math.max(...scores);
        const read = scores.flatMap((score, j) => (score === most ? [j + 1] : []));
        return finding(read.length === 1 && read[0] === position, `positions ${read.join(", ")} score ${most}`);
      };
      yield { text: `w = ${bits}, l = ${position}`, printed: () => best(false), amended: () => best(true) };
    }
  }
}

function* uncorrected(): Generator<Instance> {
  for (let m = 0; m <= 3; m++) {
    yield {
      text: `m = ${m}`,
      printed: () => finding(m === 0, `${m} layer functions without a correction`),
      amended: () => finding(true, "none: the embedding is a parameter of the attention"),
    };
  }
}

/** Two positions with scores 1 - distance and 0 and values v and -1: what is read. */
function readTwo(value: number, distance: number): string {
  const pick = { inputs: 2, rows: [{ bias: 0, entries: [[0, 1] as const] }] };
  const module: Attention = {
    query: { inputs: 2, rows: [{ bias: 1, entries: [] }] },
    key: pick,
    value: {
      inputs: 2,
      rows: [
        { bias: 0, entries: [[1, 1] as const] },
        { bias: 0, entries: [] },
      ],
    },
    nullKey: [-9],
    nullValue: [0, 0],
  };
  const of = (...entries: readonly number[]) => entries.map((entry) => rational(BigInt(entry)));
  const { output } = attend(module, of(0, 0), [of(1 - distance, value), of(0, -1)]);
  return formatRational(output[0] ?? rational(0n));
}

function* jumps(): Generator<Instance> {
  for (const value of [1, 2, 3]) {
    const at = (distance: number): number => Number(readTwo(value, distance).split("/")[0]);
    const text = `values ${value} and -1, scores 1 and 0`;
    const found = `the output is ${readTwo(value, 0)} at distance 0, ${readTwo(value, 1)} at 1, ${readTwo(value, 2)} beyond`;
    yield {
      text,
      // At the least distance with which the sign can change, it is to be wrong.
      printed: () => finding(at(1) <= 0, found),
      amended: () => finding(at(0) > 0 && at(2) <= 0, found),
    };
  }
}

function* tieSums(): Generator<Instance> {
  for (let precision = 1; precision <= 5; precision++) {
    for (let count = 1; count <= 2 ** precision + 1; count++) {
      const sum = (bits: number): Finding => {
        let total = 0;
        for (let i = 0; i < count; i++) total = roundedTo(total + 1, bits);
        return finding(total === count, `the sum is ${total} in ${bits} bits`);
      };
      yield {
        text: `p = ${precision}, ${count} ties`,
        printed: () => sum(precision),
        amended: () => sum(Math.ceil(Math.log2(count + 1)) + 1),
      };
    }
  }
}

/** The nearest number with so many significant bits; the even one of two. */
function roundedTo(value: number, bits: number): number {
  let unit = 1;
  while (value / unit >= 2 ** bits) unit *= 2;
  const down = Math.floor(value / unit);
  const rest = value / unit - down;
  const up = rest > 1 / 2 || (rest === 1 / 2 && down % 2 === 1);
  return (down + Number(up)) * unit;
}
