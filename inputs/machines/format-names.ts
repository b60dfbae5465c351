/**
 * The formats of machines that are read, by the names that --format takes.
 *
 * @example
 * ```ts
 * import { loadMachine, MACHINE_FORMATS } from "weightproof";
 *
 * MACHINE_FORMATS.includes("bbchallenge"); // => true
 * loadMachine("1RB1LB_1LA1RZ", { format: "bbchallenge" }).states.length; // => 3
 * ```
 */
export const MACHINE_FORMATS = [
  "yaml",
  "bbchallenge",
  "turingmachine.io",
  "morphett",
  "turing2d",
  "golly",
  "jflap",
  "turingmachinesimulator",
] as const;

/**
 * The name of a machine format that is read.
 *
 * @example
 * ```ts
 * import { loadMachine, type MachineFormat } from "weightproof";
 *
 * // A turmite of one state turns, so it needs a state for each direction.
 * const format: MachineFormat = "golly";
 * loadMachine("{{{1,2,0},{0,8,0}}}", { format }).states; // => ["north", "east", "south", "west"]
 * ```
 */
export type MachineFormat = (typeof MACHINE_FORMATS)[number];

/** The formats that are written, by the names that convert --to takes. */
export const WRITTEN_FORMATS = ["yaml", "bbchallenge", "turingmachine.io"] as const;

/** The name of a machine format that is written. */
export type WrittenFormat = (typeof WRITTEN_FORMATS)[number];
