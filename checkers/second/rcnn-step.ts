/** A layer of f-bar is a step of the machine, on every grid. */
import type { Tally } from "./network.js";
import { reject } from "./rcnn-codes.js";
import { aimAt, NEIGHBOURS, outcomesFrom, sightsOf, valueOf, type Outcome } from "./rcnn-definition.js";
import { CENTRE, letterOf, offset, wellFormed, type Cells, type Sight } from "./rcnn-machine.js";

export interface StepCounts {
  readonly closedPatches: string;
  readonly cases: number;
}

/** f-bar maps well-formed patches to well-formed cells, and leaves in each cell what a step of the machine leaves there. */
export function decideStep(cells: Cells): StepCounts {
  const { silent, plain, heads } = wellFormed(cells);
  const padding = letterOf(cells);
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
    for (const head of heads) {
      const at = (place: number): Tally<Sight> => (place === headAt ? sightsOf([head]) : onGrid.includes(place) ? none : outside); // prettier-ignore
      for (const centre of headAt === CENTRE ? [head] : plain) {
        const place = `head ${head.u}, centre ${centre.u}, neighbours and head at ${key}`;
        const left = outcomesFrom(aimAt(centre), at).map(([one]) => readings.get(valueOf(cells, one, centre)));
        if (new Set(left).size > 1) reject("not-local", "f-bar", `${place}: one of ${left.join(", ")}`);
        for (const { i, j, isInside } of group) {
          const { to = CENTRE, next } = head.sight;
          const [row_, column] = [i + offset(to)[0], j + offset(to)[1]];
          const arrives = isInside(row_, column) ? row_ === 0 && column === 0 : headAt === CENTRE;
          const expected = show(headAt === CENTRE ? head.write : centre.digits?.[1], arrives ? next : undefined);
          if (left[0] !== expected) reject("wrong-step", "f-bar", `${place}: ${left[0]} instead of ${expected}`);
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
