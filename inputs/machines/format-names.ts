/** The formats of machines that are read, by the names that --format takes. */
export const MACHINE_FORMATS = [
  "yaml",
  "bbchallenge",
  "turingmachine.io",
  "morphett",
  "turing2d",
  "golly",
  "jflap",
] as const;

/** The name of a machine format that is read. */
export type MachineFormat = (typeof MACHINE_FORMATS)[number];

/** The formats that are written, by the names that convert --to takes. */
export const WRITTEN_FORMATS = ["yaml", "bbchallenge", "turingmachine.io"] as const;

/** The name of a machine format that is written. */
export type WrittenFormat = (typeof WRITTEN_FORMATS)[number];
