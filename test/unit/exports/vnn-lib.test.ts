import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalMachine } from "../../../arbitraries/machines.js";
import { affineRegion } from "../../../exports/rcnn/affine-region.js";
import { coveringPatches } from "../../../exports/rcnn/patch-cover.js";
import { vnnLibProperties } from "../../../exports/rcnn/vnn-lib.js";
import { rational, ZERO, type Rational } from "../../../spec/exact/rational.js";
import { evaluate, evaluateWithJacobian, type Network } from "../../../spec/networks/network.js";
import { wellFormedCells } from "../../../spec/rcnn/alphabet.js";
import { cellCode, headOnCell } from "../../../spec/rcnn/cell-code.js";
import { cellRule, RULE_LINES, cellFeatures } from "../../../spec/rcnn/cell-rule.js";
import { CENTRE, patchOf } from "../../../spec/rcnn/patch.js";
import { certificate, exported } from "./samples.js";

const small = (): fc.Arbitrary<Rational> => fc.integer({ min: -4, max: 4 }).map((n) => rational(BigInt(n), 2n));

/** Two inputs, three ReLUs, two ReLUs, one output. */
function network(): fc.Arbitrary<Network> {
  const layer = (inputs: number, rows: number, relu: boolean) =>
    fc
      .array(fc.tuple(small(), fc.array(small(), { minLength: inputs, maxLength: inputs })), {
        minLength: rows,
        maxLength: rows,
      })
      .map((drawn) => ({
        name: "layer",
        inputs,
        relu,
        rows: drawn.map(([bias, weights]) => ({
          bias,
          entries: weights.map((w, k) => [k, w] as const).filter(([, w]) => w.n !== 0n),
        })),
      }));
  return fc.tuple(layer(2, 3, true), layer(3, 2, true), layer(2, 1, false)).map((layers) => ({ layers }));
}

/** Every pre-activation of a ReLU at a point. */
function beforeRelus({ layers }: Network, point: readonly Rational[]): Rational[] {
  return layers.flatMap(({ relu, rows }, i) => {
    if (!relu) return [];
    const linear = { layers: [...layers.slice(0, i), { name: "", inputs: layers[i]?.inputs ?? 0, rows, relu: false }] };
    return evaluate(linear, point);
  });
}

describe("affineRegion", () => {
  const corners = (point: readonly Rational[], r: Rational): Rational[][] =>
    [1n, -1n].flatMap((a) =>
      [1n, -1n].map((b) => [a, b].map((sign, j) => (point[j] as Rational).add(r.mul(rational(sign))))),
    );

  it("should give value and Jacobian, and the largest box on which every ReLU stays on or off", () => {
    let finite = 0;
    fc.assert(
      fc.property(network(), fc.tuple(small(), small()), (drawn, point) => {
        const region = affineRegion(drawn, point);
        const { value, jacobian, kink } = evaluateWithJacobian(drawn, point);
        expect(region.value).toEqual(value[0]);
        expect(region.radius?.n === 0n).toBe(kink);
        if (kink) return;
        expect(region.jacobian).toEqual(jacobian[0]);
        const within = corners(point, region.radius ?? rational(100n));
        for (const corner of within) {
          const moved = jacobian[0]?.reduce((sum, slope, j) => {
            return sum.add(slope.mul((corner[j] as Rational).sub(point[j] as Rational)));
          }, value[0] as Rational);
          expect(evaluate(drawn, corner)[0]).toEqual(moved);
        }
        if (region.radius === undefined) return;
        finite++;
        // At some corner a ReLU that changes with the inputs is exactly at its kink, so no larger box will do.
        const before = beforeRelus(drawn, point);
        expect(
          within.some((corner) => beforeRelus(drawn, corner).some((sum, i) => sum.n === 0n && before[i]?.n !== 0n)),
        ).toBe(true);
      }),
      { numRuns: 300 },
    );
    expect(finite).toBeGreaterThan(100);
  });
});

