/**
 * Decides whether a filter, given only as numbers, equals f-bar at every patch of an alphabet: its value and all nine
 * partial derivatives.
 *
 * Branch and bound over boxes. A box gives each of the nine places a set of cells. In a box, f-bar is run on sets: where
 * its answer to a question is not the same for all cells of a set, the set is split by the answer. A gate whose
 * pre-activation has one sign in the box is decided; one that has not is split at the place that moves it most. When
 * nothing is left to decide, the box is a leaf: filter and f-bar are both constant or move together, and are compared
 * exactly. Leaves are disjoint; their volumes must add up to the number of patches, so none was skipped.
 */
import { formatRational, rational, type Rational } from "../../spec/exact/rational.js";
import type { NormalMachine } from "../../spec/machines/machine.js";
import { evaluateWithJacobian, type Network } from "../../spec/networks/network.js";
import { alphabet, patchCount, type AlphabetName } from "../../spec/rcnn/alphabet.js";
import { cellCode, toUnits, type Cell, type CellCode } from "../../spec/rcnn/cell-code.js";
import {
  cellRule as specifiedFilter,
  cellFeatures,
  RULE_LINES,
  outcomeValue,
  type CellOutcome,
  type CellFeatures,
  type RuleLine,
} from "../../spec/rcnn/cell-rule.js";
import { CENTRE, patchOf, PLACES } from "../../spec/rcnn/patch.js";
import { rejected, type Rejected, type Verdict, accepted } from "../verdict.js";
import { Work, withinWork } from "../work.js";
import { Ambiguous, specifiedOnBox, type Box } from "./box.js";
import { gateTables, type GateTables, type TableFault } from "./gate-tables.js";
import { CellSet } from "./cell-set.js";
import { checkAlphabetSize, letterClasses, placeCells, placeUnits, type LetterClass } from "./letters.js";

/**
 * Why a network is not f-bar: it has no tables, a kink at a patch, a wrong value or a wrong derivative; "volume" means
 * that the boxes do not add up to the alphabet, which would be a bug of the checker.
 *
 * @example
 * ```ts
 * import { checkFunction, loadMachine, machineToFilter, normalForm, type FunctionFault } from "weightproof";
 *
 * // The filter of another machine with as many states:
 * const [bb2, other] = ["1RB1LB_1LA1RZ", "1RB1LA_1LA1RZ"].map((text) => normalForm(loadMachine(text)));
 * const verdict = checkFunction(machineToFilter(other!), bb2!, "well-formed");
 * const code: FunctionFault | undefined = verdict.verdict === "rejected" ? verdict.code : undefined;
 * code; // => "value"
 * ```
 */
export type FunctionFault = TableFault | "kink" | "value" | "derivative" | "volume";

/**
 * How much was looked at.
 *
 * @example
 * ```ts
 * import { checkFunction, loadMachine, machineToFilter, normalForm, type FunctionResult } from "weightproof";
 *
 * const machine = normalForm(loadMachine("bb2"));
 * const verdict = checkFunction(machineToFilter(machine), machine, "well-formed");
 * const result: FunctionResult | undefined = verdict.verdict === "accepted" ? verdict.result : undefined;
 * // Every patch is under one line of the cell rule.
 * const patches = Object.values(result?.rules ?? {}).reduce((sum, patches) => sum + patches, 0n);
 * patches === result?.patches; // => true
 * ```
 */
export interface FunctionResult {
  /** |centre alphabet| * |neighbour alphabet|^8 */
  readonly patches: bigint;
  /** Patches under each line of f-bar; they add up to `patches`. */
  readonly rules: Readonly<Record<RuleLine, bigint>>;
  readonly leaves: number;
}

const CHARACTERS_PER_NUMBER = 20;

/** To look through the slopes of a cell for one gate. */
const STEPS_PER_SLOPES = 16;

/** To open a box and ask f-bar about it, beside what its gates cost. */
const STEPS_PER_BOX = 2048;

/**
 * Checks value and Jacobian of a filter on an alphabet.
 *
 * @param filter in u-units: nine inputs in the order of vec(z), one output
 * @param work what may be spent; past it the filter is left undecided
 *
 * @example
 * ```ts
 * import { checkFunction, loadMachine, machineToFilter, normalForm } from "weightproof";
 *
 * const machine = normalForm(loadMachine("bb2"));
 * const filter = machineToFilter(machine);
 * checkFunction(filter, machine, "well-formed").verdict; // => "accepted"
 *
 * // The same filter with its last matrix doubled:
 * const last = filter.layers.at(-1)!;
 * const doubled = last.rows.map(({ bias, entries }) => ({
 *   bias,
 *   entries: entries.map(([column, weight]) => [column, weight.mul(2n)] as const),
 * }));
 * const wrong = { layers: [...filter.layers.slice(0, -1), { ...last, rows: doubled }] };
 * const verdict = checkFunction(wrong, machine, "well-formed");
 * verdict.verdict === "rejected" && Array.isArray(verdict.witness["patch"]); // => true
 * ```
 */
