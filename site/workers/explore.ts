/** The machine that the page looks at: its run, its pictures, and its cells taken apart. */
import { isLearningText, readLearningText } from "../../certificates/rcnn-learning.js";
import { certificateKind } from "../../certificates/envelope.js";
import { decodeSourceMachine } from "../../certificates/machine-json.js";
import { decodeNetwork, NetworkJsonError } from "../../certificates/network-json.js";
import { readCertificateText } from "../../certificates/rcnn-certificate.js";
import { checkFunction } from "../../checkers/rcnn/check-function.js";
import type { DescribedNetwork } from "../../construction/rcnn/gates-to-network.js";
import { describedFilter } from "../../construction/rcnn/machine-to-filter.js";
import { inspectCell, withNumber } from "../../execution/rcnn/inspect-cell.js";
import { RunHistory } from "../../execution/rcnn/run-history.js";
import { InputError } from "../../inputs/input-error.js";
import { formatRational, parseRational } from "../../spec/exact/rational.js";
import type { NormalMachine, SourceMachine } from "../../spec/machines/machine.js";
import { normalForm } from "../../spec/machines/normal-form.js";
import type { Network } from "../../spec/networks/network.js";
import { cellCode, cellFromValue, headOnCell, PHASE, type Cell, type CellCode } from "../../spec/rcnn/cell-code.js";
import { PLACES } from "../../spec/rcnn/patch.js";
import { hasSameNumbers } from "../../systems/rcnn/explain/subject.js";
import { cellInWords } from "../../systems/rcnn/explain/words.js";
import { pixelsOf } from "./pixels.js";
import { metPatches } from "./met-patches.js";
import type {
  CellAddress,
  ChangeAnswer,
  ChangedNumber,
  InspectedCell,
  LetterLook,
  LoadedMachine,
  MachineText,
  PatchCell,
  PictureAnswer,
  PictureRequest,
  RowName,
  RunState,
} from "./protocol.js";
import { readMachineText } from "./read-machine-text.js";

/** Largest grid that a page rolls out: 80 MB while it runs. */
const MAX_CELLS = 2 ** 22;
/** Most letters that are kept: 32 MiB. */
const MAX_LETTERS = 2 ** 24;
/** Layers between two looks at the clock. */
const CHUNK = 2 ** 15;
/** Most states of a machine that the page runs: its weights would fill the memory of a phone. */
const MAX_STATES = 512;

/** What the page looks at. */
interface Explored {
  readonly machine: NormalMachine;
  readonly code: CellCode;
  /** As it was loaded. */
  readonly filter: Network;
  readonly described: DescribedNetwork | undefined;
  readonly history: RunHistory;
  /** The filter with the number that was changed last, for inspections. */
  changed: Network | undefined;
}

let explored: Explored | undefined;

/** What was loaded last. @throws {InputError} if nothing was */
export function current(): Explored {
  if (explored === undefined) throw new InputError("no machine is loaded");
  return explored;
}

/** Loads a machine, or what a certificate of this paper's filters says of one. */
export function load(given: MachineText): LoadedMachine {
  const { source, filter: ofFile } = readSource(given);
  const machine = normalForm(source);
  const count = machine.states.length;
  if (count > MAX_STATES)
    throw new InputError(`${given.name}: the page runs machines of at most ${MAX_STATES} states, got ${count}`);
  const built = describedFilter(machine, "well-formed");
  const filter = ofFile ?? built.network;
  const described = ofFile === undefined || hasSameNumbers(ofFile, built.network) ? built : undefined;
  const history = new RunHistory(machine, { filter, maxCells: MAX_CELLS, maxLetters: MAX_LETTERS });
  const code = cellCode(count);
  explored = { machine, code, filter, described, history, changed: undefined };
  const { steps, halts } = source.expected;
  return {
    name: source.name,
    about: source.notes.about ?? null,
    source: source.notes.source ?? null,
    states: machine.states,
    halting: machine.halting,
    table: machine.table.map((row) => [row[0], row[1], row[-1]]),
    letters: history.table.letters.cells.map((cell, letter) =>
      lookOf(code, machine, cell, history.table.letters.units[letter] ?? 0n),
    ),
    lastIndex: code.lastIndex,
    scale: String(code.scale),
    widths: filter.layers.map(({ rows }) => rows.length),
    isLine: machine.table.every((row) =>
      [row[0], row[1], row[-1]].every(({ move }) => move !== "up" && move !== "down"),
    ),
    isNamed: described !== undefined,
    expected: { ...(steps === undefined ? {} : { steps }), ...(halts === undefined ? {} : { halts }) },
  };
}

