/** Questions about proofs/WeiChenMaStatement.v and DecoderStatement.v, each with the answer that spec/ gives. */
import { formatRational, rational } from "../../../spec/exact/rational.js";
import { evaluateLayers, GATE_ARITY, GATE_KINDS, type Gate } from "../../../spec/circuits/layered-circuit.js";
import {
  startOfTape,
  stepTape,
  symbolUnderHead,
  TAPE_MOVE_OFFSETS,
  type TapeMachine,
} from "../../../spec/machines/tape-machine.js";
import { bin } from "../../../spec/wei-chen-ma/decoder-layout.js";
import type { AffineRow } from "../../../spec/wei-chen-ma/affine.js";
import { firstGateRow, secondGateRow } from "../../../spec/wei-chen-ma/gate-layer.js";
import { round } from "../../../spec/wei-chen-ma/round.js";

type Below = (n: number) => number;
type Ask = (question: string, answer: string) => void;

/** Asks about random gates, circuits, machines and numbers. */
export function askWeiChenMa(below: Below, ask: Ask, times: number): void {
  for (let k = 0; k < times; k++) {
    askCircuit(below, ask);
    askNumbers(below, ask);
    askPass(below, ask);
  }
}

const spelled = (gates: readonly Gate[]): string =>
  `${gates.map(({ kind, parents: [a = 0, b = 0] }) => `${kind} ${a} ${b}`).join(" ")} ;`;

function randomGates(below: Below, count: number, wires: number): Gate[] {
  return Array.from({ length: count }, (): Gate => {
    const kind = GATE_KINDS[below(GATE_KINDS.length)] ?? "id";
    return { kind, parents: Array.from({ length: GATE_ARITY[kind] }, () => below(wires)) };
  });
}

/** The entries of a row; the statement writes one that is read twice as two, spec/ as one. */
function rowText({ bias, entries }: AffineRow): string {
  return [`${bias}`, ...entries.map(([column, weight]) => `${column}:${weight}`)].join(",");
}

function askCircuit(below: Below, ask: Ask): void {
  const inputs = 1 + below(4);
  const layers: Gate[][] = [];
  for (let i = below(4); i >= 0; i--) {
    layers.push(randomGates(below, 1 + below(4), layers.at(-1)?.length ?? inputs));
  }
  const bits = Array.from({ length: inputs }, () => below(2) === 1);
  const outputs = evaluateLayers({ inputs, layers }, bits).at(-1) as boolean[];
  const text = (flags: readonly boolean[]): string => flags.map(Number).join("");
  const signs = outputs.map((bit) => (bit ? "1" : "-1"));
  ask(`wcm-circuit ${text(bits)} ${layers.map(spelled).join(" ")}`, [text(outputs), ...signs].join(" "));
  const gates = randomGates(below, 3, 8).filter(({ parents }) => new Set(parents).size === parents.length);
  const sorted = gates.map((gate): Gate => ({ ...gate, parents: gate.parents.toSorted((a, b) => a - b) }));
  const rows = [...sorted.map(firstGateRow), ...sorted.map(secondGateRow)].map(rowText);
  if (sorted.length > 0) ask(`wcm-rows ${spelled(sorted)}`, rows.join(" "));
}

function askNumbers(below: Below, ask: Ask): void {
  const z = rational(BigInt(below(41) - 10), BigInt(1 + below(20)));
  ask(`wcm-round ${formatRational(z)}`, formatRational(round(z)));
  const [bits, t] = [1 + below(6), below(64)];
  ask(`wcm-bin ${bits} ${t % 2 ** bits}`, bin(t, bits).join(""));
  const words = [0, 1].map(() => Array.from({ length: 1 + below(1) + (bits % 3) }, () => below(2)));
  const [query = [], key = []] = words;
  const score = query.reduce((sum, bit, i) => sum + (2 * bit - 1) * (2 * (key[i] ?? 0) - 1), 0);
  ask(`wcm-score ${query.join("")} ${key.join("")}`, `${score} ${score === query.length ? 1 : 0}`);
}

/** A pass on the history of t steps must encode the configuration after t + 1. */
function askPass(below: Below, ask: Ask): void {
  const [states, symbols, t] = [1 + below(3), 2 + below(2), below(12)];
  const moves = ["left", "stay", "right"] as const;
  const table = Array.from({ length: states }, () =>
    Array.from({ length: symbols }, () => ({
      write: below(symbols),
      move: TAPE_MOVE_OFFSETS[moves[below(3)] ?? "stay"],
      next: below(states),
    })),
  );
  const names = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, i) => `${prefix}${i}`);
  const machine: TapeMachine = {
    states: names("q", states),
    symbols: names("s", symbols),
    halting: names("q", states).map(() => false),
    table,
  };
  const input = Array.from({ length: 1 + below(6) }, () => below(symbols));
  let configuration = startOfTape(input);
  for (let i = 0; i <= t; i++) configuration = stepTape(machine, configuration, "two-way").after;
  const { state, head } = configuration;
  const answer = `${state} ${symbolUnderHead(configuration)} ${head}`;
  const entries = table.flat().map(({ write, move, next }) => `${write} ${move} ${next}`);
  ask(`wcm-pass ${symbols} 5 ${t} ${input.join("")} ${entries.join(" ")}`, `${answer} ${answer}`);
}