describe("coveringPatches", () => {
  it("should meet every rule, every head and every letter", () => {
    const { code, machine } = exported;
    const patches = coveringPatches(code, machine);
    expect(new Set(patches.map(({ outcome }) => outcome.rule))).toEqual(new Set(RULE_LINES));
    const centres = patches.map(({ cells }) => cells[CENTRE]);
    for (const letter of wellFormedCells(code)) expect(centres).toContainEqual(letter);
    const under = (rule: string) =>
      patches
        .filter(({ outcome }) => outcome.rule === rule)
        .map(({ cells }) => headOnCell(code, cells[CENTRE] as (typeof cells)[number]));
    for (let state = 0; state < code.states; state++) {
      for (const symbol of [-1, 0, 1]) expect(under("tm-1-head-here")).toContainEqual({ state, symbol });
    }
  });

  it("should give each centre each of its outcomes once, as f-bar has them, for any machine", () => {
    fc.assert(
      fc.property(normalMachine({ maxStates: 3 }), (machine) => {
        const code = cellCode(machine.states.length);
        const questions = cellFeatures(code, machine);
        const patches = coveringPatches(code, machine);
        for (const { cells, outcome } of patches) expect(cellRule(code, questions, patchOf(cells))).toEqual(outcome);
        const keys = patches.map(({ cells, outcome }) =>
          [cells[CENTRE]?.value.toFraction(), outcome.rule, outcome.keepsCentre, outcome.offset.toFraction()].join(),
        );
        expect(new Set(keys).size).toBe(keys.length);
      }),
      { numRuns: 20 },
    );
  });
});

/** What a file says, read line by line. */
function readProperty(text: string) {
  const number = (literal: string): Rational => {
    const [, sign, whole = "", fraction = ""] = /^(-?)(\d+)\.(\d+)$/.exec(literal) ?? [];
    return rational(BigInt(`${sign}${whole}${fraction}`), 10n ** BigInt(fraction.length));
  };
  const lower: Rational[] = [];
  const upper: Rational[] = [];
  for (const [, relation, j, literal = ""] of text.matchAll(/^\(assert \((<=|>=) X_(\d) (\S+)\)\)$/gm)) {
    (relation === ">=" ? lower : upper)[Number(j)] = number(literal);
  }
  const contrary = /\(assert \(or\s+\(and \(<= Y_0 (\S+)\)\)\s+\(and \(>= Y_0 (\S+)\)\)\s+\)\)\n$/.exec(text);
  const [above, below] = [contrary?.[1] ?? "", contrary?.[2] ?? ""].map(number) as [Rational, Rational];
  const declared = [...text.matchAll(/^\(declare-const (\S+) Real\)$/gm)].map(([, name]) => name);
  return { lower, upper, above, below, declared };
}

type Read = ReturnType<typeof readProperty>;

/** The middle of a box, two opposite corners, and corners of the centre coordinate alone. */
function points({ lower, upper }: Read): Rational[][] {
  const middle = lower.map((low, j) => low.add(upper[j] as Rational).div(rational(2n)));
  const mixed = lower.map((low, j) => (j % 2 === 0 ? low : (upper[j] as Rational)));
  return [
    middle,
    lower,
    upper,
    mixed,
    middle.with(CENTRE, lower[CENTRE] as Rational),
    middle.with(CENTRE, upper[CENTRE] as Rational),
  ];
}

function holdsAt(network: Network, property: Read): boolean[] {
  return points(property).map((point) => {
    const [value = ZERO] = evaluate(network, point);
    return value.gt(property.above) && value.lt(property.below);
  });
}

