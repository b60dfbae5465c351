import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { certifiedMargin, largestSteps, measured, measuredCircuits } from "../../../../audit/wei-chen-ma/built.js";
import { acceptedCircuit, checkAsEvidence } from "../../../../audit/wei-chen-ma/certificates.js";
import { COMPUTATIONS } from "../../../../audit/wei-chen-ma/computations.js";
import { fewer } from "../../../../audit/wei-chen-ma/constants-learning.js";
import { growthFigures } from "../../../../audit/wei-chen-ma/growth.js";
import { mixedMachine } from "../../../../audit/wei-chen-ma/mixed-machine.js";
import { rational, ZERO, type Rational } from "../../../../spec/exact/rational.js";

/** The same probability, by all sequences of draws. */
function byEnumeration(n: number, a: Rational, b: Rational): Rational {
  let sum = ZERO;
  for (let code = 0; code < 3 ** n; code++) {
    const draws = Array.from({ length: n }, (_, i) => Math.floor(code / 3 ** i) % 3);
    const count = (kind: number): number => draws.filter((draw) => draw === kind).length;
    if (count(1) >= count(0)) continue;
    const chances = [a, b, rational(1n).sub(a).sub(b)];
    sum = sum.add(draws.reduce((product, draw) => product.mul(chances[draw] as Rational), rational(1n)));
  }
  return sum;
}

describe("computations", () => {
  it("should say something, each, and the same twice", () => {
    for (const { name, run } of COMPUTATIONS.filter((one) =>
      /^(?:toy|case|gates|ramp|own|read|range)/.test(one.name),
    )) {
      const outcome = run();
      expect(outcome.printed ?? outcome.amended, name).toBeDefined();
      expect(run(), name).toEqual(outcome);
    }
  });

  it("should count which of two points is drawn less", () => {
    const [a, b] = [rational(1n, 4n), rational(1n, 3n)];
    for (let n = 1; n <= 6; n++) expect(fewer(n, a, b).equals(byEnumeration(n, a, b)), String(n)).toBe(true);
  });

  it("should measure decoders and circuits as they are", () => {
    expect(measured("bb2", 4)).toMatchObject({ layers: 14, steps: 14, states: 4, symbols: 2 });
    expect(largestSteps(4)).toBe(14);
    // The margin of the committed certificate, whose bound is the largest on the same grid.
    const { bound } = (
      JSON.parse(readFileSync("certificates/wei-chen-ma/bb4.json", "utf8")) as {
        verdicts: { margin: { bound: string } };
      }
    ).verdicts.margin;
    expect(certifiedMargin("bb4", 7).toFraction()).toBe(bound);
    for (const circuit of measuredCircuits()) {
      const { norms } = acceptedCircuit(circuit.name).verdicts;
      expect([String(circuit.alpha), circuit.layers, circuit.leastWidth], circuit.name).toEqual([
        norms.alpha,
        norms.depth,
        norms.leastWidth,
      ]);
    }
  });

  it("should have machines with all three moves", () => {
    const moves = new Set(
      mixedMachine(3, 3)
        .table.flat()
        .map(({ move }) => move),
    );
    expect([...moves].toSorted((x, y) => x - y)).toEqual([-1, 0, 1]);
  });
});

describe("certificates as evidence", () => {
  it("should be of either statement, with a line for each part", () => {
    const read = (name: string) => checkAsEvidence(readFileSync(`certificates/wei-chen-ma/${name}.json`, "utf8"));
    const [circuit, decoder] = [read("c17"), read("bb2")];
    expect(circuit.verdict === "accepted" && circuit.result.parts["function"]).toBe(
      "4 layers of gates, 32 inputs enumerated",
    );
    expect(decoder.verdict === "accepted" && decoder.result.instance).toContain("as a decoder, N = 7");
    expect(checkAsEvidence("{}").verdict).toBe("rejected");
  });
});

describe("figures", () => {
  const figures = growthFigures();

  it("should have rising curves over rising axes", () => {
    for (const { id, curves, axis } of figures) {
      expect(axis, id).toBeDefined();
      for (const { name, points } of curves) {
        const places = points.map(({ s }) => s);
        expect(places, name).toEqual(places.toSorted((a, b) => a - b));
        for (const [i, { log, label }] of points.entries()) {
          expect(Math.log(Number(label)), `${id}, ${name}`).toBeCloseTo(log, 3);
          if (i > 0) expect(log, `${id}, ${name}`).toBeGreaterThan(points[i - 1]?.log as number);
        }
      }
    }
  });

  it("should grow slower with the width by the theorem than by a count of parameters", () => {
    const [, theorem, vc] = figures[1]?.curves ?? [];
    const growth = (curve: typeof theorem): number => (curve?.points.at(-1)?.log ?? 0) - (curve?.points[0]?.log ?? 0);
    expect(growth(theorem)).toBeLessThan(Math.log(5));
    expect(growth(vc)).toBeGreaterThan(Math.log(1e10));
  });
});
