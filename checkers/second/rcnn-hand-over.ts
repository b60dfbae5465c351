/** The hand-over from memory to computation, for every size of the grid and all signs (LEARNING.md). */
import { tally, type Tally } from "./network.js";
import { reject } from "./rcnn-codes.js";
import { aimAt, NEIGHBOURS, valueOf, type Aim, type Outcome } from "./rcnn-definition.js";
import { CENTRE, letterOf, offset, wellFormed, type Cells, type Letter } from "./rcnn-machine.js";
import type { Spend } from "./text.js";

/** `handOver` of the verdicts. */
export interface HandOverCounts {
  readonly fronts: number;
  readonly patches: string;
}

/** Three columns around the centre, and how many steps farther from the start the two outer ones are. */
const COLUMNS: readonly (readonly [kinds: string, left: number, right: number])[] = [
  ["Odd", 1, -1],
  ["ddd", 1, -1],
  ["Odn", 1, 1],
  ["ddn", 1, 1],
  ["dnn", -1, 1],
  ["dnO", -1, 1],
  ["nnn", -1, 1],
  ["nnO", -1, 1],
];

/** A patch near the front: a Kind for each place, and by how many steps the centre is ahead of the front. */
interface Front {
  readonly kinds: string;
  readonly ahead: number;
  readonly isStart: boolean;
}

/** Work for a letter with a head at all patches. */
const COST_PER_HEAD = 10_000;

/** All patches near the front that show a cell ahead of it. */
function fronts(): Front[] {
  const found = new Map<string, Front>();
  for (let k = 0; k < 4 * COLUMNS.length * 5; k++) {
    const [columns, left, right] = COLUMNS[k % COLUMNS.length] as (typeof COLUMNS)[number];
    const rest = Math.floor(k / COLUMNS.length);
    const [hasAbove, hasBelow, ahead] = [rest % 2 === 1, Math.floor(rest / 2) % 2 === 1, Math.floor(rest / 4) - 1];
    const distance = columns.endsWith("dn") ? 0 : columns.startsWith("dn") ? 1 : Infinity;
    // In the lowest row the distance from the start is known, and before the first layer the front is at -1.
    if (!hasBelow && ahead > distance + 1) continue;
    const kinds = Array.from({ length: 9 }, (_, place) => {
      const [row, column] = offset(place);
      const kind = columns[column + 1] as string;
      if (kind === "O" || (row === -1 && !hasAbove) || (row === 1 && !hasBelow)) return "O";
      const steps = ahead - row + ([left, 0, right][column + 1] as number);
      return steps > 0 ? kind : steps === 0 ? "f" : "b";
    }).join("");
    const isStart = !hasBelow && distance === 0;
    if (/[dn]/.test(kinds)) found.set(kinds, { kinds, ahead, isStart });
  }
  return [...found.values()];
}

/** Beyond the edges, ahead of the front in a main or a padding column, on the front, behind it. */
type Kind = "O" | "d" | "n" | "f" | "b";

/** A letter in the grid that is there, and the one at its place where all cells compute. */
type Pair = readonly [there: Letter, computing: Letter];

/** What is known of f-bar in both grids. */
type Aims = readonly [there: Aim, computing: Aim];

function keyOf([there, computing]: Pair | Aims): string {
  return `${there.key} | ${computing.key}`;
}

/** Decides the hand-over and returns the counts; ends the check with "hand-over" where it fails. */
export function decideHandOver(cells: Cells, spend: Spend): HandOverCounts {
  const contents = contentsOf(cells);
  const of = (front: Front, place: number): readonly Pair[] => contents[front.kinds[place] as Kind];
  spend(COST_PER_HEAD * contents.b.length);
  const sights = new Map(
    Object.values(contents).map((pairs) => [pairs, tally(pairs.map((pair) => [keyOf(pair), pair, 1n]))]),
  );
  const all = fronts();
  let patches = 0n;
  for (const front of all) {
    const ways = [0, 2, 6, 8].reduce((product, place) => product * BigInt(of(front, place).length), 1n);
    const ends = new Map<string, Tally<Aims>>();
    for (const centre of of(front, CENTRE)) {
      const start: Aims = [aimAt(centre[0]), aimAt(centre[1])];
      const reached = ends.get(keyOf(start)) ?? run(start, (place) => sights.get(of(front, place)) as Tally<Pair>);
      ends.set(keyOf(start), reached);
      for (const [aims, n] of reached) {
        decideCentre(cells, front, centre, aims);
        patches += n * ways;
      }
    }
  }
  return { fronts: all.length, patches: String(patches) };
}

/** What a cell of each kind may hold. */
function contentsOf(cells: Cells): Readonly<Record<Kind, readonly Pair[]>> {
  const { plain, heads } = wellFormed(cells);
  const same = (letters: readonly Letter[]): Pair[] => letters.map((letter) => [letter, letter]);
  const width = cells.constants.lastIndex + 1;
  const letter = (...digits: number[]): Letter => letterOf(cells, Array.from({ length: width }, (_, i) => digits[i] ?? 0)); // prettier-ignore
  const ahead = (flag: number, written: number): Pair => [letter(flag, written), letter(flag, written, 1)];
  return {
    O: same([letterOf(cells)]),
    d: [ahead(0, 1), ahead(0, -1)],
    n: [ahead(1, 0)],
    f: same([...plain, ...heads.filter(({ state }) => state === 0)]),
    b: same([...plain, ...heads]),
  };
}

/** f-bar on both grids, from the centre on; what other pairs of letters show alike is one way. */
function run(start: Aims, at: (place: number) => Tally<Pair>): Tally<Aims> {
  let aims: Tally<Aims> = [[start, 1n]];
  for (const place of NEIGHBOURS) {
    const next = aims.flatMap(([[there, computing], ways]) =>
      at(place).map(([[seen, instead], n]): [Aims, bigint] => [
        [there.after(place, seen.sight), computing.after(place, instead.sight)],
        ways * n,
      ]),
    );
    aims = tally(next.map(([both, ways]) => [keyOf(both), both, ways]));
  }
  return aims;
}

/** What a layer leaves of the centre, in both grids. */
function decideCentre(cells: Cells, { kinds, ahead, isStart }: Front, [there, computing]: Pair, aims: Aims): void {
  const outcomes = aims.map(({ outcome }) => outcome as Outcome) as [Outcome, Outcome];
  const [left, instead] = [valueOf(cells, outcomes[0], there), valueOf(cells, outcomes[1], computing)];
  const arrives = cells.unit(2) + (isStart ? cells.head(0) : 0n);
  const isRight =
    ahead <= 0 ? left === instead : instead === computing.u && left === there.u + (ahead === 1 ? arrives : 0n);
  if (!isRight) reject("hand-over", "f-bar", `front ${kinds}, centre ${there.u}: ${left}, ${instead}`);
}
