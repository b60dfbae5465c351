/**
 * Runs of a certificate of a tracing loss. That a step of descent is a step of the machine has been decided for all tapes, so only the machine
 * is run.
 */
import { giveUp, type Spend } from "./text.js";
import type { Machine } from "./welper-tracing-machine.js";
import { reject, type Certificate, type Move, type Run } from "./welper-tracing-text.js";

/** Cells times steps of all runs together. */
const MOST_CELLS = 5_000_000;

const STEPS: Readonly<Record<Move, readonly [down: number, right: number]>> = {
  up: [-1, 0],
  down: [1, 0],
  left: [0, -1],
  right: [0, 1],
  stay: [0, 0],
};

/** What all runs must state. */
export function replayRuns({ verdicts }: Certificate, machine: Machine, spend: Spend): Run[] {
  let cells = 0;
  return verdicts.replay.map((run, r) => {
    decideTapes(run, machine, `verdicts.replay[${r}]`);
    cells += run.tapes.reduce((sum, tape) => sum + tape.cells.length, 1) * Math.max(1, run.steps);
    if (cells > MOST_CELLS)
      giveUp("replayed-cells", `more than ${MOST_CELLS} cells times steps in all replays together`);
    spend(run.steps * (machine.tapes + 1));
    return replay(run, machine);
  });
}

function decideTapes({ tapes }: Run, machine: Machine, path: string): void {
  if (tapes.length !== machine.tapes) reject("replay-run", `${path}.tapes`, `expected ${machine.tapes} tapes`);
  for (const [i, { rows, columns, cells, head }] of tapes.entries()) {
    const at = `${path}.tapes[${i}]`;
    if (cells.length === 0 || rows * columns !== cells.length)
      reject("replay-run", `${at}.cells`, "expected rows times columns");
    const stranger = cells.findIndex((symbol) => symbol >= machine.symbols);
    if (stranger >= 0) reject("replay-run", `${at}.cells[${stranger}]`, "expected the index of a symbol");
    if (head >= cells.length) reject("replay-run", `${at}.head`, "expected the index of a cell");
  }
}

function replay({ tapes, steps }: Run, { entries, halts, readings, symbols }: Machine): Run {
  const all = tapes.map(({ rows, columns, cells, head }) => ({ rows, columns, cells: [...cells], head }));
  let state = 0;
  let haltsAt = halts[0] === true ? 0 : null;
  for (let k = 1; k <= steps && haltsAt === null; k++) {
    const reading = all.reduce((index, { cells, head }) => index * symbols + (cells[head] ?? 0), 0);
    const entry = entries[state * readings + reading];
    if (entry === undefined) break;
    for (const [i, tape] of all.entries()) {
      tape.cells[tape.head] = entry.write[i] ?? 0;
      const [down, right] = STEPS[entry.moves[i] ?? "stay"];
      const [row, column] = [Math.floor(tape.head / tape.columns) + down, (tape.head % tape.columns) + right];
      const stays = row < 0 || row >= tape.rows || column < 0 || column >= tape.columns;
      if (!stays) tape.head = row * tape.columns + column;
    }
    state = entry.next;
    if (halts[state] === true) haltsAt = k;
  }
  return { tapes, steps, haltsAt, state, end: all.map(({ cells, head }) => ({ cells, head })) };
}
