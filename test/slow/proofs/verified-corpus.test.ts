/** The native program of proofs/ on every case of the corpus. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Case, CaseFile } from "../../../corpus/case.js";
import { isDecided, verifiedMaySay } from "../../../corpus/verified.js";
import { FILES, MATERIALIZER, ROOT } from "../../mutants/corpus.js";

const program = join(ROOT, "proofs", "build", "verified");
const SAID = ["accepted", "rejected", "unreadable", "undecided"] as const;

describe.skipIf(!existsSync(program))("the verified checker on the corpus", () => {
  const folder = mkdtempSync(join(tmpdir(), "weightproof-verified-"));
  const file = join(folder, "case.json");
  let rejected = 0;

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  function say(one: Case): (typeof SAID)[number] {
    writeFileSync(file, MATERIALIZER.bytesOf(one.input));
    const { status } = spawnSync(program, [file]);
    const said = SAID[status ?? -1];
    if (said === undefined || said === "unreadable") throw new Error(`${one.id}: exit code ${status}`);
    return said;
  }

  const filters = FILES.filter(({ statement }) => statement === "filter");
  it.each(filters.map((one): [string, CaseFile] => [one.theme, one]))(
    "should say of %s what FORMAT.md asks",
    (_, { cases }) => {
      const wrong = cases.flatMap((one) => {
        const said = say(one);
        if (said === "rejected" && isDecided(one)) rejected++;
        return said !== "unreadable" && verifiedMaySay(one, said) ? [] : [`${one.id} (${one.comment}): ${said}`];
      });
      expect(wrong).toEqual([]);
    },
  );

  it("should have rejected most cases about filter and head, not left them alone", () => {
    expect(rejected).toBeGreaterThan(260);
  });

  it("should leave all learning runs alone", () => {
    const cases = FILES.filter(({ statement }) => statement === "learning").flatMap((one) => one.cases);
    expect(cases.filter((one) => say(one) !== "undecided").map(({ id }) => id)).toEqual([]);
  });
});
