/**
 * A set of cells at one place of a patch, with everything that a box search asks of it remembered: the same sets come back
 * under every centre cell.
 */
import type { Primitive, CellFeature } from "../../spec/rcnn/patch.js";
import { Work } from "../work.js";
import type { LetterClass } from "./letters.js";

/** To put a member into a part, or to look at its summands. */
const STEPS_PER_MEMBER = 32;

/** A nonempty set of cells at one place, split by features and by gates on demand; each split is made once. */
export class CellSet {
  readonly members: readonly [LetterClass, ...LetterClass[]];
  /** Number of cells. */
  readonly size: bigint;
  /** Least and greatest summand of each gate over the set. */
  readonly least: Float64Array;
  readonly most: Float64Array;
  /** True if some member's summand of some gate changes with the coordinate. */
  readonly hasSlope: boolean;
  readonly #work: Work;
  readonly #byAnswer = new Map<CellFeature<Primitive>, readonly CellSet[]>();
  readonly #byGate = new Map<number, readonly CellSet[]>();

  /** @throws {OutOfWork} */
  constructor(members: readonly LetterClass[], work: Work = new Work()) {
    const [first] = members;
    if (first === undefined) throw new RangeError("CellSet: expected at least one member, got none");
    this.#work = work;
    work.spend(members.length * (first.value.length + STEPS_PER_MEMBER));
    this.members = [first, ...members.slice(1)];
    this.size = members.reduce((sum, member) => sum + member.size, 0n);
    this.least = first.value.slice();
    this.most = first.value.slice();
    for (const { value } of members) {
      for (let gate = 0; gate < value.length; gate++) {
        const summand = value[gate] as number;
        if (summand < (this.least[gate] as number)) this.least[gate] = summand;
        if (summand > (this.most[gate] as number)) this.most[gate] = summand;
      }
    }
    this.hasSlope = members.some(({ slope }) => slope.length > 0);
  }

  /**
   * The parts of the set that answer a question alike. One part: the question has a single answer here.
   *
   * @throws {RangeError} if the cells were not asked it when they were put into classes: any answer would be a guess
   */
  byAnswer(question: CellFeature<Primitive>): readonly CellSet[] {
    if (!this.members[0].answers.has(question)) {
      throw new RangeError(`CellSet: expected a question of f-bar's list, got "${question.name}"`);
    }
    return this.#remember(this.#byAnswer, question, () => this.partition((member) => member.answers.get(question)));
  }

  /** The parts of the set that add the same to a gate. */
  byGate(gate: number): readonly CellSet[] {
    return this.#remember(this.#byGate, gate, () => this.partition(({ value }) => value[gate]));
  }

  /** The parts of the set that a key tells apart, in order of first appearance. */
  partition(key: (member: LetterClass) => Primitive): readonly CellSet[] {
    this.#work.spend(this.members.length * STEPS_PER_MEMBER);
    const parts = new Map<Primitive, LetterClass[]>();
    for (const member of this.members) {
      const value = key(member);
      const part = parts.get(value);
      if (part === undefined) parts.set(value, [member]);
      else part.push(member);
    }
    return parts.size === 1 ? [this] : [...parts.values()].map((part) => new CellSet(part, this.#work));
  }

  #remember<Key>(known: Map<Key, readonly CellSet[]>, key: Key, make: () => readonly CellSet[]): readonly CellSet[] {
    let parts = known.get(key);
    if (parts === undefined) {
      parts = make();
      this.#work.keep(parts.length * (2 * this.least.length + this.members.length));
      known.set(key, parts);
    }
    return parts;
  }
}
