/**
 * Beside jonrbates/turing, on its example machine, nested pairs of parentheses: how many passes each scheme stays right in float32 and
 * float64, and the time of equally many passes on the same backend. Its package needs torch; what runs here is its scheme, written again
 * (turing-scheme.ts). Times mean something as ratios within one run only.
 *
 *   npm run bench -- turing
 */
import { tapeNormalForm, startOfTape, stepTape, type TapeConfiguration } from "../spec/machines/tape-machine.js";
import { readTapesMachine } from "../construction/language/read-tapes-machine.js";
import { machineToDecoder } from "../construction/wei-chen-ma/machine-to-decoder.js";
import { readInputWord } from "../construction/wei-chen-ma/one-row.js";
import { loadBackend } from "../execution/tensors/backends.js";
import { runDecoder } from "../execution/wei-chen-ma/run-decoder.js";
import { TensorDecoder } from "../execution/wei-chen-ma/tensor-decode.js";
import { Scheme, type SchemeMachine } from "./turing-scheme.js";
import { runScheme, TensorScheme, type SchemeArithmetic } from "./turing-scheme-runs.js";

/** Its machine: R seeks a closing parenthesis to the right, M its partner to the left, V verifies that nothing is left. */
const PARENTHESES: SchemeMachine = {
  states: ["F", "I", "M", "R", "T", "V"],
  symbols: ["(", ")", "*", "B", "E"],
  empty: "E",
  table: [
    ["I", "B", "R", "B", 1],
    ["R", "(", "R", "(", 1],
    ["R", ")", "M", "*", -1],
    ["R", "*", "R", "*", 1],
    ["R", "E", "V", "E", -1],
    ["M", "B", "F", "*", -1],
    ["M", "(", "R", "*", 1],
    ["M", "*", "M", "*", -1],
    ["V", "(", "F", "*", -1],
    ["V", "*", "V", "*", -1],
    ["V", "B", "T", "B", 1],
  ],
};

/** The same for us: its blank is the first symbol, and it begins in I. */
const OURS = readTapesMachine(
  `name: parentheses
tapes: 1
symbols: [E, "(", ")", "*", B]
start: I
halting: [T, F]
table:
${["I", "R", "M", "V"]
  .map(
    (state) =>
      `  ${state}:\n${PARENTHESES.table
        .filter(([from]) => from === state)
        .map(
          ([, read, next, write, move]) =>
            `    "${read}": { write: "${write}", move: ${move === 1 ? "right" : "left"}, next: ${next} }\n`,
        )
        .join("")}`,
  )
  .join("")}`,
  "parentheses",
);

const print = (...cells: readonly (string | number)[]): void => void process.stdout.write(`| ${cells.join(" | ")} |\n`);
const nested = (n: number): string => `B${"(".repeat(n)}${")".repeat(n)}E`;

/** The configurations after 0, 1, ... steps up to the halt; positions from 1. */
function* configurations(word: string): Generator<TapeConfiguration> {
  const machine = tapeNormalForm(OURS);
  let configuration = startOfTape(readInputWord(word, OURS.symbols));
  for (; ; configuration = stepTape(machine, configuration, "two-way").after) {
    yield configuration;
    if (machine.halting[configuration.state] === true) return;
  }
}

function stepsOf(word: string): number {
  return [...configurations(word)].length - 1;
}

/** The first pass after which its reader (one coordinate that is not 0; positions cut to integers) does not have the configuration. */
function firstWrong(word: string, arithmetic: SchemeArithmetic): number | null {
  const steps = stepsOf(word);
  const scheme = new Scheme(PARENTHESES, steps + 1);
  const tape = [...word].map((symbol) => PARENTHESES.symbols.indexOf(symbol));
  const outputs = runScheme(scheme, tape, arithmetic);
  const { sym1, sym2, pos2 } = scheme.at;
  const only = (list: Float64Array): number => {
    const found = [...list].flatMap((entry, i) => (entry === 0 ? [] : [i]));
    return found.length === 1 ? (found[0] as number) : -1;
  };
  let pass = 0;
  for (const { state, head, cells } of configurations(word)) {
    if (pass === 0) {
      pass++;
      continue;
    }
    const output = outputs.next().value as Float64Array;
    const position = Math.trunc(
      output.slice(pos2, pos2 + scheme.bits).reduce((sum, bit) => arithmetic.round(arithmetic.round(2 * sum) + bit), 0),
    );
    const symbol = OURS.symbols[cells.get(head) ?? 0] ?? "";
    const isRight =
      PARENTHESES.states[only(output.slice(0, sym1))] === tapeNormalForm(OURS).states[state] &&
      PARENTHESES.symbols[only(output.slice(sym1, sym2))] === symbol &&
      position === head - 1;
    if (!isRight) return pass;
    pass++;
  }
  return null;
}

async function correctness(): Promise<void> {
  print("pairs", "steps", "its scheme, float32", "float64", "float32, 8 lanes", "float64, 8 lanes", "ours, float32");
  print("---", "---", "---", "---", "---", "---", "---");
  for (const n of [2, 4, 5, 6, 8, 12, 16]) {
    const word = nested(n);
    const cell = (round: (value: number) => number, lanes: number): string => {
      const pass = firstWrong(word, { round, lanes });
      return pass === null ? "right" : `wrong from ${pass}`;
    };
    const double = (value: number): number => value;
    const steps = stepsOf(word);
    const input = readInputWord(word, OURS.symbols);
    const machine = tapeNormalForm(OURS);
    const built = machineToDecoder({ machine, passes: steps + 1, inputLength: input.length });
    const claim = { ...built, machine, passes: steps + 1, formulas: [] };
    const { deviation } = await runDecoder(claim, { input, passes: steps + 1, tensors: "wasm" });
    print(
      n,
      steps,
      cell(Math.fround, 1),
      cell(double, 1),
      cell(Math.fround, 8),
      cell(double, 8),
      deviation === null ? "bit-equal" : `differs in pass ${deviation.pass}`,
    );
  }
}

/** Milliseconds of the first passes. */
async function timed(passes: number, next: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  for (let i = 0; i < passes; i++) await next();
  return performance.now() - begin;
}

async function speed(): Promise<void> {
  print("backend", "passes", "its scheme, ms", "ours, ms", "its time to ours");
  print("---", "---", "---", "---", "---");
  const word = nested(12);
  const steps = stepsOf(word);
  const input = readInputWord(word, OURS.symbols);
  const machine = tapeNormalForm(OURS);
  const { decoder } = machineToDecoder({ machine, passes: steps + 1, inputLength: input.length });
  const scheme = new Scheme(PARENTHESES, steps + 1);
  const tape = [...word].map((symbol) => PARENTHESES.symbols.indexOf(symbol));
  for (const name of ["wasm", "cpu"] as const) {
    const { tf } = await loadBackend(name);
    for (const passes of name === "wasm" ? [25, 50, 100, 200, 300] : [25, 50]) {
      const theirs = new TensorScheme(tf, scheme, tape);
      const ours = new TensorDecoder(tf, decoder, input);
      // A first pass of each, so that no code is compiled within the time.
      await theirs.next();
      await ours.next();
      const [a, b] = [await timed(passes, () => theirs.next()), await timed(passes, () => ours.next())];
      print(name, passes, a.toFixed(0), b.toFixed(0), (a / b).toFixed(2));
      ours.dispose();
    }
  }
}

await correctness();
process.stdout.write("\n");
await speed();
