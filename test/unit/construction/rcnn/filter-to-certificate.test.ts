import { describe, expect, it } from "vitest";
import { digestOf } from "../../../../certificates/canonical.js";
import { decodeNetwork } from "../../../../certificates/network-json.js";
import { printCertificate } from "../../../../certificates/rcnn-certificate.js";
import { checkReplay } from "../../../../checkers/rcnn/check-replay.js";
import { galleryNames, loadMachine } from "../../../../inputs/machines/load-machine.js";
import { filterToCertificate, replayRuns } from "../../../../construction/rcnn/filter-to-certificate.js";
import { readoutNetwork } from "../../../../construction/rcnn/readout-network.js";
import { machineToFilter } from "../../../../construction/rcnn/machine-to-filter.js";
import { normalForm } from "../../../../spec/machines/normal-form.js";
import { runFromBlank } from "../../../../spec/machines/simulate.js";
import { AMENDMENTS_IN_FORCE } from "../../../../spec/rcnn/amendments-in-force.js";
import { decideClaims } from "../../../../checkers/rcnn/decide-claims.js";
import { SOURCE, TEXT } from "../../../mutants/rcnn/certificates.js";

describe("replayRuns", () => {
  it("should replay each gallery machine near borders, and to its halt where that is near", () => {
    for (const name of galleryNames()) {
      const machine = normalForm(loadMachine(name));
      const [small, whole, ...rest] = replayRuns(machine);
      expect(rest).toEqual([]);
      expect(small).toEqual({ rows: 5, columns: 5, headRow: 2, headColumn: 2, layers: 60 });
      const run = runFromBlank(machine, { maxSteps: 300 });
      if (whole === undefined) continue;
      // One layer for the added first step, one beyond the halt; no border is felt.
      expect(run.halted).toBe(true);
      expect(whole.layers).toBe(run.steps + 2);
      expect(Object.is(whole.headRow, -0) || Object.is(whole.headColumn, -0)).toBe(false);
      const verdict = checkReplay(machineToFilter(machine), machine, [whole]);
      if (verdict.verdict !== "accepted") throw new Error(verdict.message);
      expect(verdict.result[0]?.haltsAtLayer).toBe(run.steps + 1);
      const written = verdict.result[0]?.tape.join("").replaceAll(".", "") ?? "";
      expect(written).toHaveLength(run.nonblank);
    }
  });
});

describe("filterToCertificate", () => {
  it("should put together the parts, their digests, the constants of the code and the reading", () => {
    const machine = normalForm(SOURCE);
    const filter = machineToFilter(machine);
    const head = readoutNetwork();
    const decided = decideClaims({ machine, alphabet: "well-formed", filter, head, replay: replayRuns(machine) });
    if (decided.verdict !== "accepted") throw new Error(decided.message);
    const certificate = filterToCertificate(SOURCE, machine, "well-formed", filter, head, decided.result);
    expect(decodeNetwork(certificate.filter)).toEqual(filter);
    expect(decodeNetwork(certificate.head)).toEqual(head);
    expect(certificate.verdicts).toEqual(decided.result);
    expect(certificate.reading).toEqual({ name: "amended", amendments: AMENDMENTS_IN_FORCE });
    expect(certificate.code).toEqual({ states: 4, stateDigits: 2, lastIndex: 5, scale: String(2 * 3 ** 5) });
    for (const part of ["source", "machine", "filter", "head"] as const)
      expect(certificate.digests[part]).toBe(digestOf(certificate[part]));
    expect(printCertificate(certificate)).toBe(TEXT);
  });
});
