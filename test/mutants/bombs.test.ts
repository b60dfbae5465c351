/** Small files that ask for much, in processes that may not use much: an answer comes, and never from the process's end. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Case, CheckerName } from "../../corpus/case.js";
import { expectedOf } from "../../corpus/run.js";
import { FILES, MATERIALIZER, ROOT } from "./corpus.js";

const BOMBS = FILES.flatMap(({ cases }) => cases.filter(({ flags }) => flags.includes("Bomb")));

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

const MIB = 2 ** 20;

describe("bombs", () => {
  it("should be files of less than 1 MiB, of several shapes", () => {
    expect(BOMBS.length).toBeGreaterThan(15);
    for (const { id, input } of BOMBS) expect(MATERIALIZER.bytesOf(input).length, id).toBeLessThan(MIB);
  });

  for (const one of BOMBS.filter(({ flags }) => !flags.includes("Slow"))) {
    it(`should be answered within ${MEMORY} MiB: ${one.id}, ${one.comment}`, () => {
      for (const checker of ["first", "second"] as const) {
        const said = saidInside(one, checker);
        expect([checker, said?.verdict]).toEqual([checker, expectedOf(one, checker).verdict]);
        expect(said?.megabytes, checker).toBeLessThan(MEMORY);
      }
    });
  }
});
