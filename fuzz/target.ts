/** What is fuzzed: something that takes any bytes, and what must hold when it does. */
import type fc from "fast-check";
import { InputError } from "../inputs/input-error.js";
import { textOf } from "./text.js";

/** One entry point of the project, with what is known about its inputs. */
export interface Target {
  readonly name: string;
  /** Well-formed inputs, which byte changes start from; at least one. */
  seeds(): readonly Uint8Array[];
  /** Inputs that follow a grammar. */
  readonly documents?: fc.Arbitrary<string>;
  /** Words of the format, for byte changes. */
  readonly words?: readonly string[];
  /** How long one input may take, in milliseconds; DEFAULT_TIME_LIMIT if absent. */
  readonly timeLimit?: number;
  /** Size of the worker's heap, in MiB; DEFAULT_MEMORY if absent. */
  readonly memory?: number;
  /** Inputs of the short run of the fast tests; 200 if absent. */
  readonly shortRun?: number;
  /**
   * Takes an input.
   *
   * @returns what became of it, in few words; a new answer makes an input worth changing further
   * @throws whatever is a finding
   */
  run(input: Uint8Array): string;
}

/** Ten seconds, for inputs of up to a megabyte on a busy computer. */
export const DEFAULT_TIME_LIMIT = 10_000;

/** What a reader of a file of a megabyte may need at most. */
export const DEFAULT_MEMORY = 1024;

/** Something that must hold and does not. */
export class Finding extends Error {
  override readonly name: string = "Finding";
}

/** @throws {Finding} if the condition is false */
export function assertHolds(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Finding(what);
}

/**
 * A target that reads a text: a value, or an error of the given kind in one line of bounded length.
 *
 * @param read throws only errors of the given kinds
 * @param check throws if something about the value is wrong
 */
export function readerTarget<Value>(
  properties: Omit<Target, "run" | "seeds"> & { readonly seeds: () => readonly Uint8Array[] },
  read: (text: string) => Value,
  check: (value: Value, text: string) => string | undefined,
  kinds: readonly (new (...args: never[]) => Error)[] = [InputError],
): Target {
  return {
    ...properties,
    run(input) {
      const text = textOf(input);
      let value: Value;
      try {
        value = read(text);
      } catch (error) {
        if (error instanceof Error && kinds.some((kind) => error.constructor === kind)) return refusal(error);
        throw error;
      }
      return check(value, text) ?? "read";
    },
  };
}

/** Longest message that a reader may give. */
const MAX_MESSAGE = 2000;

/** The message of a refusal without what it quotes, once it is known to be one line of bounded length. */
export function refusal({ message }: Error): string {
  assertOneLine(message);
  assertHolds(message.length <= MAX_MESSAGE, `the message has ${message.length} characters`);
  return message.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""').replaceAll(/[0-9]+/g, "0");
}

/** @throws {Finding} if a message has line breaks or control characters */
export function assertOneLine(message: string): void {
  const at = message.search(/[\p{Cc}\p{Zl}\p{Zp}]/u);
  assertHolds(at < 0, `the message has U+${message.codePointAt(at)?.toString(16)}: ${JSON.stringify(message)}`);
}