export function checkFunction(
  filter: Network,
  machine: NormalMachine,
  name: AlphabetName,
  progress?: (done: number, total: number) => void,
  work: Work = new Work(charactersOf(filter)),
): Verdict<FunctionFault, FunctionResult> {
  return withinWork(() => decide(filter, machine, name, progress, work));
}

/** About as many characters as a network has in a certificate, where there is none. */
function charactersOf({ layers }: Network): number {
  const numbers = layers.flatMap(({ rows }) => rows.map(({ entries }) => 1 + entries.length));
  return CHARACTERS_PER_NUMBER * numbers.reduce((sum, count) => sum + count, 0);
}

function decide(
  filter: Network,
  machine: NormalMachine,
  name: AlphabetName,
  progress: ((done: number, total: number) => void) | undefined,
  work: Work,
): Verdict<FunctionFault, FunctionResult> {
  const code = cellCode(machine.states.length);
  const tooLarge = checkAlphabetSize(code, name);
  if (tooLarge !== undefined) return tooLarge;
  const letters = alphabet(code, name);
  const cells = placeCells(letters);
  const tables = gateTables(filter, placeUnits(code, cells), work);
  if ("verdict" in tables) return tables;
  const questions = cellFeatures(code, machine);
  const search = new BoxSearch(code, questions, tables, filter, work);
  const sets = letterClasses(tables, cells, questions).map((classes) => new CellSet(classes, work));
  const centres = (sets[CENTRE] as CellSet).members;
  for (const [i, centre] of centres.entries()) {
    const failure = search.visit(sets.with(CENTRE, new CellSet([centre], work)), search.allGates(), undefined);
    if (failure !== undefined) return failure;
    progress?.(i + 1, centres.length);
  }
  const patches = patchCount(letters);
  const visited = Object.values(search.rules).reduce((sum, volume) => sum + volume, 0n);
  if (visited !== patches) {
    return rejected("volume", "filter", "the leaves do not add up to the alphabet", {
      visited: String(visited),
      patches: String(patches),
    });
  }
  return accepted({ patches, rules: search.rules, leaves: search.leaves });
}

/** What earlier splits have settled: gates that are on in the whole box, summed up as one function of the places. */
interface Gates {
  readonly undecided: readonly number[];
  readonly on: readonly number[];
}

class BoxSearch {
  readonly rules: Record<RuleLine, bigint>;
  leaves = 0;
  readonly #code: CellCode;
  readonly #questions: CellFeatures;
  readonly #tables: GateTables;
  readonly #filter: Network;
  readonly #work: Work;

  constructor(code: CellCode, questions: CellFeatures, tables: GateTables, filter: Network, work: Work) {
    this.#code = code;
    this.#questions = questions;
    this.#tables = tables;
    this.#filter = filter;
    this.#work = work;
    this.rules = Object.fromEntries(RULE_LINES.map((rule) => [rule, 0n])) as Record<RuleLine, bigint>;
  }

