/** One table on stdout, a row as soon as it is known, and whether anything in it is not as it must be. */

/** What a tool said to a question. */
export interface Row {
  readonly machine: string;
  readonly tool: string;
  readonly query: string;
  /** Absent where the tool was not asked. */
  readonly bytes?: number;
  readonly seconds?: number;
  readonly answer: string;
  /** The answer that must come; absent where any will do, as from a tool that is not there. */
  readonly expected?: string;
}

const COLUMNS = [
  ["machine", 9],
  ["tool", 24],
  ["query", 34],
  ["bytes", 9],
  ["seconds", 8],
] as const;

export class Table {
  wrong = 0;
  /** Rows with an answer that had to come, and came. */
  right = 0;
  /** Questions that a tool left open: out of time, or not able to. */
  open = 0;

  start(): void {
    const heads = COLUMNS.map(([name, width]) => pad(name, width, name));
    process.stdout.write(`${heads.join("  ")}  answer\n`);
    process.stdout.write(`${COLUMNS.map(([, width]) => "-".repeat(width)).join("  ")}  ${"-".repeat(24)}\n`);
  }

  add({ machine, tool, query, bytes, seconds, answer, expected }: Row): void {
    const texts = [machine, tool, query, bytes?.toLocaleString("en-US") ?? "", seconds?.toFixed(2) ?? ""];
    const cells = COLUMNS.map(([name, width], i) => pad(texts[i] ?? "", width, name));
    const isWrong = expected !== undefined && answer !== expected;
    if (expected === undefined) this.open++;
    else if (isWrong) this.wrong++;
    else this.right++;
    process.stdout.write(`${cells.join("  ")}  ${answer}${isWrong ? `  WRONG, expected ${expected}` : ""}\n`);
  }
}

function pad(text: string, width: number, column: string): string {
  return column === "bytes" || column === "seconds" ? text.padStart(width) : text.padEnd(width);
}
