/** f-bar_Conv2D (B.2) as an automaton that reads the cells of a patch one after the other. */
import { ABOVE, BELOW, CENTRE, LEFT, RIGHT, textOf, type Cells, type Letter, type Sight } from "./rcnn-machine.js";
import { tally, type Tally } from "./network.js";

/** The lines of f-bar. */
// prettier-ignore
export const RULES = [
  "msg-1-memorize", "msg-2-spread-memory", "msg-3-start", "msg-4-spread-compute", "msg-5-keep", "tm-1-head-here",
  "tm-2-head-below", "tm-3-head-above", "tm-4-head-right", "tm-5-head-left", "tm-6-keep", "otherwise-keep",
] as const;

/** A line of f-bar: the name under which FORMAT.md counts its patches. */
export type Rule = (typeof RULES)[number];

/** What a line of f-bar gives: base + phase / 9 + what a head brings; its derivative by the centre is slope. */
export interface Outcome {
  readonly rule: Rule;
  readonly base: "centre" | "written" | "nothing";
  readonly phase: -1 | 0 | 1;
  /** Its state; "own": the next state of the head at the centre. */
  readonly head: number | "own" | "none";
  readonly slope: 0 | 1;
}

/** The value of f-bar in u-units, from its outcome and the patch's centre. */
export function valueOf(
  { unit, head: headOf }: Cells,
  { base, phase, head }: Outcome,
  { u, write, sight }: Letter,
): bigint {
  const from = { centre: u, written: BigInt(write ?? 0) * unit(1), nothing: 0n }[base];
  return from + BigInt(phase) * unit(2) + (head === "none" ? 0n : headOf(head === "own" ? (sight.next ?? 0) : head));
}

/**
 * What is known of f-bar after some cells of a patch: its outcome, or how to continue. Equal knowledge has equal keys.
 */
export interface Aim {
  readonly key: string;
  readonly outcome?: Outcome;
  readonly after: (place: number, seen: Sight) => Aim;
}

/** The neighbours that f-bar reads, in an order in which its lines can be decided one after the other. */
export const NEIGHBOURS: readonly number[] = [BELOW, ABOVE, RIGHT, LEFT];
const ARRIVALS: readonly Rule[] = ["tm-2-head-below", "tm-3-head-above", "tm-4-head-right", "tm-5-head-left"];

function settled(rule: Rule, base: Outcome["base"], part: Partial<Outcome> = {}): Aim {
  const outcome: Outcome = { rule, base, phase: 0, head: "none", slope: 0, ...part };
  const aim: Aim = { key: textOf(outcome), outcome, after: () => aim };
  return aim;
}

/** f-bar_Conv2D after its centre. */
export function aimAt({ u, sight }: Letter): Aim {
  if (sight.phase === 0)
    return message({ zero: u === 0n, set: sight.isSet, memory: false, corner: false, compute: false });
  if (sight.phase !== 1) return settled("otherwise-keep", "centre", { slope: sight.phase === -1 ? 1 : 0 });
  if (sight.to === undefined) return FREE;
  return sight.to === CENTRE ? settled("tm-1-head-here", "written", { phase: 1, head: "own" }) : leaving(sight.to);
}

/** f-bar_TM, a head at the centre that moves; where it would leave the grid, it stays (amendment border-stays). */
function leaving(to: number): Aim {
  const head = ({ isPadding }: Sight): "own" | "none" => (isPadding ? "own" : "none");
  const aim: Aim = {
    key: String(to),
    after: (place, seen) => (place === to ? settled("tm-1-head-here", "written", { phase: 1, head: head(seen) }) : aim),
  };
  return aim;
}

/** f-bar_TM, no head so far. */
const FREE: Aim = {
  key: "free",
  after: (place, { to, next }) => {
    if (to === undefined) return place === LEFT ? settled("tm-6-keep", "centre") : FREE;
    const head = to === 8 - place ? (next ?? 0) : "none";
    return settled(ARRIVALS[NEIGHBOURS.indexOf(place)] as Rule, "centre", { head });
  },
};

/** f-bar_msg: whether the centre is 0 or has a symbol, and what the neighbours showed so far. */
function message(so: Readonly<Record<"zero" | "set" | "memory" | "corner" | "compute", boolean>>): Aim {
  const after = (place: number, seen: Sight): Aim => {
    const memory = so.memory || seen.phase === -1;
    const corner = so.corner || (place === BELOW && so.set && seen.isPadding);
    const compute = so.compute || seen.phase === 1;
    if (place === ABOVE && so.zero && seen.isSet) return settled("msg-1-memorize", "nothing", { phase: -1, slope: 1 });
    if (place === ABOVE && memory) return settled("msg-2-spread-memory", "nothing", { phase: -1 });
    if (place === RIGHT && corner && seen.isOne) return settled("msg-3-start", "centre", { phase: 1, head: 0 });
    if (place !== LEFT) return message({ ...so, memory, corner, compute });
    return compute ? settled("msg-4-spread-compute", "centre", { phase: 1 }) : settled("msg-5-keep", "centre");
  };
  return { key: textOf(so), after };
}

/**
 * The outcomes of f-bar after its centre, where a neighbour shows one of some sights; with the number of ways to each.
 */
export function outcomesFrom(start: Aim, at: (place: number) => Tally<Sight>): Tally<Outcome> {
  let aims: Tally<Aim> = [[start, 1n]];
  for (const place of NEIGHBOURS) {
    const next = aims.flatMap(([aim, ways]) =>
      at(place).map(([sight, n]): [Aim, bigint] => [aim.after(place, sight), ways * n]),
    );
    aims = tally(next.map(([aim, ways]) => [aim.key, aim, ways]));
  }
  return aims.map(([{ outcome }, ways]) => [outcome as Outcome, ways]);
}

/** What neighbours of some letters show, with the number of letters that show it. */
export function sightsOf(letters: readonly Letter[]): Tally<Sight> {
  return tally(letters.map(({ key, sight }) => [key, sight, 1n]));
}

/** The outcome of f-bar at a patch. */
export function outcomeAt(patch: readonly Letter[]): Outcome {
  const end = NEIGHBOURS.reduce(
    (aim, place) => aim.after(place, (patch[place] as Letter).sight),
    aimAt(patch[CENTRE] as Letter),
  );
  return end.outcome as Outcome;
}
