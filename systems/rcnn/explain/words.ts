/** Places, cells and numbers in words. */
import { formatRational, rational, type Rational } from "../../../spec/exact/rational.js";
import type { NormalMachine } from "../../../spec/machines/machine.js";
import { RULE_LINES, type RuleLine } from "../../../spec/rcnn/cell-rule.js";
import { headOnCell, PADDING, PHASE, val, type Cell, type CellCode } from "../../../spec/rcnn/cell-code.js";

/** The nine places of a patch, in the order of vec(z). */
export const PLACE_NAMES: readonly string[] = [
  "above left",
  "above",
  "above right",
  "left",
  "centre",
  "right",
  "below left",
  "below",
  "below right",
];

/** Cells of one kind that are listed one by one; of more, the first few and how many there are. */
const LISTED = 4;

const HEAD = "head";

/** "on -", "in a padding column". */
function underHead(cell: Cell): string {
  const symbol = symbolOf(cell);
  return symbol === "padding column" ? "in a padding column" : `on ${symbol}`;
}

/** What a cell of a class is called; heads are told apart by what is under them. */
function kindOf(code: CellCode, cell: Cell): string {
  if (cell.value.equals(PADDING)) return "p";
  const head = headOnCell(code, cell);
  if (head !== undefined) return HEAD;
  switch (val(cell, 2)) {
    case PHASE.memory:
      return "memory phase";
    case PHASE.unknown:
      return "unknown phase";
    default:
      return "compute phase without a head";
  }
}

/** The tape symbol of a cell: "-", "blank", "+"; or "padding column". */
function symbolOf(cell: Cell): string {
  if (val(cell, 0) === 1 && val(cell, 1) === 0) return "padding column";
  const symbol = val(cell, 1);
  return symbol === 1 ? "+" : symbol === -1 ? "-" : "blank";
}

/** A single cell in words: "-1/9, memory phase", "32/243, head in state B on blank". */
export function cellInWords(code: CellCode, machine: NormalMachine, cell: Cell): string {
  const kind = kindOf(code, cell);
  const value = formatRational(cell.value);
  if (kind === "p") return "p";
  const head = headOnCell(code, cell);
  if (head !== undefined) return `${value}, ${HEAD} in state ${machine.states[head.state]} ${underHead(cell)}`;
  // Of the other cells only the ones whose digits end here are nothing but phase and symbol.
  const isPlain = (cell.digits ?? []).slice(3).every((digit) => digit === 0);
  return `${value}, ${kind}${kind === "memory phase" && isPlain ? "" : `, ${symbolOf(cell)}`}`;
}

/**
 * Some of the cells that a place may hold, in words: whole kinds by their name, parts of kinds by what is in them.
 *
 * @param cells rising; some of `all`
 */
export function cellsInWords(
  code: CellCode,
  machine: NormalMachine,
  cells: readonly Cell[],
  all: readonly Cell[],
): string {
  if (cells.length === all.length) return `every cell (${all.length})`;
  if (cells.length === 0) return "no cell";
  const kinds = new Map<string, { chosen: Cell[]; count: number }>();
  const group = (cell: Cell) => {
    const kind = kindOf(code, cell);
    const key = kind === HEAD ? `${HEAD} ${underHead(cell)}` : kind;
    const found = kinds.get(key) ?? { chosen: [], count: 0 };
    kinds.set(key, found);
    return found;
  };
  for (const cell of all) group(cell).count++;
  for (const cell of cells) group(cell).chosen.push(cell);
  const isHead = (kind: string): boolean => kind.startsWith(HEAD);
  const everyHead = [...kinds].every(([kind, { chosen, count }]) => !isHead(kind) || chosen.length === count);
  const parts = [...kinds].flatMap(([kind, { chosen, count }]) => {
    if (chosen.length === 0 || (everyHead && isHead(kind))) return [];
    if (chosen.length === count)
      return [isHead(kind) ? `every ${kind}` : count === 1 ? kind : `${kind} (all ${count})`];
    return [`${kind}: ${listed(chosen, (cell) => shortName(code, machine, cell))}`];
  });
  return [...parts, ...(everyHead ? ["every head"] : [])].join("; ");
}

function shortName(code: CellCode, machine: NormalMachine, cell: Cell): string {
  const head = headOnCell(code, cell);
  if (head !== undefined) return machine.states[head.state] ?? String(head.state);
  return formatRational(cell.value);
}

function listed(cells: readonly Cell[], name: (cell: Cell) => string): string {
  if (cells.length <= LISTED + 1) return cells.map(name).join(", ");
  const shown = cells.slice(0, LISTED).map(name).join(", ");
  return `${shown} and ${cells.length - LISTED} more`;
}

/** Lines of f-bar; of nearly all of them, the others. */
export function linesInWords(lines: readonly RuleLine[]): string {
  const others = RULE_LINES.filter((line) => !lines.includes(line));
  if (lines.length < 7) return lines.join(", ");
  return others.length === 0 ? "every line" : `every line but ${others.join(", ")}`;
}

/** A value in u-units, in x-units. */
export function inX(code: CellCode, units: Rational): string {
  return formatRational(units.div(rational(code.scale)));
}
