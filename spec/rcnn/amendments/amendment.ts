/**
 * What an amendment to B.1 - B.3 (and to the statements that lead there) consists of.
 *
 * An amendment comes with a family of small instances in a stated order. On each instance, each reading is tried against
 * something that does not depend on it: a step of the reference simulator, a count, the loop of Algorithm 1. The replay
 * is the first instance on which the printed reading fails, so it is smallest in that order; that the amended reading
 * holds on the whole family is for a test to check.
 */
import type { Finding, Replay } from "../../networks/lemma5-replay.js";

export type { Finding } from "../../networks/lemma5-replay.js";

/** One member of a family: what it is, and what either reading comes to. */
export interface Instance {
  /** In one line. */
  readonly text: string;
  readonly printed: () => Finding;
  readonly amended: () => Finding;
}

/** The smallest counterexample, computed on both readings. */
export interface AmendmentReplay extends Replay {
  /** How many instances come before it; the printed reading holds on all of them. */
  readonly smaller: number;
}

/** An amendment without what follows from its family. */
export interface AmendmentParts {
  /** Kebab-case; code and documents refer to it. */
  readonly id: string;
  /** Where in the paper. */
  readonly place: string;
  /** What the print says, told in our words. */
  readonly printed: string;
  /** What this project reads instead. */
  readonly amended: string;
  readonly reason: string;
  /** Which instances there are, and in which order. */
  readonly order: string;
  /** Finite. */
  readonly instances: () => Iterable<Instance>;
}

/** One place where the paper is read differently from the print. */
export interface Amendment extends AmendmentParts {
  /**
   * Finds the first instance on which the printed reading fails.
   *
   * @throws {Error} if there is none
   */
  readonly replay: () => AmendmentReplay;
}

/** An amendment whose replay is the first failure of the printed reading in its family. */
export function amendment(parts: AmendmentParts): Amendment {
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

/** The shapes of grids, by number of cells, then by number of rows. */
export function* gridShapes(maxCells: number): Generator<readonly [rows: number, columns: number]> {
  for (let cells = 1; cells <= maxCells; cells++) {
    for (let rows = 1; rows <= cells; rows++) if (cells % rows === 0) yield [rows, cells / rows];
  }
}

/** "2 x 3 grid" */
export function gridName(rows: number, columns: number): string {
  return `${rows} x ${columns} grid`;
}
