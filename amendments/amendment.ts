/**
 * What an amendment to a paper consists of: where, what the print says, what is read instead, and a counterexample that
 * a program replays on both readings.
 *
 * Most come with a family of small instances in a stated order. On each instance, each reading is tried against
 * something that does not depend on it, such as a step of the reference simulator, a count, the loop of a training
 * algorithm. The replay is the first instance on which the printed reading fails, so it is smallest in that order; that
 * the amended reading holds on the whole family is for a test to check.
 */

/** The outcome of one reading on an instance. */
export interface Finding {
  /** Whether the claim holds under this reading. */
  readonly holds: boolean;
  /** The computed value, in one line. */
  readonly found: string;
}

/** A counterexample, computed on both readings: `printed.holds` is false, `amended.holds` is true. */
export interface Replay {
  /** The counterexample, in one line. */
  readonly instance: string;
  readonly printed: Finding;
  readonly amended: Finding;
}

/** One place where a paper is read differently from the print. */
export interface Amendment {
  /** Kebab-case, or a statement and a number such as L5-1; code and documents refer to it. */
  readonly id: string;
  /** Where in the paper. */
  readonly place: string;
  /** The print's statement, in our words. */
  readonly printed: string;
  /** The amended statement. */
  readonly amended: string;
  readonly reason: string;
  /**
   * Computes both readings on the smallest counterexample.
   *
   * @throws {Error} if there is none
   */
  readonly replay: () => Replay;
}

/** One member of a family: what it is, and what either reading comes to. */
export interface Instance {
  /** In one line. */
  readonly text: string;
  readonly printed: () => Finding;
  readonly amended: () => Finding;
}

/** The first instance of a family on which the printed reading fails. */
export interface FamilyReplay extends Replay {
  /** How many instances come before it; the printed reading holds on all of them. */
  readonly smaller: number;
}

/** A family without what follows from it. */
export interface FamilyParts extends Omit<Amendment, "replay"> {
  /** Which instances there are, and in which order. */
  readonly order: string;
  /** Finite. */
  readonly instances: () => Iterable<Instance>;
}

/** An amendment whose counterexample is searched in a family of instances. */
export interface FamilyAmendment extends FamilyParts {
  readonly replay: () => FamilyReplay;
}

/** An amendment whose replay is the first failure of the printed reading in its family. */
export function amendment(parts: FamilyParts): FamilyAmendment {
  return {
    ...parts,
    replay: () => {
      let smaller = 0;
      for (const { text, printed, amended } of parts.instances()) {
        const finding = printed();
        if (!finding.holds) return { instance: text, printed: finding, amended: amended(), smaller };
        smaller++;
      }
      throw new Error(`${parts.id}: expected an instance on which the printed reading fails, got none`);
    },
  };
}

/**
 * The amendment with this id.
 *
 * @throws {RangeError} if there is none
 */
export function findAmendment<Some extends Amendment>(amendments: readonly Some[], id: string): Some {
  const found = amendments.find((one) => one.id === id);
  if (found === undefined) throw new RangeError(`expected the id of an amendment, got ${id}`);
  return found;
}
