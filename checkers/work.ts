import { undecided, type Undecided } from "./verdict.js";

/** The cost allowed to every text, in steps. A step is one turn of a loop over doubles: a billion take one to four seconds.
 */
export const WORK_BASE: number = 3 * 2 ** 30;

/** Steps that each character of a text adds: true certificates of more states are longer, in proportion. */
export const WORK_PER_CHARACTER = 3072;

/** Numbers that may be kept for every text, 8 bytes each where they are doubles. */
export const KEPT_BASE: number = 2 ** 25;

/** Numbers that each character of a text adds. */
export const KEPT_PER_CHARACTER = 8;

/** The cost of a step of a loop over bigints or rationals, in steps over doubles. */
export const BIGINT_STEP = 32;

/** Thrown where more work is asked for than is left. */
export class OutOfWork extends Error {
  readonly limit: "work" | "memory";

  constructor(limit: "work" | "memory", most: number) {
    super(limit === "work" ? `more than ${most} steps of work` : `more than ${most} numbers to keep at once`);
    this.name = "OutOfWork";
    this.limit = limit;
  }
}

/** A budget of steps and of memory. Loops ask it before they start; where it runs out, the verdict is "undecided". */
export class Work {
  readonly #most: number;
  readonly #mostKept: number;
  #steps = 0;
  #kept = 0;

  /** @param characters the length of the text that is decided; 0 where there is none */
  constructor(characters = 0, most: number = WORK_BASE + WORK_PER_CHARACTER * characters) {
    this.#most = most;
    this.#mostKept = KEPT_BASE + KEPT_PER_CHARACTER * characters;
  }

  /** Steps so far. */
  get steps(): number {
    return this.#steps;
  }

  /** Numbers kept so far. */
  get kept(): number {
    return this.#kept;
  }

  /** Spends steps. @throws {OutOfWork} if fewer are left */
  spend(steps: number): void {
    this.#steps += steps;
    if (this.#steps > this.#most) throw new OutOfWork("work", this.#most);
  }

  /** Reserves room for numbers that are kept until the end. @throws {OutOfWork} if there is none */
  keep(numbers: number): void {
    this.#kept += numbers;
    if (this.#kept > this.#mostKept) throw new OutOfWork("memory", this.#mostKept);
  }
}

/** The verdict of `decide`, or "undecided" if its work ran out. */
export function withinWork<Verdict>(decide: () => Verdict): Verdict | Undecided {
  try {
    return decide();
  } catch (error) {
    if (!(error instanceof OutOfWork)) throw error;
    return undecided(error.limit, error.message);
  }
}