  allGates(): Gates {
    return { undecided: Array.from({ length: this.#tables.gates }, (_, gate) => gate), on: [] };
  }

  /** Returns a failure found in the box, or nothing. */
  visit(box: Box, inherited: Gates, known: CellOutcome | undefined): Rejected<FunctionFault> | undefined {
    this.#work.spend(STEPS_PER_BOX);
    const outcome = known ?? specifiedOnBox(this.#code, this.#questions, box);
    if (outcome instanceof Ambiguous) {
      const { place, question } = outcome;
      return this.#visitParts(box, place, (box[place] as CellSet).byAnswer(question), inherited, undefined);
    }
    const gates = this.#decide(box, inherited);
    const [straddling] = gates.undecided;
    if (straddling !== undefined) {
      const place = this.#widest(box, straddling);
      if (place === undefined) return this.#rejectKink(box, straddling);
      return this.#visitParts(box, place, (box[place] as CellSet).byGate(straddling), gates, outcome);
    }
    for (const [place, set] of box.entries()) {
      if (gates.on.every((gate) => set.least[gate] === set.most[gate])) continue;
      this.#work.spend(set.members.length * gates.on.length);
      const parts = set.partition(({ value }) => this.#weighted(gates.on, value));
      if (parts.length > 1) return this.#visitParts(box, place, parts, gates, outcome);
    }
    return this.#compare(box, gates.on, outcome);
  }

  #visitParts(
    box: Box,
    place: number,
    parts: readonly CellSet[],
    gates: Gates,
    outcome: CellOutcome | undefined,
  ): Rejected<FunctionFault> | undefined {
    for (const part of parts) {
      const failure = this.visit(box.with(place, part), gates, outcome);
      if (failure !== undefined) return failure;
    }
    return undefined;
  }

  /** Sorts gates into on, off (dropped) and undecided, by the range of their pre-activation in the box. */
  #decide(box: Box, gates: Gates): Gates {
    this.#work.spend(2 * (gates.on.length + gates.undecided.length * PLACES));
    const on = [...gates.on];
    const undecided: number[] = [];
    for (const gate of gates.undecided) {
      let low = this.#tables.bias[gate] as number;
      let high = low;
      for (const set of box) {
        low += set.least[gate] as number;
        high += set.most[gate] as number;
      }
      if (low > 0) on.push(gate);
      // A gate that is 0 around all patches of the box, and not only at them, is off and has a derivative.
      else if (high > 0 || (high === 0 && (low < 0 || this.#movingPlace(box, gate) !== undefined)))
        undecided.push(gate);
    }
    return { undecided, on };
  }

  /** A place of the box with a cell at which a gate's summand changes with the coordinate. */
  #movingPlace(box: Box, gate: number): { readonly place: number; readonly cell: LetterClass } | undefined {
    for (const [place, set] of box.entries()) {
      this.#work.spend(set.members.length * STEPS_PER_SLOPES);
      const cell = set.members.find(({ slope }) => slope.some(([moved]) => moved === gate));
      if (cell !== undefined) return { place, cell };
    }
    return undefined;
  }

  #rejectKink(box: Box, gate: number): Rejected<FunctionFault> {
    const { place, cell } = this.#movingPlace(box, gate) as { place: number; cell: LetterClass };
    return this.#reject("kink", box.with(place, new CellSet([cell])), `gate ${gate} sits at its kink`);
  }

  /** The place where a gate's summand varies most within the box, if it varies anywhere. */
  #widest(box: Box, gate: number): number | undefined {
    let best: number | undefined;
    let width = 0;
    for (const [place, set] of box.entries()) {
      const spread = (set.most[gate] as number) - (set.least[gate] as number);
      if (spread > width) [best, width] = [place, spread];
    }
    return best;
  }

  /** What the gates that are on pass to the output of the given pre-activations, in 1 / (unit * outputUnit). */
  #weighted(on: readonly number[], pre: Float64Array): number {
    let sum = 0;
    for (const gate of on) sum += (this.#tables.outputWeight[gate] as number) * (pre[gate] as number);
    return sum;
  }

  /** Compares filter and f-bar on a box in which both are constant. */
  #compare(box: Box, on: readonly number[], outcome: CellOutcome): Rejected<FunctionFault> | undefined {
    const tables = this.#tables;
    this.#work.spend((PLACES + 1) * on.length);
    let output = tables.outputBias + this.#weighted(on, tables.bias);
    for (const set of box) output += this.#weighted(on, set.members[0].value);
    const centre = (box[CENTRE] as CellSet).members[0].representative;
    const expected = toUnits(this.#code, outcomeValue(outcome, centre));
    if (BigInt(output) !== expected * tables.unit * tables.outputUnit)
      return this.#reject("value", box, "the value differs");

    let isOn: ReadonlySet<number> | undefined;
    for (const [place, set] of box.entries()) {
      const wanted = place === CENTRE && outcome.slope === 1 ? tables.unit * tables.outputUnit : 0n;
      if (!set.hasSlope && wanted === 0n) continue;
      if (isOn === undefined) {
        this.#work.spend(STEPS_PER_SLOPES * on.length);
        isOn = new Set(on);
      }
      for (const cell of set.members) {
        this.#work.spend(cell.slope.length);
        let slope = 0;
        for (const [gate, d] of cell.slope) if (isOn.has(gate)) slope += (tables.outputWeight[gate] as number) * d;
        if (BigInt(slope) !== wanted) {
          const witness = box.with(place, new CellSet([cell]));
          return this.#reject("derivative", witness, `the derivative by place ${place} differs`);
        }
      }
    }
    this.leaves++;
    this.rules[outcome.rule] += box.reduce((volume, set) => volume * set.size, 1n);
    return undefined;
  }

  /** A rejection with a concrete patch: what the filter gives there by definition, and what f-bar asks for. */
  #reject(code: FunctionFault, box: Box, message: string): Rejected<FunctionFault> {
    const cells = box.map((set) => set.members[0].representative);
    const outcome = specifiedFilter(this.#code, this.#questions, patchOf(cells));
    const inUnits = cells.map((cell) => rational(toUnits(this.#code, cell.value)));
    const actual = evaluateWithJacobian(this.#filter, inUnits);
    const x = (units: Rational) => formatRational(units.div(rational(this.#code.scale)));
    return rejected(code, "filter", message, {
      patch: cells.map((cell) => formatRational(cell.value)),
      rule: outcome.rule,
      expected: formatRational(outcomeValue(outcome, cells[CENTRE] as Cell)),
      actual: x(actual.value[0] as Rational),
      expectedJacobian: Array.from({ length: PLACES }, (_, p) => (p === CENTRE ? String(outcome.slope) : "0")),
      actualJacobian: actual.kink
        ? ["none: a ReLU sits at its kink"]
        : (actual.jacobian[0] as Rational[]).map(formatRational),
    });
  }
}
