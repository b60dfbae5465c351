/** The target of a recoding, entry by entry, and its listed states. */
import { MOVE_OFFSETS, type TapeSymbol } from "../../spec/machines/machine.js";
import type { RecodedState, Recoding } from "../../spec/machines/recoding.js";

/** What the target does: what it writes, where its head goes, and its next state. */
export interface TargetEntry {
  readonly write: TapeSymbol;
  readonly down: number;
  readonly right: number;
  readonly next: string;
}

/** A listed state: the source's state and the head's place in the block; whether the source has stopped. */
export interface ListedState {
  readonly place: RecodedState;
  readonly stops: boolean;
}

/** Looks up entries and listed states. */
export class TargetStepper {
  readonly #table: Recoding["target"]["table"];
  readonly #listed: ReadonlyMap<string, ListedState>;

  constructor({ target, states, stopped }: Recoding) {
    this.#table = target.table;
    const entry = (place: RecodedState, stops: boolean): [string, ListedState] => [place.target, { place, stops }];
    this.#listed = new Map([
      ...states.map((place) => entry(place, false)),
      ...stopped.map((place) => entry(place, true)),
    ]);
  }

  /** The entry of the table, or undefined where it has none. */
  entry(state: string, symbol: TapeSymbol): TargetEntry | undefined {
    const entry = this.#table.get(state)?.get(symbol);
    if (entry === undefined) return undefined;
    const [down, right] = MOVE_OFFSETS[entry.move];
    return { write: entry.write, down, right, next: entry.next };
  }

  /** What a state of the target says of the source, if it is listed. */
  listed(state: string): ListedState | undefined {
    return this.#listed.get(state);
  }
}
