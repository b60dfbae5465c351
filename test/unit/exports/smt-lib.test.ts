import { describe, expect, it } from "vitest";
import type { RcnnCertificate } from "../../../certificates/rcnn-certificate.js";
import { decodeNetwork } from "../../../certificates/network-json.js";
import { checkFunction } from "../../../checkers/rcnn/check-function.js";
import { SMT_FORMS, type SmtForm } from "../../../exports/export-formats.js";
import { smtQueries } from "../../../exports/rcnn/smt-lib.js";
import { replaySmtModel } from "../../../exports/rcnn/smt-model.js";
import { parseRational, rational, type Rational } from "../../../spec/exact/rational.js";
import { evaluateWithJacobian } from "../../../spec/networks/network.js";
import { toUnits } from "../../../spec/rcnn/cell-code.js";
import { CENTRE, PLACES } from "../../../spec/rcnn/patch.js";
import {
  certificate,
  exported,
  galleryCertificate,
  samples,
  withNumber,
  withTwiceTheSlope,
  type Sample,
} from "./samples.js";
import { askingForValues } from "../../../exports/smt/script.js";
import { evaluatorAt, holdsAt, patchPoint, readScript, type Expression, type ScriptRead } from "./smt-evaluator.js";

const places = Array.from({ length: PLACES }, (_, place) => place);
const COMPARED = ["value", "kink", ...places.map((j) => `derivative-${j}`)];

function scripts(of: RcnnCertificate, form: SmtForm): Map<string, ScriptRead> {
  return new Map(smtQueries(of, form).map(({ name, text }) => [name, readScript(askingForValues(text) ?? "")]));
}

function unitsOf({ patch }: Sample): Rational[] {
  return patch.map((u) => rational(BigInt(u)));
}

function wordsOf(expression: Expression): string[] {
  return typeof expression === "string" ? [expression] : expression.flatMap(wordsOf);
}

