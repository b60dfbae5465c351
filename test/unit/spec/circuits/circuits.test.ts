import { describe, expect, it } from "vitest";
import {
  complement,
  evaluateGraph,
  FALSE,
  graphFault,
  TRUE,
  type AndInverterGraph,
} from "../../../../spec/circuits/and-inverter-graph.js";
import { circuitSize, evaluateLayers, GATE_KINDS, gateValue } from "../../../../spec/circuits/layered-circuit.js";

/** x xor y: NOT(NOT(x AND NOT y) AND NOT(y AND NOT x)). */
const XOR: AndInverterGraph = {
  inputs: ["x", "y"],
  ands: [
    [5, 2],
    [4, 3],
    [9, 7],
  ],
  outputs: [
    { name: "xor", literal: 11 },
    { name: "zero", literal: FALSE },
    { name: "one", literal: TRUE },
    { name: "not y", literal: complement(4) },
  ],
};

const BITS = [false, true];

describe("and-inverter graphs", () => {
  it("should compute xor, constants and a complemented input", () => {
    expect(graphFault(XOR)).toBeUndefined();
    for (const x of BITS) for (const y of BITS) expect(evaluateGraph(XOR, [x, y])).toEqual([x !== y, false, true, !y]);
    expect(() => evaluateGraph(XOR, [true])).toThrow("expected 2 bits, got 1");
  });

  it("should name the place of every broken promise", () => {
    const outputs = [{ name: "o", literal: 2 }];
    const place = (graph: Partial<AndInverterGraph>): string | undefined => graphFault({ ...XOR, ...graph })?.path;
    expect(place({ inputs: ["x", "x"] })).toBe("inputs[1]");
    expect(place({ ands: [[6, 2]], outputs })).toBe("ands[0][0]");
    expect(place({ ands: [[2, 4]], outputs })).toBe("ands[0][1]");
    expect(
      place({
        ands: [
          [4, 2],
          [9, -1],
        ],
        outputs,
      }),
    ).toBe("ands[1][0]");
    expect(
      place({
        ands: [
          [4, 2],
          [7, -1],
        ],
        outputs,
      }),
    ).toBe("ands[1][1]");
    expect(place({ ands: [[4, 1.5]], outputs })).toBe("ands[0][1]");
    expect(place({ outputs: [] })).toBe("outputs");
    expect(place({ outputs: [...outputs, ...outputs] })).toBe("outputs[1].name");
    expect(place({ outputs: [...outputs, { name: "p", literal: 12 }] })).toBe("outputs[1].literal");
  });
});

describe("layered circuits", () => {
  it("should compute every kind of gate", () => {
    const circuit = {
      inputs: 2,
      layers: [
        GATE_KINDS.map((kind) => ({
          kind,
          parents: { and: [0, 1], or: [0, 1], not: [0], id: [1], false: [], true: [] }[kind],
        })),
      ],
    };
    for (const x of BITS)
      for (const y of BITS) expect(evaluateLayers(circuit, [x, y])[1]).toEqual([x && y, x || y, !x, y, false, true]);
    expect(circuitSize(circuit)).toEqual({ depth: 2, width: 6, size: 8 });
    expect(gateValue("and", [])).toBe(true);
  });

  it("should refuse parents that are not there, too many, or too few", () => {
    const layers =
      (parents: number[]): (() => unknown) =>
      () =>
        evaluateLayers({ inputs: 2, layers: [[{ kind: "and", parents }]] }, [true, false]);
    expect(layers([0, 2])).toThrow("expected a place below 2, got 2");
    expect(layers([0])).toThrow("expected 2 parents of and, got 1");
    expect(() => evaluateLayers({ inputs: 1, layers: [] }, [])).toThrow("expected 1 bits, got 0");
  });
});