describe("vnnLibProperties", () => {
  const properties = vnnLibProperties(certificate);
  const read = properties.map(({ text }) => readProperty(text));
  const { filter: exact } = exported;

  it("should say in its text what it says as data", () => {
    expect(properties.length).toBeGreaterThan(100);
    expect(new Set(properties.map(({ name }) => name)).size).toBe(properties.length);
    for (const [i, { lower, upper, above, below, declared }] of read.entries()) {
      const property = properties[i];
      expect({ lower, upper, above, below }).toEqual({
        lower: property?.lower,
        upper: property?.upper,
        above: property?.above,
        below: property?.below,
      });
      expect(declared).toEqual([...Array.from({ length: 9 }, (_, j) => `X_${j}`), "Y_0"]);
    }
  });

  it("should hold of the certified filter, in the middle and at corners of each box", () => {
    for (const [i, property] of read.entries()) {
      expect(holdsAt(exact, property), properties[i]?.name).not.toContain(false);
    }
  });

  it("should keep different letters in different boxes", () => {
    for (const { lower, upper } of read) {
      for (const [j, low] of lower.entries()) expect((upper[j] as Rational).sub(low).lte(rational(1n, 2n))).toBe(true);
    }
  });

  /** The filter with its output replaced by a * output + b * X_4 + c, exactly: one more path through all layers. */
  const plus = (extra: (point: readonly Rational[]) => Rational) => (property: Read) =>
    points(property).map((point) => {
      const value = (evaluate(exact, point)[0] as Rational).add(extra(point));
      return value.gt(property.above) && value.lt(property.below);
    });

  it("should fail of a filter whose value is off by one", () => {
    const off = plus(() => rational(1n));
    for (const property of read) expect(off(property)).toContain(false);
  });

  it("should fail of a filter with another derivative, by the centre or by another cell", () => {
    const middles = properties.map(({ lower, upper }) => lower.map((low, j) => low.add(upper[j] as Rational).div(2n)));
    for (let i = 0; i < properties.length; i += 2) {
      const [value, slope] = [i, i + 1].map((k) => read[k] as Read) as [Read, Read];
      expect(properties[i]?.claim).toBe("value");
      expect(properties[i + 1]?.claim).toBe("slope");
      for (const [j, change] of [
        [CENTRE, 1n],
        [CENTRE, -1n],
        [1, 1n],
        [8, -1n],
      ] as const) {
        // The derivative by one cell is another, the value at the patch itself is not.
        const patch = middles[i] as Rational[];
        const tilted = plus((point) => (point[j] as Rational).sub(patch[j] as Rational).mul(rational(change)));
        expect([...tilted(value), ...tilted(slope)], `${properties[i]?.name}, by ${j}`).toContain(false);
      }
    }
  });

  it("should carry the digest of the filter and the rule", () => {
    const text = properties.find(({ name }) => name.endsWith("msg-3-start-value"))?.text;
    expect(text).toContain(`; weightproof.digest.filter: ${certificate.digests.filter}\n`);
    expect(text).toMatch(/^; rule msg-3-start, value -?[\d.]+, derivative by X_4 0, by the others 0$/m);
  });

  it.each(["float32", "float64"] as const)("should say the same in VNN-LIB 2.0, of the %s model", (precision) => {
    const second = vnnLibProperties(certificate, 2, precision);
    expect(second).toHaveLength(properties.length);
    for (const [i, { text, ...rest }] of second.entries()) {
      const { text: first, ...same } = properties[i] as (typeof properties)[number];
      expect(rest).toEqual(same);
      const lines = text.split("\n");
      expect(lines[0]).toBe("(vnnlib-version <2.0>)");
      const commands = lines.slice(1).filter((line) => !line.startsWith(";"));
      expect(commands.slice(1, 5)).toEqual([
        "(declare-network N",
        `  (declare-input X ${precision} [1, 9])`,
        `  (declare-output Y ${precision} [1, 1])`,
        ")",
      ]);
      const asserted = commands.slice(5).join("\n");
      const older = asserted.replaceAll(/([XY])\[0, (\d)\]/g, "$1_$2");
      expect(asserted).not.toContain("_");
      expect(first.slice(first.indexOf("\n\n(assert") + 1)).toBe(older);
    }
  });

  it("should refuse machines of too many states", () => {
    const states = Array.from({ length: 70 }, (_, q) => `q${q}`);
    const source = { ...certificate.source, states, start: "q0", halting: ["q69"], table: [] };
    expect(() => vnnLibProperties({ ...certificate, source })).toThrow(/at most 64 states, not 7\d$/);
  });
});
