/**
 * The certificate of a recoding (RECODING.md), in another way than the first checker: a run of the target is followed from a listed
 * state with nothing known of the blocks. Only when the head reads a cell for the first time, the symbols that the block may hold are
 * parted by that cell; so what no cell has told apart is run once, and the sizes of the parts must add up to all situations.
 */
import { decideRecodingRuns } from "./rcnn-recoding-replay.js";
import {
  certificateShape,
  decideCodes,
  decideSource,
  decideStates,
  decideTarget,
  pairOf,
  reject,
  type Act,
  type Listed,
  type Pair,
  type StepCounts,
} from "./rcnn-recoding-text.js";
import { agree, decideDigests, giveUp, valueOfText } from "./text.js";

/** Decides data and text of a recoding's certificate. */
export function decideRecoding(json: unknown, text: string): readonly string[] {
  const certificate = valueOfText(json, text, certificateShape);
  decideDigests(certificate, certificate.digests);
  decideSource(certificate);
  decideTarget(certificate.target);
  decideCodes(certificate);
  decideStates(certificate);
  const pair = pairOf(certificate);
  const { steps, replay } = certificate.verdicts;
  const found = decideSteps(pair, steps.longest);
  agree(
    "counts",
    certificate.verdicts,
    { steps: found, replay: decideRecodingRuns(pair, replay, steps.longest) },
    "verdicts",
  );
  return [];
}

/** A block on the way: the symbols that it may have held, and the cells that have been written since. */
interface Block {
  readonly symbols: readonly number[];
  readonly written: Map<number, number>;
}

/** A run of the target on the way. */
interface Way {
  readonly state: string;
  /** From the first cell of the block where it began. */
  readonly row: number;
  readonly column: number;
  readonly taken: number;
  readonly own: Block;
  /** The block that it has entered, and the move that leads there. */
  readonly other: (Block & { readonly by: readonly [number, number] }) | undefined;
}

const MAX_SITUATION_STEPS = 2_000_000;

function decideSteps(pair: Pair, longest: number): StepCounts {
  const { states } = pair.certificate;
  const all = pair.digits.map((_, symbol) => symbol);
  let [expected, found, shortest, most] = [0, 0, Infinity, 0];
  const working = states.filter(([q]) => !pair.halts.has(q));
  const tooMany = (n: number): void => {
    if (n * Math.max(1, longest) > MAX_SITUATION_STEPS)
      giveUp("situations", `${n} situations of up to ${longest} steps`);
  };
  tooMany(working.length * all.length);
  for (const [q] of working) for (const a of all) expected += isStay(pair.act(q, a)) ? 1 : all.length;
  tooMany(expected);
  for (const [i, [q, p, row, column]] of states.entries()) {
    if (pair.halts.has(q)) continue;
    const follower = new Follower(pair, q, `states[${i}]`, longest, all);
    follower.follow({ state: p, row, column, taken: 0, own: { symbols: all, written: new Map() }, other: undefined });
    found += follower.situations;
    shortest = Math.min(shortest, follower.shortest);
    most = Math.max(most, follower.longest);
  }
  if (found !== expected) reject("recoding-step", "states", `${found} situations were met, not ${expected}`);
  return { situations: found, shortest: found === 0 ? 0 : shortest, longest: most };
}

function isStay({ by: [down, right] }: Act): boolean {
  return down === 0 && right === 0;
}

/** Follows the target from one listed state to the next ones. */
class Follower {
  situations = 0;
  shortest = Infinity;
  longest = 0;
  readonly #pair: Pair;
  readonly #q: string;
  readonly #path: string;
  readonly #most: number;
  readonly #all: readonly number[];

  constructor(pair: Pair, q: string, path: string, most: number, all: readonly number[]) {
    this.#pair = pair;
    this.#q = q;
    this.#path = path;
    this.#most = most;
    this.#all = all;
  }