function readSource(given: MachineText): { readonly source: SourceMachine; readonly filter: Network | undefined } {
  const kind = certificateKind(given.text);
  if (kind === undefined) return { source: readMachineText(given), filter: undefined };
  if (kind.system !== "rcnn" || !["filter", "learning"].includes(kind.statement))
    throw new InputError(
      `${given.name}: cells are shown of filters and learning runs of rcnn, not of ${kind.system} ${kind.statement}`,
    );
  const read = isLearningText(given.text) ? readLearningText(given.text) : readCertificateText(given.text);
  if ("fault" in read) throw new InputError(`${given.name}: ${read.path}: ${read.message}`);
  try {
    return { source: decodeSourceMachine(read.certificate.source), filter: decodeNetwork(read.certificate.filter) };
  } catch (error) {
    if (error instanceof NetworkJsonError) throw new InputError(`${given.name}: filter.${error.message}`);
    throw error;
  }
}

function lookOf(code: CellCode, machine: NormalMachine, cell: Cell, units: bigint): LetterLook {
  const { digits } = cell;
  const [padding = 0, symbol = 0, phase = 0] = digits ?? [];
  return {
    value: formatRational(cell.value),
    units: String(units),
    words: cellInWords(code, machine, cell),
    digits: digits ?? null,
    phase:
      digits === undefined
        ? "none"
        : phase === PHASE.memory
          ? "memory"
          : phase === PHASE.compute
            ? "compute"
            : "unknown",
    isPadding: padding === 1,
    symbol,
    state: headOnCell(code, cell)?.state ?? null,
  };
}

/** Runs until layers are known, nothing changes any more, or time is up. */
export function advance({
  layers,
  milliseconds,
}: {
  readonly layers: number;
  readonly milliseconds: number;
}): RunState {
  const { history, machine } = current();
  const end = performance.now() + milliseconds;
  while (history.layers < layers && !history.isFixed && performance.now() < end) {
    if (history.advance(Math.min(CHUNK, layers - history.layers)) === 0) break;
  }
  const state = headState(history);
  const { layers: known, isFixed, stride, extent } = history;
  return { layers: known, isFixed, state, halted: machine.halting[state] === true, stride, extent };
}

function headState(history: RunHistory): number {
  const { letters } = history.table;
  for (const letter of new Set(history.at(history.layers).letters)) {
    const head = headOnCell(letters.code, letters.cells[letter] as Cell);
    if (head !== undefined) return head.state;
  }
  return 0;
}

/** Where the head is after a layer. */
export function head(layer: number): { readonly row: number; readonly column: number } | null {
  const { history } = current();
  const { code, cells } = history.table.letters;
  const { top, left, columns, letters } = history.at(layer);
  const isHead = cells.map((cell) => headOnCell(code, cell) !== undefined);
  const at = letters.findIndex((letter) => isHead[letter] === true);
  return at < 0 ? null : { row: top + Math.floor(at / columns), column: left + (at % columns) };
}

/** The pixels of lines or of a grid. */
export function picture(request: PictureRequest): PictureAnswer {
  const { history } = current();
  const heads = history.table.letters.cells.map((cell) => headOnCell(history.table.letters.code, cell) !== undefined);
  return pixelsOf(request, heads, (layer, extent) => history.at(layer, extent).letters);
}

