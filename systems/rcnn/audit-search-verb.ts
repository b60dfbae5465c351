/** weightproof audit search [CLASS] [--out FILE] [--shard I/N], weightproof audit merge FILE... */
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { MACHINE_CLASSES } from "../../audit/rcnn/search/machine-class.js";
import { runSearch } from "../../audit/rcnn/search/run-search.js";
import { selectionTable } from "../../audit/rcnn/search/select.js";
import {
  emptyState,
  mergeStates,
  printState,
  readState,
  SearchStateError,
  shardSize,
  type SearchState,
  type Shard,
} from "../../audit/rcnn/search/state-file.js";
import { InputError, quoteInput } from "../../inputs/input-error.js";
import { readTextFile } from "../../inputs/read-text-file.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import type { Io } from "../system.js";

/** Most characters of a state that are read: 64 Mi. */
const MAX_STATE_CHARACTERS = 64 * 1024 * 1024;

/** The options of audit search. */
export interface SearchCommandOptions {
  readonly out?: string;
  readonly shard?: string;
  readonly workers?: number;
}

/** Runs a search, or a part of one, and keeps its state in a file if one is given. @throws {InputError} */
export async function searchVerb(io: Io, className: string, options: SearchCommandOptions): Promise<ExitCode> {
  const machines = MACHINE_CLASSES.find(({ name }) => name === className);
  if (machines === undefined) {
    const names = MACHINE_CLASSES.map(({ name }) => name).join(", ");
    throw new InputError(`${quoteInput(className)}: there is no such class; there are ${names}`);
  }
  const shard = readShard(options.shard ?? "1/1");
  const { out } = options;
  const start = out !== undefined && existsSync(out) ? readStateFile(out) : emptyState(machines, shard);
  if (start.machines !== machines || start.shard !== shard.shard || start.shards !== shard.shards) {
    throw new InputError(`${out ?? ""}: holds shard ${start.shard}/${start.shards} of ${start.machines.name}`);
  }
  const state = await runSearch(start, {
    workers: options.workers ?? availableParallelism(),
    onState: (now) => {
      if (out !== undefined) io.save(out, printState(now));
      io.progress("machines", now.done, shardSize(machines, shard));
    },
  });
  const name = `shard ${shard.shard}/${shard.shards} of ${machines.name}`;
  io.print(
    shard.shards === 1
      ? selectionTable(state)
      : `${name}: ${state.done} machines, ${state.histogram.size} different learners\n`,
  );
  return EXIT.accepted;
}

/** The options of audit merge. */
export interface MergeOptions {
  readonly out?: string;
}

/** Joins the parts of a search and prints what is selected. @throws {InputError} */
export function mergeVerb(io: Io, files: readonly string[], { out }: MergeOptions): ExitCode {
  let merged: SearchState;
  try {
    merged = mergeStates(files.map(readStateFile));
  } catch (error) {
    if (error instanceof SearchStateError) throw new InputError(error.message);
    throw error;
  }
  if (out !== undefined) io.save(out, printState(merged));
  if (out !== "-") io.print(selectionTable(merged));
  return EXIT.accepted;
}

function readStateFile(path: string): SearchState {
  try {
    return readState(readTextFile(path, MAX_STATE_CHARACTERS));
  } catch (error) {
    if (error instanceof SearchStateError) throw new InputError(`${path}: ${error.message}`);
    throw error;
  }
}

function readShard(text: string): Shard {
  const match = /^([1-9]\d{0,5})\/([1-9]\d{0,5})$/.exec(text);
  const [shard, shards] = [Number(match?.[1]), Number(match?.[2])];
  if (match === null || shard > shards)
    throw new InputError(`--shard ${quoteInput(text)}: expected i/n with 1 <= i <= n`);
  return { shard, shards };
}
