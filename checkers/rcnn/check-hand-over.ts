/**
 * Decides the hand-over from memory to computation (end of B.3) for every number of rows, of main and of padding columns, and
 * all signs: a memorized grid becomes a computing grid, because the compute phase stays ahead of the head.
 *
 * The argument. Let G_k be the grid of the machine's k-th configuration, all cells in the compute phase. Claim: k + 1
 * layers leave G_k where the phase has arrived, that is at a distance of at most k from the start (front.ts), and the
 * memorized cells ahead of it; the head is behind the front, or on it in the first state. The first layer makes this of a
 * memorized grid with k = 0. From then on compare f-bar's patches in the grid that is there and in G_k, where the cells
 * ahead of the front compute already. Decided here, at every patch that shows a cell ahead:
 *
 * - where the phase has arrived, f-bar leaves the same in both, so what the machine's step leaves there (check-step.ts);
 * - where it arrives now, f-bar adds 3^-2, and in G_k keeps the cell: no head came;
 * - elsewhere f-bar keeps the cell, in both.
 *
 * So the head is not ahead of the front after the layer, nor on it, because one step is a step of distance: the claim holds
 * with k + 1. When the phase has reached the farthest cell, the grid is a computing one.
 *
 * All this is about f-bar and the machine's table. The filter is f-bar where it was compared with it, on all well-formed
 * patches; and the normal form's first state moves nowhere. So it fails for no machine in its normal form.
 */
import { formatRational, rational } from "../../spec/exact/rational.js";
import type { NormalMachine } from "../../spec/machines/machine.js";
import { computeCells, headCells } from "../../spec/rcnn/alphabet.js";
import {
  cellCode,
  cellFromDigits,
  headOnCell,
  headValue,
  PADDING_CELL,
  PHASE_VALUE,
  PHASE,
  type Cell,
  type CellCode,
  type Digit,
} from "../../spec/rcnn/cell-code.js";
import { cellFeatures, outcomeValue, type CellFeatures, type CellOutcome } from "../../spec/rcnn/cell-rule.js";
import { CENTRE } from "../../spec/rcnn/patch.js";
import { accepted, rejected, type Rejected, type Verdict } from "../verdict.js";
import { Work, withinWork } from "../work.js";
import { Ambiguous, specifiedOnBox, type Box } from "./box.js";
import { CellSet } from "./cell-set.js";
import { frontPatches, type FrontKind, type FrontPatch } from "./front.js";
import { classesByAnswers } from "./letters.js";

/** A patch at the front at which f-bar does not hand over. As in StepFault, it would be a fault of the definitions. */
export type HandOverFault = "hand-over";

/** How much was looked at. */
export interface HandOverResult {
  /** Kinds of patches with a cell ahead of the front. */
  readonly fronts: number;
  /** Patches: each kind with every content of its cells. */
  readonly patches: bigint;
}

/** Boxes of a state at all kinds of patches. */
const STEPS_PER_STATE = 2 ** 16;

/** Checks that f-bar hands over from memory to computation, whatever the size of the grid and its signs are. */
export function checkHandOver(machine: NormalMachine, work: Work = new Work()): Verdict<HandOverFault, HandOverResult> {
  return withinWork(() => {
    work.spend(STEPS_PER_STATE * machine.states.length);
    const code = cellCode(machine.states.length);
    const front = new Front(code, cellFeatures(code, machine), work);
    const kinds = frontPatches();
    let patches = 0n;
    for (const kind of kinds) {
      const visited = front.visit(kind);
      if (typeof visited !== "bigint") return visited;
      patches += visited;
    }
    return accepted({ fronts: kinds.length, patches });
  });
}

/** What a place of a patch may hold, in the grid that is there and in the one that computes everywhere. */
interface Contents {
  readonly there: CellSet;
  readonly computing: CellSet;
  /** The contents one by one, where the two differ. */
  readonly each?: readonly Contents[];
}

