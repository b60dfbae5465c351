/** The filter is f-bar: value and derivatives at every patch. */
import { tally, type Tally } from "./network.js";
import { reject } from "./rcnn-codes.js";
import { aimAt, NEIGHBOURS, RULES, valueOf, type Aim, type Outcome, type Rule } from "./rcnn-definition.js";
import { along, gcd, NO_PULL, unitsOf, type Gates, type Pull } from "./rcnn-gates.js";
import { CENTRE, type Cells, type Letter, type Letters } from "./rcnn-machine.js";
import type { Work } from "./text.js";

/** What things count as, in sums. */
const COST = { path: 8, openGate: 6, step: 2, sum: 3 };

/** Steps that are kept to be looked up; not a limit of what is decided. */
const KNOWN_STEPS = 500_000;

/** The statements of a certificate about its filter's values, without the leaves of the first checker's search. */
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
  /** Gates that are on, whatever follows, the linear part among them; and what all of these have put out so far. */
  readonly on: readonly number[];
  readonly output: Jet;
  /** One of the partial patches. */
  readonly sample: Sample | undefined;
}

/** Letters in the order of places, the last one first. */
interface Sample {
  readonly letter: Letter;
  readonly before: Sample | undefined;
}

function shown(order: readonly number[], sample: Sample | undefined): string {
  const letters: string[] = [];
  for (let rest = sample; rest !== undefined; rest = rest.before) letters.unshift(String(rest.letter.u));
  return letters.map((u, i) => `${order[i]}: ${u}`).join(", ");
}

/** What later cells can add to a gate, at least and at most; and whether they do anything to it. */
interface Rest {
  readonly least: bigint;
  readonly most: bigint;
  readonly moves: boolean;
}

/** A letter with what it adds to gates. */
interface Kind {
  readonly letter: Letter;
  readonly pulls: ReadonlyMap<number, Pull>;
}

/** What a next cell does to a path. */
interface Step {
  readonly aim: Aim;
  readonly pulls: readonly Pull[];
  readonly output: Pull;
  readonly letter: Letter;
}

/** Neighbours in the order in which they are read. */
const ORDER: readonly number[] = [...NEIGHBOURS, 0, 2, 6, 8];

/**
 * At every patch of the alphabet, value and derivatives of the filter are those of f-bar, and no gate is at its kink.
 */
