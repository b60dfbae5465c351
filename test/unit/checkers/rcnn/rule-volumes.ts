/**
 * How many patches fall under each line of f-bar, counted by hand from the definition: a closed formula in a few numbers of
 * letters, for either alphabet. What a machine does plays no part.
 */
import { alphabet, type AlphabetName } from "../../../../spec/rcnn/alphabet.js";
import { headOnCell, PADDING, val, type Cell, type CellCode } from "../../../../spec/rcnn/cell-code.js";
import type { RuleLine } from "../../../../spec/rcnn/cell-rule.js";

export function ruleVolumes(code: CellCode, name: AlphabetName): Record<RuleLine, bigint> {
  const letters = alphabet(code, name);
  const count = (cells: readonly Cell[], holds: (cell: Cell) => boolean): bigint => BigInt(cells.filter(holds).length);
  const isSet = (cell: Cell): boolean => val(cell, 1) === 1 || val(cell, 1) === -1;
  const isSettled = (cell: Cell): boolean => cell.value.equals(PADDING) || isSet(cell);
  const isHead = (cell: Cell): boolean => headOnCell(code, cell) !== undefined;

  // Neighbours: all, memory phase (m), compute phase (c), p or with a symbol (s), heads (h).
  const n = BigInt(letters.neighbour.length);
  const m = count(letters.neighbour, (cell) => val(cell, 2) === -1);
  const c = count(letters.neighbour, (cell) => val(cell, 2) === 1);
  const h = count(letters.neighbour, isHead);
  const s = count(letters.neighbour, isSettled);
  const sm = count(letters.neighbour, (cell) => isSettled(cell) && val(cell, 2) === -1);
  const sc = count(letters.neighbour, (cell) => isSettled(cell) && val(cell, 2) === 1);
  // Centres: unknown phase other than 0, those among them with a symbol, compute phase, heads, all others.
  const unknown = count(letters.centre, (cell) => val(cell, 2) === 0) - 1n;
  const set = count(letters.centre, (cell) => val(cell, 2) === 0 && isSet(cell));
  const compute = count(letters.centre, (cell) => val(cell, 2) === 1);
  const heads = count(letters.centre, isHead);
  const other = BigInt(letters.centre.length) - unknown - 1n - compute;

  const plain = compute - heads;
  const anyOf4 = (above: bigint, aboveCompute: bigint): bigint =>
    above * (n - m) * n * n - (above - aboveCompute) * (n - m - c) * (n - c) * (n - c);
  // Above: neither settled nor memory. The start of a computation needs p below and 1 on the right, neither of them compute.
  const blankAbove = n - s - (m - sm);
  const rules = {
    "msg-1-memorize": s * n ** 7n,
    "msg-2-spread-memory": ((m - sm) * n + blankAbove * m) * n ** 6n + unknown * (n * n - (n - m) ** 2n) * n ** 6n,
    "msg-3-start": set * (n - m) * n ** 5n,
    "msg-4-spread-compute":
      anyOf4(blankAbove, c - sc) * n ** 4n +
      unknown * anyOf4(n - m, c) * n ** 4n -
      set * ((n - m) * n - (n - m - c) * (n - c)) * n ** 4n,
    "tm-1-head-here": heads * n ** 8n,
    "tm-2-head-below": plain * h * n ** 7n,
    "tm-3-head-above": plain * (n - h) * h * n ** 6n,
    "tm-4-head-right": plain * (n - h) ** 2n * h * n ** 5n,
    "tm-5-head-left": plain * (n - h) ** 3n * h * n ** 4n,
    "tm-6-keep": plain * (n - h) ** 4n * n ** 4n,
    "otherwise-keep": other * n ** 8n,
  };
  const messages =
    rules["msg-1-memorize"] + rules["msg-2-spread-memory"] + rules["msg-3-start"] + rules["msg-4-spread-compute"];
  return { ...rules, "msg-5-keep": (unknown + 1n) * n ** 8n - messages };
}