/** Decides the patches of one machine. */
class Front {
  readonly #code: CellCode;
  readonly #questions: CellFeatures;
  readonly #contents: Readonly<Record<FrontKind, Contents>>;

  constructor(code: CellCode, questions: CellFeatures, work: Work) {
    this.#code = code;
    this.#questions = questions;
    const set = (cells: readonly Cell[]): CellSet => new CellSet(classesByAnswers(cells, questions, false), work);
    const same = (cells: readonly Cell[]): Contents => ({ there: set(cells), computing: set(cells) });
    const ahead = (...faces: (readonly [Digit, Digit])[]): Contents => ({
      there: set(faces.map((face) => cellFromDigits(code, face))),
      computing: set(faces.map((face) => cellFromDigits(code, [...face, PHASE.compute]))),
      each: faces.length === 1 ? [] : faces.map((face) => ahead(face)),
    });
    const [plain, heads] = [computeCells(code), headCells(code)];
    const first = heads.filter((head) => headOnCell(code, head)?.state === 0);
    this.#contents = {
      O: same([PADDING_CELL]),
      d: ahead([0, -1], [0, 1]),
      n: ahead([1, 0]),
      f: same([...plain, ...first]),
      b: same([...plain, ...heads]),
    };
  }

  /** How many patches there are of a kind, or the first at which f-bar does not do what it should. */
  visit(patch: FrontPatch): bigint | Rejected<HandOverFault> {
    return this.#search(
      patch,
      patch.kinds.map((kind) => this.#contents[kind]),
    );
  }

  #search(patch: FrontPatch, contents: readonly Contents[]): bigint | Rejected<HandOverFault> {
    const [there, computing] = [contents.map((one) => one.there), contents.map((one) => one.computing)];
    const [found, wanted] = [there, computing].map((box) => specifiedOnBox(this.#code, this.#questions, box));
    const open = found instanceof Ambiguous ? found : wanted;
    if (!(open instanceof Ambiguous)) {
      const isRight = this.#isRight(patch, contents[CENTRE] as Contents, found as CellOutcome, open as CellOutcome);
      return isRight
        ? there.reduce((product, { size }) => product * size, 1n)
        : wrong(patch, there, found as CellOutcome);
    }
    let patches = 0n;
    for (const part of partsOf(contents[open.place] as Contents, open)) {
      const visited = this.#search(patch, contents.with(open.place, part));
      if (typeof visited !== "bigint") return visited;
      patches += visited;
    }
    return patches;
  }

  /** Compares what f-bar leaves of the centre in the two grids. */
  #isRight({ centre }: FrontPatch, { there }: Contents, found: CellOutcome, inComputing: CellOutcome): boolean {
    const { keepsCentre, offset } = found;
    if (centre === "computes") return keepsCentre === inComputing.keepsCentre && offset.equals(inComputing.offset);
    if (!inComputing.keepsCentre || !inComputing.offset.equals(0n)) return false;
    const starts = PHASE_VALUE.add(headValue(this.#code, 0));
    const added = { starts, reached: PHASE_VALUE, waits: rational(0n) }[centre];
    return there.members.every(({ representative }) =>
      outcomeValue(found, representative).equals(representative.value.add(added)),
    );
  }
}

/** The parts of a place's contents that give one answer each. */
function partsOf(contents: Contents, { question }: Ambiguous): readonly Contents[] {
  return contents.each ?? contents.there.byAnswer(question).map((part) => ({ there: part, computing: part }));
}

function wrong({ kinds, centre }: FrontPatch, box: Box, { rule }: CellOutcome): Rejected<HandOverFault> {
  return rejected("hand-over", "source.table", "the compute phase does not stay ahead of the head", {
    front: kinds.join(""),
    centre,
    patch: box.map((set) => formatRational(set.members[0].representative.value)),
    rule,
  });
}
