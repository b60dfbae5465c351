import { describe, expect, it } from "vitest";
import { digestOf } from "../../../../certificates/canonical.js";
import {
  printTracingCertificate,
  type TracingCertificate,
} from "../../../../certificates/welper/tracing-certificate.js";
import type { ReluUnitJson } from "../../../../certificates/welper/tracing-json.js";
import { checkTracing } from "../../../../checkers/welper/check-tracing.js";
import { checkCertificateAgain } from "../../../../checkers/second/check.js";
import type { LossName } from "../../../../construction/welper/machine-to-tracing.js";
import { gridToMultiTape } from "../../../../construction/welper/sources.js";
import { loadMachine } from "../../../../inputs/machines/load-machine.js";
import { certifyTracing } from "../../../../systems/welper/certify-tracing.js";

function certified(name: string, loss: LossName = "fan"): TracingCertificate {
  const verdict = certifyTracing(gridToMultiTape(loadMachine(name)), loss);
  if (verdict.verdict !== "accepted") throw new Error(`${name}: ${JSON.stringify(verdict)}`);
  return verdict.result.certificate;
}

type Mutable<Value> = Value extends object ? { -readonly [Key in keyof Value]: Mutable<Value[Key]> } : Value;

/** The verdict after a change, the digests put right. */
function verdictAfter(base: TracingCertificate, change: (certificate: Mutable<TracingCertificate>) => void): string {
  const copy = structuredClone(base) as Mutable<TracingCertificate>;
  change(copy);
  for (const part of ["source", "machine", "network"] as const) copy.digests[part] = digestOf(copy[part]);
  const text = printTracingCertificate(copy as TracingCertificate);
  const verdict = checkTracing(text);
  const again = checkCertificateAgain(text);
  expect(again.verdict === "rejected" ? again.code : again.verdict).toBe(
    verdict.verdict === "rejected" ? verdict.code : verdict.verdict,
  );
  if (verdict.verdict === "rejected") return verdict.code;
  return verdict.verdict === "undecided" ? `undecided ${verdict.limit}` : "accepted";
}

const fan = certified("bb2");
const printed = certified("bb2", "printed");

