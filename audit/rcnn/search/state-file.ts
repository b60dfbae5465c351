/** The state of a search, which is also its result: a part of a class, how much of it is done, and what was predicted. */
import { quoteInput } from "../../../inputs/input-error.js";
import { addTally, type Histogram } from "./evaluate.js";
import { MACHINE_CLASSES, type MachineClass } from "./machine-class.js";
import { validate } from "./search-state.validator.js";
import { TASKS } from "./tasks.js";

/** Which machines: those whose number is `shard` - 1 modulo `shards`. */
export interface Shard {
  readonly shard: number;
  readonly shards: number;
}

/** A search, finished where done = total. */
export interface SearchState extends Shard {
  readonly machines: MachineClass;
  /** How many machines of the shard, in rising order of number, are evaluated. */
  readonly done: number;
  readonly histogram: Histogram;
}

interface StateJson extends Shard {
  readonly format: "weightproof-search";
  readonly version: 1;
  readonly class: string;
  readonly done: number;
  readonly predictions: readonly (readonly [predictions: string, count: number, first: number])[];
}

/** A text that is no state of a search, or states that do not belong together. */
export class SearchStateError extends Error {}

/** How many machines a shard has. */
export function shardSize(machines: MachineClass, { shard, shards }: Shard): number {
  return Math.max(0, Math.ceil((machines.size - shard + 1) / shards));
}

/** The state of a search that has not begun. */
export function emptyState(machines: MachineClass, shard: Shard): SearchState {
  return { machines, ...shard, done: 0, histogram: new Map() };
}

/** A state as text: one spelling for each, predictions in order. */
export function printState({ machines, shard, shards, done, histogram }: SearchState): string {
  const predictions = [...histogram]
    .map(([signs, { count, first }]) => [signs, count, first] as const)
    .toSorted(([, , a], [, , b]) => a - b);
  const head: Omit<StateJson, "predictions"> = {
    format: "weightproof-search",
    version: 1,
    class: machines.name,
    shard,
    shards,
    done,
  };
  const lines = predictions.map((line) => `    ${JSON.stringify(line)}`);
  return `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "predictions": [\n${lines.join(",\n")}\n  ]\n}\n`;
}

/**
 * Reads a state.
 *
 * @throws {SearchStateError} with the place, if the text is no state
 */
export function readState(text: string): SearchState {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new SearchStateError("expected JSON");
  }
  const [error] = validate(parsed);
  if (error !== undefined) {
    throw new SearchStateError(`${error.instancePath}: ${error.message ?? "does not match the schema"}`);
  }
  const json = parsed as StateJson;
  const machines = MACHINE_CLASSES.find(({ name }) => name === json.class);
  if (machines === undefined) throw new SearchStateError(`/class: there is no class ${quoteInput(json.class)}`);
  const { shard, shards, done } = json;
  if (shard > shards) throw new SearchStateError(`/shard: expected at most ${shards}, got ${shard}`);
  if (done > shardSize(machines, json))
    throw new SearchStateError(`/done: the shard has ${shardSize(machines, json)} machines`);
  const histogram: Histogram = new Map();
  const length = TASKS.reduce((sum, { labels }) => sum + labels.length, 0);
  let counted = 0;
  for (const [i, [signs, count, first]] of json.predictions.entries()) {
    if (signs.length !== length || histogram.has(signs)) {
      throw new SearchStateError(`/predictions/${i}/0: expected ${length} signs, not listed before`);
    }
    if (first % shards !== shard - 1 || first >= machines.size) {
      throw new SearchStateError(`/predictions/${i}/2: expected a machine of the shard, got ${first}`);
    }
    addTally(histogram, signs, { count, first });
    counted += count;
  }
  if (counted !== done) throw new SearchStateError(`/done: stated ${done}, the predictions are of ${counted} machines`);
  return { machines, shard, shards, done, histogram };
}

/**
 * Joins the finished shards of a search.
 *
 * @throws {SearchStateError} if they are of different searches, unfinished, repeated, or not all there
 */
export function mergeStates(states: readonly SearchState[]): SearchState {
  const [first] = states;
  if (first === undefined) throw new SearchStateError("expected at least one file");
  const seen = new Set<number>();
  const histogram: Histogram = new Map();
  for (const state of states) {
    const { machines, shard, shards, done } = state;
    const name = `shard ${shard}/${shards} of ${machines.name}`;
    if (machines !== first.machines || shards !== first.shards)
      throw new SearchStateError(`${name} belongs to another search`);
    if (seen.has(shard)) throw new SearchStateError(`${name} is there twice`);
    if (done !== shardSize(machines, state))
      throw new SearchStateError(`${name} is not finished: ${done} of ${shardSize(machines, state)}`);
    seen.add(shard);
    for (const [signs, tally] of state.histogram) addTally(histogram, signs, tally);
  }
  if (seen.size !== first.shards) throw new SearchStateError(`expected ${first.shards} shards, got ${seen.size}`);
  return { machines: first.machines, shard: 1, shards: 1, done: first.machines.size, histogram };
}