/** Takes a cell apart. */
export function inspect(address: CellAddress): InspectedCell {
  const started = performance.now();
  const { machine, code, filter, described, history, changed } = current();
  const { layer, row, column } = address;
  const [letter = 0] = history.at(layer, { top: row, left: column, rows: 1, columns: 1 }).letters;
  const done = () => performance.now() - started;
  if (layer === 0) return { address, letter, patch: null, inspection: null, names: [], milliseconds: done() };
  const { letters } = history.at(layer - 1, { top: row - 1, left: column - 1, rows: 3, columns: 3 });
  const patch = Array.from(letters, (one, place): PatchCell => ({
    letter: isBeyond(machine, place) ? history.table.letters.padding : one,
    row: row + Math.floor(place / 3) - 1,
    column: column + (place % 3) - 1,
  }));
  const cells = patch.map((one) => history.table.letters.cells[one.letter] as Cell);
  const inspection = inspectCell(code, machine, changed ?? filter, cells);
  const names =
    described === undefined
      ? []
      : inspection.matrices.flatMap(({ on }, m) => on.flatMap(({ row: r }) => nameOf(described, m, r)));
  return { address, letter, patch, inspection, names, milliseconds: done() };
}

/** Whether a place lies beyond the edge: a tape of one row has nothing above and below it. */
function isBeyond(machine: NormalMachine, place: number): boolean {
  const moves = new Set(machine.table.flatMap((row) => [row[0].move, row[1].move, row[-1].move]));
  const isRow = !moves.has("up") && !moves.has("down");
  const isColumn = !moves.has("left") && !moves.has("right");
  return (isRow && Math.floor(place / 3) !== 1) || (isColumn && place % 3 !== 1);
}

function nameOf(described: DescribedNetwork, matrix: number, row: number): RowName[] {
  if (matrix === 1) {
    const readings = described.functions[row]?.heights.map(([feature]) => feature.name) ?? [];
    return [{ matrix, row, name: readings.join("; "), about: "" }];
  }
  const term = described.terms[matrix === 2 ? (described.gates[row]?.term ?? -1) : matrix === 3 ? row : -1];
  return term === undefined ? [] : [{ matrix, row, name: term.name, about: term.about }];
}

/** Changes a number of the filter, and asks the checker; null takes the change back. */
export function change(changed: ChangedNumber | null): ChangeAnswer | null {
  const now = current();
  now.changed = undefined;
  if (changed === null) return null;
  const own = now.filter.layers[changed.matrix]?.rows[changed.row]?.entries ?? [];
  const entry = own.findIndex(([column]) => column === changed.column);
  const was = own[entry]?.[1];
  if (was === undefined) throw new InputError("there is no such number");
  let number;
  try {
    number = parseRational(changed.number);
  } catch {
    throw new InputError(
      `expected a fraction such as -3/2, in lowest terms, got ${JSON.stringify(changed.number.slice(0, 40))}`,
    );
  }
  const filter = withNumber(now.filter, [changed.matrix, changed.row, entry + 1], number);
  const started = performance.now();
  const verdict = checkFunction(filter, now.machine, "well-formed");
  const milliseconds = performance.now() - started;
  now.changed = filter;
  const patches = metPatches(now.history, (place) => isBeyond(now.machine, place));
  const broken = patches.filter((cells) => !inspectCell(now.code, now.machine, filter, cells).agrees);
  return {
    verdict: verdict.verdict === "accepted" ? { verdict: "accepted", milliseconds } : { ...verdict, milliseconds },
    was: formatRational(was),
    patch: verdict.verdict === "rejected" ? witnessInWords(now, verdict.witness["patch"]) : null,
    met: patches.length,
    broken: broken.length,
  };
}

function witnessInWords({ code, machine }: Explored, patch: unknown): readonly string[] | null {
  if (!Array.isArray(patch) || patch.length !== PLACES) return null;
  return patch.map((value) => cellInWords(code, machine, cellFromValue(code, parseRational(String(value)))));
}