  follow(start: Way): void {
    const open = [start];
    for (let way = open.pop(); way !== undefined; way = open.pop()) open.push(...this.#step(way));
  }

  /** Goes on by one step, for each digit that the cell under the head may show. */
  #step(way: Way): Way[] {
    const { rows, columns } = this.#pair.certificate.block;
    if (way.taken === this.#most) this.#fail(`no end after ${this.#most} steps`);
    const isOwn = inside(way.row, way.column, rows, columns);
    const block = isOwn ? way.own : (way.other as Block);
    const [down, right] = isOwn ? [0, 0] : (way.other?.by ?? [0, 0]);
    const at = (way.row - down * rows) * columns + (way.column - right * columns);
    const known = block.written.get(at);
    const reads = [-1, 0, 1].flatMap((read) => {
      if (known !== undefined) return known === read ? [{ read, symbols: block.symbols }] : [];
      const symbols = block.symbols.filter((one) => this.#pair.digits[one]?.[at] === read);
      return symbols.length === 0 ? [] : [{ read, symbols }];
    });
    const next: Way[] = [];
    for (const [i, { read, symbols }] of reads.entries()) {
      const entry = this.#pair.entry(way.state, read);
      if (entry === undefined) return this.#fail(`no entry for ${way.state} on ${read}`);
      const [write, [dr, dc], state] = entry;
      // What has been written so far, in either block, is copied only where ways part.
      const { own, other } = i < reads.length - 1 ? copied(way) : way;
      const before = isOwn ? own : (other as NonNullable<Way["other"]>);
      const after = { ...before, symbols, written: before.written.set(at, write) };
      const one = isOwn ? { own: after, other } : { own, other: after as Way["other"] };
      const moved = this.#moved({
        ...way,
        ...one,
        state,
        row: way.row + dr,
        column: way.column + dc,
        taken: way.taken + 1,
      });
      if (this.#pair.listed.has(state)) this.#arrive(moved);
      else next.push(moved);
    }
    return next;
  }

  /** Notes that another block is entered, which the source must enter as well. */
  #moved(way: Way): Way {
    const { rows, columns } = this.#pair.certificate.block;
    if (inside(way.row, way.column, rows, columns)) return way;
    const by = [Math.floor(way.row / rows), Math.floor(way.column / columns)] as const;
    if (way.other !== undefined) {
      if (way.other.by[0] !== by[0] || way.other.by[1] !== by[1]) this.#fail("a third block is entered");
      return way;
    }
    for (const a of way.own.symbols) {
      const act = this.#pair.act(this.#q, a);
      if (act.by[0] !== by[0] || act.by[1] !== by[1])
        this.#fail(`a block is entered that the source does not enter on ${a}`);
    }
    return { ...way, other: { symbols: this.#all, written: new Map(), by } };
  }

  #arrive({ state, row, column, taken, own, other }: Way): void {
    const { rows, columns } = this.#pair.certificate.block;
    const place = this.#pair.listed.get(state) as Listed;
    for (const a of own.symbols) {
      const act = this.#pair.act(this.#q, a);
      if (place.state !== act.next || place.stops !== act.stops) this.#fail(`on ${a} it ends in ${state}`);
      if (row !== act.by[0] * rows + place.row || column !== act.by[1] * columns + place.column)
        this.#fail(`on ${a} the head ends in another place`);
      if (!this.#holds(own, a, act.write)) this.#fail(`on ${a} the block does not hold what is written`);
      for (const b of other?.symbols ?? [])
        if (!this.#holds(other as Block, b, b)) this.#fail(`on ${a} the next block, of ${b}, is changed`);
      this.situations += isStay(act) ? 1 : (other?.symbols.length ?? 0);
    }
    this.shortest = Math.min(this.shortest, taken);
    this.longest = Math.max(this.longest, taken);
  }

  /** Whether a block that held one symbol holds another one's code. */
  #holds({ written }: Block, before: number, after: number): boolean {
    const [old, wanted] = [before, after].map((one) => this.#pair.digits[one] as readonly number[]);
    return (wanted as readonly number[]).every((digit, i) => digit === (written.get(i) ?? old?.[i]));
  }

  #fail(message: string): never {
    return reject("recoding-step", this.#path, `${this.#q}: ${message}`);
  }
}

/** The blocks of a way, to be written to apart from it. */
function copied({ own, other }: Way): Pick<Way, "own" | "other"> {
  return {
    own: { ...own, written: new Map(own.written) },
    other: other === undefined ? undefined : { ...other, written: new Map(other.written) },
  };
}

function inside(row: number, column: number, rows: number, columns: number): boolean {
  return row >= 0 && row < rows && column >= 0 && column < columns;
}