describe.each(SMT_FORMS)("SMT-LIB in the form %s", (form) => {
  const read = scripts(certificate, form);

  it("should ask for value, kinks, nine derivatives and, with tables, the tables", () => {
    const first = form === "tables" ? ["tables", "first-layer-kink"] : ["first-layer-kink"];
    expect([...read.keys()]).toEqual([...first, ...COMPARED]);
  });

  it("should end with check-sat as written, so that an unsat is no error, and with get-value where values are asked for", () => {
    for (const { text } of smtQueries(certificate, form)) {
      expect(readScript(text).commands.at(-1)).toEqual(["check-sat"]);
      expect(text.match(/\n; \(get-value \(x0 .*\)\)\n$/)).not.toBeNull();
      expect(readScript(askingForValues(text) ?? "").commands.at(-1)?.[0]).toBe("get-value");
    }
    expect(askingForValues("(check-sat)\n")).toBeUndefined();
  });

  it("should define every name once, before its use, and use each", () => {
    for (const [query, { commands, free }] of read) {
      const known = new Set(["Real", "Bool", "true", "false", "ite", "and", "or", "not", "=", ">", "+", "*", "-", "/"]);
      const defined = new Set<string>();
      const used = new Set<string>();
      const faults: string[] = [];
      for (const [command, ...parts] of commands) {
        if (command === "set-option" || command === "set-logic" || command === "check-sat") continue;
        const isDefinition = command === "declare-const" || command === "define-fun";
        for (const word of parts.slice(isDefinition ? 1 : 0).flatMap(wordsOf)) {
          const isKnown = /^[0-9]/.test(word) ? /^(?:0|[1-9][0-9]*)\.0$/.test(word) : known.has(word);
          if (!isKnown) faults.push(`unknown: ${word}`);
          // An equation that defines a constant is no use of it.
          const defines = command === "assert" && parts[0]?.[0] === "=" && parts[0][1] === word;
          if (!defines) used.add(word);
        }
        if (!isDefinition) continue;
        const name = parts[0] as string;
        if (known.has(name)) faults.push(`defined again: ${name}`);
        known.add(name);
        defined.add(name);
      }
      for (const name of defined) if (!used.has(name)) faults.push(`never used: ${name}`);
      expect(faults, query).toEqual([]);
      expect(free).toEqual(places.map((place) => `x${place}`));
      expect(commands.at(-2)).toEqual(["check-sat"]);
      expect(commands.at(-1)?.[0]).toBe("get-value");
    }
  });

  it("should define the values and derivatives of filter and f-bar that spec/ gives", () => {
    const value = read.get("value") as ScriptRead;
    for (const sample of samples("well-formed").filter((_, i) => i % 2 === 0)) {
      const units = unitsOf(sample);
      const exact = evaluateWithJacobian(exported.filter, units);
      const evaluate = evaluatorAt(value, patchPoint(units));
      expect(evaluate("filter")).toEqual(exact.value[0]);
      expect(evaluate("f-bar")).toEqual(rational(BigInt(sample.value)));
      for (const j of [1, CENTRE]) {
        const at = evaluatorAt(read.get(`derivative-${j}`) as ScriptRead, patchPoint(units));
        expect(at(`filter-slope-${j}`)).toEqual(exact.jacobian[0]?.[j]);
        if (j === CENTRE) expect(at("f-bar-slope")).toEqual(rational(BigInt(sample.slope)));
      }
    }
  });

  it("should assert nothing that is true of a proved filter at sample patches", () => {
    for (const sample of samples("well-formed").filter((_, i) => i % 16 === 5)) {
      for (const [query, script] of read) expect(holdsAt(script, unitsOf(sample)), query).toBe(false);
    }
  });

  it.each([
    ["value", withNumber([2, 0, 1], "919")],
    ["value", withNumber([2, 1, 0], "-1")],
    ["derivative", withTwiceTheSlope()],
    ["kink", withNumber([2, 5], "-2")],
    ["first-layer-kink", withNumber([0, 30], "0")],
  ])("should hold at the patch at which the checker finds the fault %s", (code, mutant) => {
    const verdict = checkFunction(decodeNetwork(mutant.filter), exported.machine, mutant.alphabet);
    if (verdict.verdict !== "rejected") throw new Error("expected a mutant that is rejected");
    expect(verdict.code).toBe(code);
    const read = scripts(mutant, form);
    if (code === "first-layer-kink") {
      const script = read.get("first-layer-kink") as ScriptRead;
      const [unit] =
        mutant.filter.layers[0]?.rows.flatMap(([bias, entry], k) => (bias === "0" && entry ? [k] : [])) ?? [];
      expect(script.asserted.flatMap(wordsOf)).toContain(`v1-${unit}`);
      expect(holdsAt(script, unitsOf(samples("well-formed").find(({ patch }) => patch[1] === 0) as Sample))).toBe(true);
      return;
    }
    const patch = (verdict.witness as { patch: readonly string[] }).patch;
    const units = patch.map((x) => rational(toUnits(exported.code, parseRational(x))));
    const holding = [...read].flatMap(([query, script]) => (holdsAt(script, units) ? [query.replace(/-\d$/, "")] : []));
    expect(holding).toContain(code);
    expect(holding).not.toContain("tables");
    expect(replaySmtModel(mutant, patchPoint(units)).difference).toBe(code);
  });
});

