/** Amendments to section 4 and C.1: the first pass, positions, the tape's end, halting, labels. */
import { startOfTape, stepTape, type TapeMachine, type TapeTransition } from "../../spec/machines/tape-machine.js";
import { attend, type Attention } from "../../spec/networks/attention.js";
import { rational } from "../../spec/exact/rational.js";
import { bin, fitsCapacity } from "../../spec/wei-chen-ma/decoder-layout.js";
import { amendment, type FamilyAmendment, type Finding, type Instance } from "../amendment.js";

/** In the order of the paper. */
export const DECODER_RUN_AMENDMENTS: readonly FamilyAmendment[] = [
  amendment({
    id: "initial-output",
    place: "4.1, decoder outputs",
    printed: "h_0^(0), the input of a pass 0, is trainable; the decoder runs for T' = T passes.",
    amended: "o_0, to which beta(1) is added, is trainable; passes are 1, 2, ..., N.",
    reason:
      "h_1^(0) is o_0 + beta(1). From h_0^(0) it takes a pass more, before which there is nothing to attend to and no beta(0).",
    order: "T = 1 ... 4",
    instances: initialOutput,
  }),
  amendment({
    id: "halting-label",
    place: "4, (4.1)",
    printed: "The function is accept or reject of a machine that ends in such a state within T steps.",
    amended:
      "A label names accepting and rejecting states; by default it is +1 if halted within T steps and -1 if not.",
    reason:
      "Most machines have no such states, and some do not halt by T; the margin speaks of a sign, so all states need one.",
    order: "machines of one state that halt after 1 step or never, T = 1, 2",
    instances: haltingLabels,
  }),
  amendment({
    id: "position-bits",
    place: "C.1",
    printed: "w_pos = ceil(log2 T).",
    amended: "The least w with 2^w >= N + max(m, 1), or 2^w > max(N, m) on a one-way tape; positions are residues.",
    reason: "Bin(T) has to fit, and positions from 2 - N to m must differ.",
    order: "T = 1 ... 16",
    instances: positionBits,
  }),
  amendment({
    id: "halting-loop",
    place: "C.1",
    printed: "After it has come to a terminal state, the machine loops in that state.",
    amended: "Halting states keep the symbol, and the head stays.",
    reason: "Moves are -1 and +1 only, so a loop would run away along the tape.",
    order: "steps after the halt, 1 ... 4, to the left, then to the right",
    instances: haltingLoop,
  }),
  amendment({
    id: "left-end",
    place: "C.1",
    printed: "The input is at the left-most positions; nothing is said of a move to the left of them.",
    amended:
      "A two-way tape has no end, and positions are residues. On a one-way tape such a move at position 1 stays.",
    reason: "Bin has no value at -1, and Sipser's machines, which the text takes, stay.",
    order: "walks of up to 4 moves, shorter ones first",
    instances: leftEnd,
  }),
  amendment({
    id: "first-symbol",
    place: "C.1, (C.2) at i = 0",
    printed: "o_0 encodes a_0, the symbol under the head before the first step.",
    amended: "o_0 encodes the blank.",
    reason: "o_0 is a parameter, the same for all inputs; a_0 is x_1.",
    order: "pairs of inputs of one symbol, of alphabets of up to 3",
    instances: firstSymbol,
  }),
  amendment({
    id: "first-step-outside",
    place: "C.1, Theorem 4.1",
    printed: "The head begins at position 1, and the first pass is the machine's first step.",
    amended: "It begins at position 0, in one more state, which moves it right onto position 1.",
    reason:
      "Whatever the first pass writes at position 1, self-attention finds it there, and the encoder is never asked for x_1.",
    order: "first symbols of an alphabet of 3",
    instances: firstStepOutside,
  }),
  amendment({
    id: "extra-step",
    place: "4.1, T' = T",
    printed: "T passes are T steps.",
    amended: "N = T + 1 passes are T steps.",
    reason: "The pass that comes from outside is no step of the machine.",
    order: "machines that halt after 1 ... 4 steps",
    instances: extraStep,
  }),
  amendment({
    id: "long-input",
    place: "4.1, encoder; Lemma C.7",
    printed: "x is in A*, of any length m; beta(j) is Bin(j) in w_pos bits.",
    amended: "m is at most what the positions' bits tell apart: 2^w - N, or 2^w - 1 on a one-way tape.",
    reason: "Symbols 2^w apart have one code, and attention takes their mean.",
    order: "w = 1 ... 3, m = 1 ... 2^w + 1; symbols alternate",
    instances: longInput,
  }),
];

