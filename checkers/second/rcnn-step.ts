/** A layer of f-bar is a step of the machine, on every grid. */
import type { Tally } from "./network.js";
import { reject } from "./rcnn-codes.js";
import { aimAt, NEIGHBOURS, outcomesFrom, sightsOf, valueOf, type Outcome } from "./rcnn-definition.js";
import type { Spend } from "./text.js";
import { CENTRE, letterOf, offset, wellFormed, type Cells, type Letter, type Sight } from "./rcnn-machine.js";

/** What the 2673 cases of a letter with a head count as, in sums. */
const COST_PER_HEAD = 10_000;

/** `step` of the verdicts. */
export interface StepCounts {
  readonly closedPatches: string;
  readonly cases: number;
}

/** f-bar maps well-formed patches to well-formed cells, and leaves in each cell what a step of the machine leaves there. */
export function decideStep(cells: Cells, spend: Spend): StepCounts {
  const { silent, plain, heads } = wellFormed(cells);
  const padding = letterOf(cells);
  spend(COST_PER_HEAD * heads.length);
  const all = [...silent, ...plain, ...heads];
  const values = new Set(all.map(({ u }) => u));
  const anything = sightsOf([...all, padding]);
  const starts = new Map(all.map((centre) => [aimAt(centre).key, centre]));
  const outcomes = new Map([...starts].map(([key, centre]) => [key, outcomesFrom(aimAt(centre), () => anything)]));
  let closed = 0n;
  for (const centre of all) {
    for (const [outcome, ways] of outcomes.get(aimAt(centre).key) as Tally<Outcome>) {
      if (!values.has(valueOf(cells, outcome, centre))) reject("not-closed", "f-bar", `${outcome.rule} at ${centre.u}`);
      closed += ways * BigInt(all.length + 1) ** 4n;
    }
  }
  const patches = BigInt(all.length) * BigInt(all.length + 1) ** 8n;
  if (closed !== patches) reject("volume", "f-bar", `decided ${closed} of ${patches} patches`);

  // Situations that look alike from the centre: the same neighbours on the grid, and the head at the same one of them.
  const alike = new Map<string, Situation[]>();
  for (let sides = 0; sides < 81; sides++) {
    // How many rows and columns there are on each side of the centre; 2 stands for more.
    const [above, below, left, right] = [27, 9, 3, 1].map((n) => Math.floor(sides / n) % 3) as [number, number, number, number]; // prettier-ignore
    const isInside = (i: number, j: number): boolean => i >= -above && i <= below && j >= -left && j <= right;
    const onGrid = NEIGHBOURS.filter((place) => isInside(...offset(place)));
    for (let i = -above; i <= below; i++) {
      for (let j = -left; j <= right; j++) {
        const headAt = Math.abs(i) + Math.abs(j) <= 1 ? CENTRE + 3 * i + j : undefined;
        const key = `${onGrid};${headAt}`;
        alike.set(key, [...(alike.get(key) ?? []), { onGrid, headAt, i, j, isInside }]);
      }
    }
  }
  // What a cell says of the tape: symbol and state. Cells of a padding column read as blank.
  const show = (written: number | undefined, q: number | undefined): string => `${written} ${q ?? "-"}`;
  const readings = new Map([...plain, ...heads].map(({ u, digits, state }) => [u, show(digits?.[1], state)]));
  const [none, outside] = [sightsOf(plain), sightsOf([padding])];
  let cases = 0;
  for (const [key, group] of alike) {
    const [{ onGrid, headAt }] = group as [Situation];
    const leftBy = (head: Letter | undefined, centre: Letter): string | undefined => {
      const at = (place: number): Tally<Sight> => (place === headAt && head !== undefined ? sightsOf([head]) : onGrid.includes(place) ? none : outside); // prettier-ignore
      const left = outcomesFrom(aimAt(centre), at).map(([one]) => readings.get(valueOf(cells, one, centre)));
      if (new Set(left).size > 1)
        reject("not-local", "f-bar", `head ${head?.u}, centre ${centre.u}, ${key}: one of ${left.join(", ")}`);
      return left[0];
    };
    // Where no neighbour has the head, it does not matter which head that is.
    const leftAlone = headAt === undefined ? plain.map((centre) => leftBy(undefined, centre)) : undefined;
    for (const head of heads) {
      const { to = CENTRE, next } = head.sight;
      const [down, right] = offset(to);
      for (const [c, centre] of (headAt === CENTRE ? [head] : plain).entries()) {
        const left = leftAlone === undefined ? leftBy(head, centre) : leftAlone[c];
        const written = headAt === CENTRE ? head.write : centre.digits?.[1];
        const [expected, expectedHead] = [show(written, undefined), show(written, next)];
        for (const { i, j, isInside } of group) {
          const arrives = isInside(i + down, j + right) ? i + down === 0 && j + right === 0 : headAt === CENTRE;
          if (left !== (arrives ? expectedHead : expected))
            reject("wrong-step", "f-bar", `head ${head.u}, centre ${centre.u}, neighbours and head at ${key}: ${left}`);
          cases++;
        }
      }
    }
  }
  return { closedPatches: String(patches), cases };
}

/** A cell near the borders, and a head at row i, column j from it. */
interface Situation {
  readonly onGrid: readonly number[];
  readonly headAt: number | undefined;
  readonly i: number;
  readonly j: number;
  readonly isInside: (i: number, j: number) => boolean;
}
