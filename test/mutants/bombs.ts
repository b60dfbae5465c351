/** Small files that ask for much, in processes that may not use much: an answer comes, and never from the process's end. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { Case, CheckerName } from "../../corpus/case.js";
import { expectedOf } from "../../corpus/run.js";
import { FILES, MATERIALIZER, ROOT } from "./corpus.js";

export const BOMBS: readonly Case[] = FILES.flatMap(({ cases }) => cases.filter(({ flags }) => flags.includes("Bomb")));

/** Megabytes of JavaScript's heap that a checker gets here, and of memory that its process may hold in all. */
const [HEAP, MEMORY] = [700, 1024];

/** What a checker says in a process of its own; undefined if the process did not come to its end. */
function saidInside(one: Case, checker: CheckerName): { verdict: string; megabytes: number } | undefined {
  const file = join(mkdtempSync(join(tmpdir(), "weightproof-bomb-")), `${one.id}.json`);
  writeFileSync(file, MATERIALIZER.bytesOf(one.input));
  const script = join(ROOT, "test/mutants/capped-checker.mjs");
  const args = [`--max-old-space-size=${HEAP}`, script, join(ROOT, "dist"), checker, file];
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: "utf8" });
  return status === 0 ? (JSON.parse(stdout) as { verdict: string; megabytes: number }) : undefined;
}

/** A test that both checkers answer as expected, and hold less than MEMORY while they do. */
export function itIsAnswered(one: Case): void {
  it(`should be answered within ${MEMORY} MiB: ${one.id}, ${one.comment}`, () => {
    for (const checker of ["first", "second"] as const) {
      const said = saidInside(one, checker);
      expect([checker, said?.verdict]).toEqual([checker, expectedOf(one, checker).verdict]);
      expect(said?.megabytes, checker).toBeLessThan(MEMORY);
    }
  });
}