const finding = (holds: boolean, found: string): Finding => ({ holds, found });

function* initialOutput(): Generator<Instance> {
  for (let steps = 1; steps <= 4; steps++) {
    const outputs = (first: number): Finding => {
      const count = steps - first + 1;
      return finding(count === steps, `outputs ${first}, ..., ${steps}: ${count} passes`);
    };
    yield { text: `T = ${steps}`, printed: () => outputs(0), amended: () => outputs(1) };
  }
}

/** A machine of one working state that goes to the right, for so many steps or for ever. */
function walker(halts: boolean): TapeMachine {
  const go: TapeTransition = { write: 0, move: 1, next: halts ? 1 : 0 };
  return {
    symbols: ["0"],
    states: ["go", "end"],
    halting: [false, true],
    table: [[go], [{ write: 0, move: 0, next: 1 }]],
  };
}

function* haltingLabels(): Generator<Instance> {
  for (const steps of [1, 2]) {
    for (const halts of [true, false]) {
      const state = (): number => {
        let configuration = startOfTape([]);
        for (let i = 0; i < steps; i++) configuration = stepTape(walker(halts), configuration, "two-way").after;
        return configuration.state;
      };
      yield {
        text: `a machine that ${halts ? "halts after 1 step" : "does not halt"}, T = ${steps}`,
        printed: () =>
          finding(state() === 1, `ends in state ${state()}, which is ${state() === 1 ? "" : "not "}terminal`),
        amended: () => finding(true, `the label is ${state() === 1 ? 1 : -1}`),
      };
    }
  }
}

function* positionBits(): Generator<Instance> {
  for (let steps = 1; steps <= 16; steps++) {
    const codes = (bits: number): Finding => {
      const seen = new Set(Array.from({ length: steps + 1 }, (_, i) => bin(i, bits).join("")));
      return finding(seen.size === steps + 1, `${seen.size} codes of ${bits} bits for 0, ..., ${steps}`);
    };
    let amended = 1;
    while (!fitsCapacity(amended, steps, 0, "two-way")) amended++;
    yield {
      text: `T = ${steps}`,
      printed: () => codes(Math.ceil(Math.log2(steps))),
      amended: () => codes(amended),
    };
  }
}

function* haltingLoop(): Generator<Instance> {
  for (let steps = 1; steps <= 4; steps++) {
    for (const move of [-1, 1] as const) {
      const end = (offset: -1 | 0 | 1): Finding =>
        finding(steps * offset === 0, `the head is ${steps * offset} from where it halted`);
      yield {
        text: `${steps} steps after the halt, moves ${move}`,
        printed: () => end(move),
        amended: () => end(0),
      };
    }
  }
}

/** Sequences of moves of a length. */
function* walks(length: number): Generator<readonly (-1 | 1)[]> {
  if (length === 0) yield [];
  else for (const rest of walks(length - 1)) for (const move of [1, -1] as const) yield [...rest, move];
}

function* leftEnd(): Generator<Instance> {
  for (let length = 1; length <= 4; length++) {
    for (const walk of walks(length)) {
      const lowest = (stays: boolean): Finding => {
        let [at, least] = [1, 1];
        for (const move of walk) {
          at = stays ? Math.max(1, at + move) : at + move;
          least = Math.min(least, at);
        }
        return finding(least >= 1, `the head comes to position ${least}`);
      };
      yield { text: `moves ${walk.join(", ")}`, printed: () => lowest(false), amended: () => lowest(true) };
    }
  }
}

