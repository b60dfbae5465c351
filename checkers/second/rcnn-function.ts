/** The filter is f-bar: value and derivatives at every patch. */
import { tally, type Tally } from "./network.js";
import { reject } from "./rcnn-codes.js";
import { aimAt, NEIGHBOURS, RULES, valueOf, type Aim, type Outcome, type Rule } from "./rcnn-definition.js";
import { along, NO_PULL, type Gates, type Pull, type Unit } from "./rcnn-gates.js";
import { CENTRE, type Cells, type Letter, type Letters } from "./rcnn-machine.js";
import type { Spend } from "./text.js";

/** What a certificate states of its filter's values, but for the leaves of the first checker's search. */
export interface FunctionCounts {
  readonly patches: string;
  readonly rules: Readonly<Record<Rule, string>>;
}

/** A number and its derivatives by the nine cells, as far as the cells of a partial patch go. */
type Jet = readonly bigint[];

function plus(jet: Jet, place: number, [value, slope]: Pull): bigint[] {
  const sum = [...jet];
  sum[0] = (jet[0] as bigint) + value;
  sum[1 + place] = (jet[1 + place] as bigint) + slope;
  return sum;
}

/** Partial patches that no later cell can tell apart. */
interface Path {
  readonly aim: Aim;
  /** Gates that may still be on or off, and their pre-activations so far. */
  readonly open: readonly number[];
  readonly sums: readonly Jet[];
  /** Gates that are on, whatever follows; and what all of these have put out so far. */
  readonly on: readonly number[];
  readonly output: Jet;
  /** One of the partial patches. */
  readonly sample: readonly Letter[];
}

/** What later cells can add to a gate, at least and at most; and whether they do anything to it. */
interface Rest {
  readonly least: bigint;
  readonly most: bigint;
  readonly moves: boolean;
}

/** What a next cell does to a path. */
interface Step {
  readonly aim: Aim;
  readonly pulls: readonly Pull[];
  readonly output: Pull;
  readonly letter: Letter;
}