describe("checkTracing", () => {
  it("should accept machines of the gallery, with closed formulas for the counts", () => {
    for (const name of ["bb2", "bb4", "bb2x3", "turmite-121", "langtons-ant", "parity"]) {
      const certificate = certified(name);
      const { verdicts, machine, network, source } = certificate;
      expect(checkCertificateAgain(printTracingCertificate(certificate)).verdict).toBe("accepted");
      const readings = source.symbols.length ** source.tapes;
      const running = (machine.states.length - machine.halting.length) * readings;
      expect(verdicts.step).toMatchObject({ running, readings, cases: running * readings, gap: "4" });
      expect(verdicts.step.comparisons).toBe(String(running * readings * (machine.states.length * readings - 1)));
      expect(verdicts.gradient.decided).toBe(network.units.length * machine.states.length * readings);
    }
    expect(certified("parity").verdicts.width).toMatchObject({ units: 96, bound: 84 });
    expect(printed.verdicts).toMatchObject({ gradient: { corner: "1/4" }, named: { points: 18 * 18 } });
    expect(verdictAfter(printed, () => undefined)).toBe("accepted");
  });

  it("should claim no step from halting vertices: the fan is flat there, the printed loss keeps them", () => {
    for (const [{ machine, network, source }, isFlat] of [
      [fan, true],
      [printed, false],
    ] as const) {
      const readings = source.symbols.length ** source.tapes;
      for (const q of machine.halting) {
        for (let v = q * readings; v < (q + 1) * readings; v++) {
          const gradient = Array.from({ length: machine.states.length * readings }, () => 0);
          for (const [out, bias, ...entries] of network.units) {
            const own = Number(entries.find(([w]) => w === v)?.[1] ?? 0);
            if (Number(bias) + own <= 0) continue;
            for (const [w, weight] of entries) gradient[w] = (gradient[w] as number) + Number(out) * Number(weight);
          }
          const least = gradient.flatMap((slope, w) => (slope === Math.min(...gradient) ? [w] : []));
          expect(least).toEqual(isFlat ? [...gradient.keys()] : [v]);
        }
      }
    }
  });

  it("should reject every unit with another number", () => {
    for (const base of [fan, printed]) {
      base.network.units.forEach(([out, bias, ...entries], u) => {
        const put = (unit: ReluUnitJson) => (certificate: Mutable<TracingCertificate>) => {
          certificate.network.units[u] = unit as Mutable<ReluUnitJson>;
        };
        const more = (text: string, by: number): string => String(Number(text) + by);
        expect(verdictAfter(base, put([more(out, out === "-1" ? 2 : 1), bias, ...entries])), `out of ${u}`).not.toBe(
          "accepted",
        );
        entries.forEach(([vertex, weight], e) => {
          const changed = entries.with(e, [vertex, more(weight, weight === "-1" ? 2 : 1)]);
          const found = verdictAfter(base, put([out, bias, ...changed]));
          expect(found, `unit ${u}, entry ${e}`).not.toBe("accepted");
        });
      });
    }
  });

  it("should give each condition its code", () => {
    const { network } = fan;
    const [first] = network.units as readonly [ReluUnitJson, ...ReluUnitJson[]];
    const cases: readonly (readonly [
      code: string,
      base: TracingCertificate,
      (c: Mutable<TracingCertificate>) => void,
    ])[] = [
      ["reading", fan, (c) => c.reading.amendments.pop()],
      ["source-machine", fan, (c) => (c.source.start = "Q")],
      ["normal-form", fan, (c) => (c.machine.halting = [])],
      ["normal-form", fan, (c) => (c.tripled = true)],
      ["network", fan, (c) => c.network.units.push(["0", "-1"])],
      ["network", fan, (c) => c.network.units.push(["1", "-1", [6, "1"]])],
      ["coding", fan, (c) => (c.network.codes = [["1"], ["-1"]])],
      ["read-out", fan, (c) => c.network.read[0]?.pop()],
      ["read-out", fan, (c) => c.network.move[3]?.pop()],
      ["constants", fan, (c) => (c.network.factors.read = "8")],
      ["constants", fan, (c) => (c.constants.rates.content = "2")],
      ["constants", fan, (c) => (c.constants.gamma = "0")],
      ["kink", fan, (c) => c.network.units.push(["1", "-1", [0, "1"]])],
      ["kink", fan, (c) => c.network.units.push(["1", "0"])],
      [
        "tie",
        fan,
        (c) => (c.network.units[0] = [...first.slice(0, 2), ...first.slice(2).filter((_, e) => e === 0)] as never),
      ],
      ["argmin", fan, (c) => (c.network.units[0] = ["-1", ...first.slice(1)] as never)],
      ["levels", fan, (c) => (c.constants.levels.lower = "3")],
      ["levels", fan, (c) => (c.network.constant = "0")],
      ["projection", fan, (c) => (c.constants.rates.projected = "1/5")],
      ["back-edge", fan, (c) => (c.loss = "printed")],
      ["named-point", printed, (c) => c.network.units.push(["1", "-3", [0, "4"]])],
      ["replay-run", fan, (c) => (c.verdicts.replay[0] = { ...c.verdicts.replay[0], tapes: [] } as never)],
      ["counts", fan, (c) => (c.verdicts.step.gap = "5")],
      ["counts", printed, (c) => (c.loss = "fan")],
    ];
    for (const [code, base, change] of cases) expect(verdictAfter(base, change), `${code}: ${change}`).toBe(code);
  });

  it("should say that a tripled machine of the printed loss needs (18)", () => {
    const small = (c: Mutable<TracingCertificate>): void => {
      c.constants.b = "4";
      c.network.factors.read = "64";
    };
    expect(["condition-18", "argmin", "tie"]).toContain(verdictAfter(printed, small));
  });

  it("should not throw on other texts", () => {
    for (const text of ["", "{}", "[]", "null", '{"format":"weightproof-certificate"}'])
      expect(checkTracing(text).verdict).toBe("rejected");
  });
});
