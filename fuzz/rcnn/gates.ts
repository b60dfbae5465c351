/**
 * Certificates with gates, functions and hidden units of the head more than they need: read or not, cancelling or not, at kinks
 * or not. Whatever they ask for, both checkers answer, within little memory, and do not contradict each other.
 */
import fc from "fast-check";
import { Random } from "../random.js";
import { assertHolds, type Target } from "../target.js";
import { bytesOf, textOf } from "../text.js";
import { changedCertificate } from "../changed-data.js";
import { CLAIM_SEEDS, verdictOfBoth } from "./certificates.js";

type Row = [bias: string, ...entries: [column: number, weight: string][]];
interface Layer {
  inputs: number;
  rows: Row[];
}
interface Networks {
  filter: { layers: [Layer, Layer, Layer, Layer, Layer] };
  head: { layers: [Layer, Layer] };
}

const BIASES = ["0", "1/2", "-1", "1", "-1/4", "-2", "3"];

/** Columns of a layer, a few or many of them, each once and rising, with weights 1 and -1. */
function entries(random: Random, columns: number): [column: number, weight: string][] {
  const every = 1 + random.below(random.oneIn(3) ? 2 : columns);
  const list = Array.from({ length: columns }, (_, column) => column).filter(
    (column) => (column + every) % every === 0,
  );
  return list.map((column): [number, string] => [column, random.oneIn(3) ? "-1" : "1"]);
}

/** Adds gates to a filter, some of them read in pairs that cancel, and units to a head that change nothing. */
function moreGates({ filter, head }: Networks, random: Random): void {
  const [, v2, v3, v4] = filter.layers;
  for (let n = random.below(8); n > 0; n--) {
    const gate: Row = [random.pick(BIASES), ...entries(random, v2.rows.length)];
    const [first, twice] = [v3.rows.length, random.oneIn(2)];
    v3.rows.push(gate, ...(twice ? [structuredClone(gate)] : []));
    v4.inputs = v3.rows.length;
    if (twice) v4.rows[0]?.push([first, "1"], [first + 1, "-1"]);
  }
  const [hidden, output] = head.layers;
  for (let n = random.below(3); n > 0; n--) {
    hidden.rows.push([random.pick(["1/9", "-1/9", "0", "1/6", "1/7"]), [0, random.pick(["1", "-1"])]]);
    output.inputs = hidden.rows.length;
  }
}

const changes = fc.array(fc.nat(), { minLength: 4, maxLength: 4 });

const gates: Target = {
  name: "certificate-gates",
  seeds: () => CLAIM_SEEDS().map(bytesOf),
  documents: changes.map((numbers) => {
    const random = new Random(numbers.reduce((hash, n) => Math.imul(hash ^ n, 0x01000193), 0x811c9dc5));
    return changedCertificate(random.pick(CLAIM_SEEDS()), (json) => moreGates(json as unknown as Networks, random));
  }),
  words: ['"1"', '"-1"', '"1/2"', '["1/2", [0, "1"]]'],
  timeLimit: 60_000,
  memory: 1024,
  shortRun: 12,
  run(input) {
    const text = textOf(input);
    const answer = verdictOfBoth(text);
    // Gates that change nothing make a count false, or leave everything as it was.
    assertHolds(answer !== "accepted" || CLAIM_SEEDS().includes(text), "a changed certificate was accepted");
    return answer;
  },
};

/** Both checkers on filters and readouts with more gates and ReLUs than they need. */
export const GATE_TARGETS: readonly Target[] = [gates];