export function decideFunction(gates: Gates, cells: Cells, letters: Letters, work: Work): FunctionCounts {
  const { centre, neighbour } = letters;
  const { spend } = work;
  const { units, linear } = gates;
  /** The live gates, and after them the linear part, which is on from the start. */
  const all = [...gates.live, linear];
  const read = unitsOf(units, all, spend);
  const weight = all.map((gate) => gate.weight);
  /** Of each place, the letters that neither the filter nor f-bar tells apart. */
  const kinds = ORDER.map((place): Tally<Kind> => {
    const pulled = function* (): Generator<[string, Kind, bigint]> {
      for (const [letter, pulls] of along(read[place] ?? [], neighbour, spend)) {
        const sorted = [...pulls].sort(([k], [l]) => k - l);
        yield [`${letter.key};${sorted.join(";")}`, { letter, pulls }, 1n];
      }
    };
    const found = tally(pulled());
    work.hold(found.reduce((sum, [{ pulls }]) => sum + 1 + pulls.size, 0));
    return found;
  });
  /** rest[d]: what the neighbours from the d-th on can add to each gate. */
  const rest = [all.map((): Rest => ({ least: 0n, most: 0n, moves: false }))];
  for (const ofPlace of kinds.toReversed()) {
    spend(all.length * ofPlace.length);
    const later = rest[0] as Rest[];
    const sooner = later.map(({ least, most, moves }, gate): Rest => {
      const values = ofPlace.map(([{ pulls }]) => pulls.get(gate)?.[0] ?? 0n);
      const [low, high] = [values.reduce((a, b) => (a < b ? a : b)), values.reduce((a, b) => (a > b ? a : b))];
      return { least: least + low, most: most + high, moves: moves || ofPlace.some(([{ pulls }]) => pulls.has(gate)) };
    });
    rest.unshift(sooner);
  }
  /**
   * The path that a cell at `place` leads to, the d-th neighbour; gates that this decides leave the list of open ones.
   */
  const extend = (path: Path, d: number, place: number, { aim, pulls, output, letter }: Step): Path => {
    spend(COST.path + COST.openGate * path.open.length);
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
    return { aim, open, sums, on, output: out, sample: { letter, before: path.sample } };
  };
  /** What gates that are on put out for a cell. */
  const outputOf = (on: readonly number[], pulls: ReadonlyMap<number, Pull>): Pull => {
    const total = (k: 0 | 1): bigint =>
      on.reduce((sum, gate) => sum + (weight[gate] as bigint) * (pulls.get(gate) ?? NO_PULL)[k], 0n);
    return [total(0), total(1)];
  };
  /** What the d-th neighbour can do to a path: a matter of its aim, and of which gates are open and on. */
  const stepsFrom = ({ aim, open, on }: Path, d: number): Tally<Step> => {
    spend((COST.step + open.length + on.length) * (kinds[d]?.length ?? 0));
    const steps = (kinds[d] as Tally<Kind>).map(([{ letter, pulls: by }, size]) => {
      const pulls = open.map((gate) => by.get(gate) ?? NO_PULL);
      const after = aim.after(ORDER[d] as number, letter.sight);
      const step: Step = { aim: after, pulls, output: outputOf(on, by), letter };
      return [`${step.aim.key};${pulls.join(";")};${step.output.join()}`, step, size] as const;
    });
    return tally(steps);
  };
  let known = new Map<string, Tally<Step>>();
  let knownSize = 0;
  const knownSteps = (path: Path, d: number): Tally<Step> => {
    const key = `${d};${path.aim.key};${path.open.join()};${path.on.join()}`;
    let steps = known.get(key);
    if (steps === undefined) {
      steps = stepsFrom(path, d);
      knownSize += (1 + path.open.length) * steps.length;
      // What is forgotten is found again, at its price.
      if (knownSize > KNOWN_STEPS) [known, knownSize] = [new Map(), 0];
      known.set(key, steps);
    }
    return steps;
  };
  /** The paths to which the d-th neighbour leads; those that no later cell can tell apart are one. */
  const longer = (paths: Tally<Path>, d: number): Tally<Path> => {
    const before = work.held();
    const next = function* (): Generator<[string, Path, bigint]> {
      for (const [path, size] of paths) {
        for (const [step, ways] of knownSteps(path, d)) {
          const one = extend(path, d + 1, ORDER[d] as number, step);
          yield [keyOf(one), one, size * ways];
        }
      }
    };
    const held = (path: Path): void => work.hold(COST.path + path.open.length);
    const found = tally(next(), held);
    work.release(before + found.reduce((sum, [{ open }]) => sum + COST.path + open.length, 0));
    return found;
  };

  const rules = Object.fromEntries(RULES.map((rule) => [rule, 0n])) as Record<Rule, bigint>;
  const nine = Array.from({ length: 9 }, () => 0n);
  const isOn = gates.live.length;
  const start = {
    open: [...gates.live.keys()],
    sums: gates.live.map(({ constant }): Jet => [constant, ...nine]),
    on: [isOn],
    output: [linear.constant, ...nine],
  };
  const held = work.held();
  for (const [letter, by] of along(read[CENTRE] ?? [], centre, spend)) {
    const aim = aimAt(letter);
    const pulls = start.open.map((gate) => by.get(gate) ?? NO_PULL);
    const first: Step = { aim, pulls, output: outputOf(start.on, by), letter };
    let paths: Tally<Path> = [[extend({ aim, ...start, sample: undefined }, 0, CENTRE, first), 1n]];
    for (const d of ORDER.keys()) paths = longer(paths, d);
    work.release(held);
    for (const [{ aim: end, sums, output, sample }, size] of paths) {
      const outcome = end.outcome as Outcome;
      const differ = (code: "kink" | "value" | "derivative"): never =>
        reject(code, "filter", `at the patch (place: u) ${shown([CENTRE, ...ORDER], sample)}; the rule is ${outcome.rule}`); // prettier-ignore
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
  decideKinks(gates, letters, work);
  const texts = Object.fromEntries(Object.entries(rules).map(([rule, size]) => [rule, String(size)]));
  return { patches: String(patches), rules: texts as Record<Rule, string> };
}

function keyOf({ aim: { key }, open, sums, on, output }: Path): string {
  return `${key};${open.join()};${sums.join(";")};${on.join()};${output.join()}`;
}

/** A value that cells so far give a gate, with one of the ways to it; and whether a derivative is not 0 in it. */
interface PartialSum {
  readonly value: bigint;
  readonly isSteep: boolean;
  readonly sample: Sample | undefined;
}

/**
 * No gate that the values do not depend on is at its kink at a patch. Each is decided alone: its values are added up
 * cell by cell, as a set, as long as they can still become 0. Mostly that is clear from the start: the values that a
 * gate can have leave the same rest by the common divisor of their differences, and that is not 0.
 */
function decideKinks({ units, silent }: Gates, { centre, neighbour }: Letters, work: Work): void {
  const order = [CENTRE, ...ORDER];
  const read = unitsOf(units, silent, work.spend);
  const tables = order.map((): Map<string, PartialSum>[] => silent.map(() => new Map()));
  const held = work.held();
  for (const [d, place] of order.entries()) {
    const letters = place === CENTRE ? centre : neighbour;
    for (const [letter, pulls] of along(read[place] ?? [], letters, work.spend)) {
      for (const [gate, [value, slope]] of pulls) {
        const table = tables[d]?.[gate] as Map<string, PartialSum>;
        const key = `${value};${slope !== 0n}`;
        if (!table.has(key)) {
          work.hold(1);
          table.set(key, { value, isSteep: slope !== 0n, sample: { letter, before: undefined } });
        }
      }
      // A letter that adds nothing to a gate is one for all of these.
      if (pulls.size < silent.length) {
        work.spend(silent.length);
        for (const [gate, table] of (tables[d] ?? []).entries())
          if (!pulls.has(gate) && !table.has("0;false"))
            table.set("0;false", { value: 0n, isSteep: false, sample: { letter, before: undefined } });
      }
    }
  }
  for (const [gate, { constant }] of silent.entries()) {
    const choices = tables.map((of) => [...(of[gate] as Map<string, PartialSum>).values()]);
    let [divisor, base]: [bigint, bigint] = [0n, constant];
    const ends: (readonly [bigint, bigint])[] = [[0n, 0n]];
    for (const choice of choices.toReversed()) {
      work.spend(choice.length);
      const values = choice.map(({ value }) => value);
      const [first] = values as [bigint];
      base += first;
      for (const value of values) divisor = gcd(divisor, value - first);
      const [low, high] = [values.reduce((a, b) => (a < b ? a : b)), values.reduce((a, b) => (a > b ? a : b))];
      const [least, most] = ends[0] as readonly [bigint, bigint];
      ends.unshift([least + low, most + high]);
    }
    if (divisor === 0n ? base !== 0n : base % divisor !== 0n) continue;
    let sums = new Map<string, PartialSum>([["", { value: constant, isSteep: false, sample: undefined }]]);
    const before = work.held();
    for (const [d, choice] of choices.entries()) {
      const [least, most] = ends[d + 1] as readonly [bigint, bigint];
      const next = new Map<string, PartialSum>();
      work.spend(COST.sum * sums.size * choice.length);
      for (const sum of sums.values()) {
        for (const { value, isSteep, sample } of choice) {
          const total = sum.value + value;
          if (total + least > 0n || total + most < 0n) continue;
          const steep = sum.isSteep || isSteep;
          const key = `${total};${steep}`;
          if (next.has(key)) continue;
          work.hold(1);
          next.set(key, {
            value: total,
            isSteep: steep,
            sample: { letter: (sample as Sample).letter, before: sum.sample },
          });
        }
      }
      work.release(before);
      work.hold(next.size);
      sums = next;
    }
    work.release(before);
    for (const { isSteep, sample } of sums.values())
      if (isSteep)
        reject("kink", "filter", `at the patch (place: u) ${shown(order, sample)}, in a gate that changes nothing`);
  }
  work.release(held);
}
