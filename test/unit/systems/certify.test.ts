import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sourceMachine } from "../../../arbitraries/machines.js";
import { certify } from "../../../systems/rcnn/certify.js";
import { check } from "../../../systems/check.js";
import { decodeNetwork } from "../../../certificates/network-json.js";
import { printCertificate } from "../../../certificates/rcnn-certificate.js";
import { loadMachine } from "../../../inputs/machines/load-machine.js";
import { machineToFilter } from "../../../construction/rcnn/machine-to-filter.js";
import { normalForm } from "../../../spec/machines/normal-form.js";
import { SOURCE } from "../../mutants/rcnn/certificates.js";

describe("certify", () => {
  it("should give out a certificate that check accepts, of any machine", () => {
    fc.assert(
      fc.property(sourceMachine({ maxStates: 3, maxHalting: 1 }), (machine) => {
        const verdict = certify(machine);
        if (verdict.verdict !== "accepted") throw new Error(verdict.message);
        const { text, certificate } = verdict.result;
        expect(text).toBe(printCertificate(certificate));
        expect(check(text)).toEqual({ verdict: "accepted", result: certificate });
      }),
      { numRuns: 10 },
    );
  });

  it("should certify over the full alphabet", () => {
    const verdict = certify(SOURCE, "full");
    if (verdict.verdict !== "accepted") throw new Error(verdict.message);
    expect(verdict.result.certificate.alphabet).toBe("full");
    expect(decodeNetwork(verdict.result.certificate.filter)).toEqual(machineToFilter(normalForm(SOURCE), "full"));
    expect(check(verdict.result.text).verdict).toBe("accepted");
  });

  it("should give the same bytes each time, whatever the order of the notes", () => {
    const machine = loadMachine("bb2");
    const { about = "", source = "" } = machine.notes;
    const texts = [machine, { ...machine, notes: { source, about } }].map((one) => {
      const verdict = certify(one);
      return verdict.verdict === "accepted" ? verdict.result.text : verdict.message;
    });
    expect(texts[1]).toBe(texts[0]);
    expect(texts[0]).toContain(about);
  });

  it("should report how far it is", () => {
    const seen = new Map<string, number>();
    certify(SOURCE, "well-formed", (part, done, total) => seen.set(part, done / total));
    expect(seen.size).toBeGreaterThanOrEqual(2);
    for (const [part, share] of seen) expect(share, part).toBeGreaterThan(0.9);
  });

  it("should refuse a machine that contradicts itself, or has too many states", () => {
    expect(() => certify({ ...SOURCE, start: "missing" })).toThrow(RangeError);
    expect(() => certify({ ...SOURCE, states: [...SOURCE.states, "A"] })).toThrow(RangeError);
    const many = Array.from({ length: 4097 }, (_, i) => `state ${i}`);
    expect(() => certify({ ...SOURCE, states: many, start: "state 0", halting: [], table: new Map() })).toThrow(
      RangeError,
    );
  });
});