/** At every patch of the alphabet, value and derivatives of the filter are those of f-bar, and no gate is at its kink. */
export function decideFunction(
  gates: Gates,
  cells: Cells,
  { centre, neighbour }: Letters,
  spend: Spend,
): FunctionCounts {
  const { constant, units, weight, bias } = gates;
  const order = [...NEIGHBOURS, 0, 2, 6, 8];
  /** Of each place, the letters that neither the filter nor f-bar tells apart. */
  const kinds = order.map((place) => {
    const pulled = function* (): Generator<[string, { letter: Letter; pulls: Map<number, Pull> }, bigint]> {
      for (const [letter, pulls] of along(units[place] as Unit[], neighbour, spend)) {
        const sorted = [...pulls].sort(([a], [b]) => a - b);
        yield [`${letter.key};${sorted}`, { letter, pulls }, 1n];
      }
    };
    return tally(pulled());
  });
  /** rest[d]: what the neighbours from the d-th on can add to each gate. */
  const rest = [constant.map((): Rest => ({ least: 0n, most: 0n, moves: false }))];
  for (const ofPlace of kinds.toReversed()) {
    spend(constant.length * ofPlace.length);
    const later = rest[0] as Rest[];
    const sooner = later.map(({ least, most, moves }, gate): Rest => {
      const values = ofPlace.map(([{ pulls }]) => pulls.get(gate)?.[0] ?? 0n);
      const [low, high] = [values.reduce((a, b) => (a < b ? a : b)), values.reduce((a, b) => (a > b ? a : b))];
      return { least: least + low, most: most + high, moves: moves || ofPlace.some(([{ pulls }]) => pulls.has(gate)) };
    });
    rest.unshift(sooner);
  }
  /** The path that a cell at `place` leads to, the d-th neighbour; gates that this decides leave the list of open ones. */
  const extend = (path: Path, d: number, place: number, { aim, pulls, output, letter }: Step): Path => {
    spend(1 + path.open.length);
    const [open, sums]: [number[], Jet[]] = [[], []];
    const on = path.on.filter((gate) => rest[d]?.[gate]?.moves);
    const out = plus(path.output, place, output);
    for (const [i, gate] of path.open.entries()) {
      const sum = plus(path.sums[i] as Jet, place, pulls[i] as Pull);
      const { least, most, moves } = (rest[d] as Rest[])[gate] as Rest;
      if ((sum[0] as bigint) + least > 0n) {
        for (const [k, part] of sum.entries()) out[k] = (out[k] as bigint) + (weight[gate] as bigint) * part;
        if (moves) on.push(gate);
      } else if ((sum[0] as bigint) + most >= 0n) {
        open.push(gate);
        sums.push(sum);
      }
    }
    return { aim, open, sums, on, output: out, sample: [...path.sample, letter] };
  };
  /** What the d-th neighbour can do to a path: a matter of its aim, and of which gates are open and on. */
  const stepsFrom = ({ aim, open, on }: Path, d: number): Tally<Step> => {
    spend((1 + open.length + on.length) * (kinds[d]?.length ?? 0));
    const steps = (kinds[d] as (typeof kinds)[0]).map(([{ letter, pulls: by }, size]) => {
      const pulls = open.map((gate) => by.get(gate) ?? NO_PULL);
      const total = (k: 0 | 1): bigint =>
        on.reduce((sum, gate) => sum + (weight[gate] as bigint) * (by.get(gate) ?? NO_PULL)[k], 0n);
      const step: Step = {
        aim: aim.after(order[d] as number, letter.sight),
        pulls,
        output: [total(0), total(1)],
        letter,
      };
      return [`${step.aim.key};${pulls};${step.output}`, step, size] as const;
    });
    return tally(steps);
  };
  const known = new Map<string, Tally<Step>>();

  const rules = Object.fromEntries(RULES.map((rule) => [rule, 0n])) as Record<Rule, bigint>;
  const nine = Array.from({ length: 9 }, () => 0n);
  const start = {
    open: [...constant.keys()],
    sums: constant.map((c) => [c, ...nine]),
    on: [],
    output: [bias, ...nine],
  };
  for (const [letter, by] of along(units[CENTRE] as Unit[], centre, spend)) {
    const aim = aimAt(letter);
    const first: Step = { aim, pulls: start.open.map((gate) => by.get(gate) ?? NO_PULL), output: NO_PULL, letter };
    let paths: Tally<Path> = [[extend({ aim, ...start, sample: [] }, 0, CENTRE, first), 1n]];
    for (const [d, place] of order.entries()) {
      const longer = paths.flatMap(([path, size]) => {
        const key = `${d};${path.aim.key};${path.open};${path.on}`;
        const steps = known.get(key) ?? stepsFrom(path, d);
        known.set(key, steps);
        return steps.map(([step, ways]): [Path, bigint] => [extend(path, d + 1, place, step), size * ways]);
      });
      const keyOf = ({ aim: { key }, open, sums, on, output }: Path): string =>
        `${key};${open};${sums};${on};${output}`;
      paths = tally(longer.map(([path, size]) => [keyOf(path), path, size]));
    }
    for (const [{ aim: end, sums, output, sample }, size] of paths) {
      const outcome = end.outcome as Outcome;
      const differ = (code: "kink" | "value" | "derivative"): never => {
        const patch = [CENTRE, ...order].map((place, i) => `${place}: ${sample[i]?.u}`);
        return reject(code, "filter", `at the patch (place: u) ${patch.join(", ")}; the rule is ${outcome.rule}`);
      };
      // A gate that is open to the end is exactly 0: at its kink, unless it is 0 all around.
      if (sums.some((sum) => sum.some((part) => part !== 0n))) differ("kink");
      const [value, ...slopes] = output;
      if (value !== 1024n * valueOf(cells, outcome, letter)) differ("value");
      const wanted = (place: number): bigint => (place === CENTRE ? 1024n * BigInt(outcome.slope) : 0n);
      if (slopes.some((slope, place) => slope !== wanted(place))) differ("derivative");
      rules[outcome.rule] += size;
    }
  }
  const patches = BigInt(centre.length) * BigInt(neighbour.length) ** 8n;
  const decided = Object.values(rules).reduce((sum, size) => sum + size, 0n);
  if (decided !== patches) reject("volume", "filter", `decided ${decided} of ${patches} patches`);
  const texts = Object.fromEntries(Object.entries(rules).map(([rule, size]) => [rule, String(size)]));
  return { patches: String(patches), rules: texts as Record<Rule, string> };
}