function* firstSymbol(): Generator<Instance> {
  for (let symbols = 1; symbols <= 3; symbols++) {
    for (let x = 0; x < symbols; x++) {
      for (let y = 0; y < symbols; y++) {
        yield {
          text: `alphabet of ${symbols}, inputs ${x} and ${y}`,
          printed: () => finding(x === y, `o_0 is to hold ${x} and ${y}`),
          amended: () => finding(true, "o_0 holds 0 for both"),
        };
      }
    }
  }
}

/** What the second pass finds under the head, if the first one begins at a position and writes what o_0 holds there. */
function secondSymbol(x: number, begin: number): { readonly found: string; readonly symbol: number } {
  const written = new Map([[begin, 0]]);
  const old = written.get(1);
  return old === undefined ? { found: "the encoder", symbol: x } : { found: "pass 1", symbol: old };
}

function* firstStepOutside(): Generator<Instance> {
  for (let x = 0; x < 3; x++) {
    const read = (begin: number): Finding => {
      const { found, symbol } = secondSymbol(x, begin);
      return finding(symbol === x, `position 1 is read from ${found}: ${symbol}`);
    };
    yield { text: `x_1 = ${x}`, printed: () => read(1), amended: () => read(0) };
  }
}

function* extraStep(): Generator<Instance> {
  for (let steps = 1; steps <= 4; steps++) {
    // A state for each step, then the end.
    const table = Array.from({ length: steps }, (_, z): TapeTransition[] => [{ write: 0, move: 1, next: z + 1 }]);
    const machine: TapeMachine = {
      symbols: ["0"],
      states: Array.from({ length: steps + 1 }, (_, z) => `q${z}`),
      halting: Array.from({ length: steps + 1 }, (_, z) => z === steps),
      table: [...table, [{ write: 0, move: 0, next: steps }]],
    };
    const after = (passes: number): Finding => {
      let configuration = startOfTape([]);
      // The first pass comes from outside.
      for (let i = 1; i < passes; i++) configuration = stepTape(machine, configuration, "two-way").after;
      return finding(
        machine.halting[configuration.state] === true,
        `after ${passes} passes, state ${configuration.state} of ${steps}`,
      );
    };
    yield {
      text: `a machine that halts after ${steps} steps`,
      printed: () => after(steps),
      amended: () => after(steps + 1),
    };
  }
}

/** Lemma C.7's attention, for w bits and two symbols: coordinate 0 is the symbol, the others are Bin(j). */
function readInput(bits: number, m: number, position: number): readonly string[] {
  const width = bits + 1;
  const signs = Array.from({ length: bits }, (_, j) => ({ bias: -1, entries: [[j + 1, 2] as const] }));
  const module: Attention = {
    query: { inputs: width, rows: [...signs, { bias: 1, entries: [] }] },
    key: { inputs: width, rows: [...signs, { bias: 0, entries: [] }] },
    value: {
      inputs: width,
      rows: Array.from({ length: width }, (_, c) => ({ bias: 0, entries: c === 0 ? [[0, 1] as const] : [] })),
    },
    nullKey: [...signs.map(() => 0), bits - 1],
    nullValue: Array.from({ length: width }, () => 0),
  };
  const vector = (symbol: number, j: number) => [symbol, ...bin(j, bits)].map((entry) => rational(BigInt(entry)));
  // The symbols alternate in blocks of 2^w, so that those with one code differ.
  const symbolAt = (j: number): number => Math.floor((j - 1) / 2 ** bits) % 2;
  const encoded = Array.from({ length: m }, (_, j) => vector(symbolAt(j + 1), j + 1));
  return attend(module, vector(0, position), encoded).output.map((entry) => entry.toFraction());
}

function* longInput(): Generator<Instance> {
  for (let bits = 1; bits <= 3; bits++) {
    for (let m = 1; m <= 2 ** bits + 1; m++) {
      yield {
        text: `w = ${bits}, m = ${m}, position 1`,
        printed: () => {
          const [symbol = ""] = readInput(bits, m, 1);
          return finding(symbol === "0", `the symbol that is read is ${symbol}`);
        },
        amended: () => {
          const most = Math.min(m, 2 ** bits - 1);
          const [symbol = ""] = readInput(bits, most, 1);
          return finding(symbol === "0", `with m = ${most}, the symbol that is read is ${symbol}`);
        },
      };
    }
  }
}