describe("SMT-LIB of other filters", () => {
  it("should speak of the full alphabet as well", () => {
    const full = galleryCertificate("bb2-full");
    const filter = decodeNetwork(full.filter);
    const value = readScript(smtQueries(full).find(({ name }) => name === "value")?.text ?? "");
    for (const sample of samples("full").filter((_, i) => i % 24 === 7)) {
      const evaluate = evaluatorAt(value, patchPoint(unitsOf(sample)));
      expect(evaluate("filter")).toEqual(evaluateWithJacobian(filter, unitsOf(sample)).value[0]);
      expect(evaluate("f-bar")).toEqual(rational(BigInt(sample.value)));
      expect(value.asserted.map((assertion) => evaluate(assertion))).toEqual([...places.map(() => true), false]);
    }
  });

  it("should not hold of a patch outside the alphabet", () => {
    const mutant = withNumber([2, 0], "1");
    const value = scripts(mutant, "layers").get("value") as ScriptRead;
    const units = unitsOf(samples("well-formed")[0] as Sample);
    const off = units.with(0, rational(1n));
    expect(holdsAt(value, off)).toBe(false);
    expect(evaluatorAt(value, patchPoint(off))("filter")).not.toEqual(evaluatorAt(value, patchPoint(off))("f-bar"));
  });

  it("should find a table that is not what the layers give", () => {
    const { text } = smtQueries(certificate).find(({ name }) => name === "tables") as { text: string };
    const tampered = text.replace("(define-fun t2-0 () Real (ite cell4-6 1.0 0.0))", "(define-fun t2-0 () Real 0.0)");
    expect(tampered).not.toBe(text);
    const memory = -exported.code.scale / 9n;
    const patch = unitsOf(samples("well-formed").find(({ patch }) => BigInt(patch[CENTRE] ?? 0) === memory) as Sample);
    expect(holdsAt(readScript(tampered), patch)).toBe(true);
    expect(holdsAt(readScript(text), patch)).toBe(false);
  });

  it("should write units that read several cells as layers only", () => {
    const mutant = structuredClone(certificate) as RcnnCertificate;
    const row = mutant.filter.layers[0]?.rows[0] as unknown as unknown[];
    row.splice(1, 1, [3, "1"], [4, "1"]);
    expect(() => smtQueries(mutant, "tables")).toThrow(/^tables need first-layer units .* unit 0 reads more$/);
    const read = scripts(mutant, "layers");
    const filter = decodeNetwork(mutant.filter);
    for (const sample of samples("well-formed").filter((_, i) => i % 8 === 0)) {
      const exact = evaluateWithJacobian(filter, unitsOf(sample));
      for (const j of [3, CENTRE]) {
        const at = evaluatorAt(read.get(`derivative-${j}`) as ScriptRead, patchPoint(unitsOf(sample)));
        expect(at(`filter-slope-${j}`)).toEqual(exact.jacobian[0]?.[j]);
      }
    }
  });

  it("should refuse filters of another shape", () => {
    const mutant = structuredClone(certificate) as RcnnCertificate;
    (mutant.filter.layers[1] as { relu: boolean }).relu = true;
    for (const form of SMT_FORMS) expect(() => smtQueries(mutant, form)).toThrow(/five layers/);
  });
});

describe("replay of a model", () => {
  it("should tell a patch at which nothing differs", () => {
    const units = unitsOf(samples("well-formed")[3] as Sample);
    const replay = replaySmtModel(certificate, patchPoint(units));
    expect(replay.difference).toBe("none");
    expect(replay.actual).toBe(replay.expected);
    expect(replay.actualJacobian).toEqual(replay.expectedJacobian);
    expect(replay.modelIsExact).toBe(true);
  });

  it("should tell a value that the filter does not have", () => {
    const { patch, value } = samples("well-formed")[3] as Sample;
    const stated = new Map(patchPoint(patch.map((u) => rational(BigInt(u))))).set("f-bar", rational(BigInt(value)));
    expect(replaySmtModel(certificate, stated).modelIsExact).toBe(true);
    expect(replaySmtModel(certificate, stated.set("filter", rational(BigInt(value + 1)))).modelIsExact).toBe(false);
  });

  it("should refuse what is no patch of the alphabet", () => {
    const units = unitsOf(samples("well-formed")[3] as Sample);
    expect(() => replaySmtModel(certificate, patchPoint(units.slice(0, 8)))).toThrow(/expected a value of x8/);
    expect(() => replaySmtModel(certificate, patchPoint(units.with(2, rational(1n, 2n))))).toThrow(
      /expected a letter as x2, got 1\/2 u-units/,
    );
    const padding = rational(81n);
    expect(() => replaySmtModel(certificate, patchPoint(units.with(CENTRE, padding)))).toThrow(
      /expected a letter as x4/,
    );
  });
});
