/** The exit codes of the command line. */
export const EXIT = {
  accepted: 0,
  rejected: 1,
  /** Wrong usage, or input that cannot be read. */
  usage: 2,
  /** A documented limit was reached before a decision. */
  undecided: 3,
} as const;

/** One of the exit codes. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
