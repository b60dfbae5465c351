import { afterEach, describe, expect, it } from "vitest";
import { digestOf } from "../../../../certificates/canonical.js";
import { encodeSourceMachine } from "../../../../certificates/machine-json.js";
import { encodeNetwork, type NetworkJson } from "../../../../certificates/network-json.js";
import { printLearningCertificate, type LearningCertificate } from "../../../../certificates/rcnn-learning.js";
import { checkLearning, decideLearning, type LearningRun } from "../../../../checkers/rcnn/check-learning.js";
import { NetworkReplay, NoValue, OutOfBudget, type Units } from "../../../../checkers/rcnn/network-replay.js";
import { readoutNetworkInUnits } from "../../../../construction/rcnn/readout-network.js";
import { machineToFilter } from "../../../../construction/rcnn/machine-to-filter.js";
import { ONE, rational, type Rational } from "../../../../spec/exact/rational.js";
import type { SourceMachine } from "../../../../spec/machines/machine.js";
import { cellCode, headValue, PHASE_VALUE, symbolValue, toUnits } from "../../../../spec/rcnn/cell-code.js";
import type { AffineMap } from "../../../../spec/networks/network.js";
import { withRow } from "../../../mutants/networks/samples.js";
import { wrongAt } from "../../../mutants/rcnn/single-patch.js";
import { FIRST_LITERAL, FIRST_LITERAL_SOURCE } from "../../execution/learn/learners.js";

const code = cellCode(FIRST_LITERAL.states.length);
const RUN: LearningRun = {
  machine: FIRST_LITERAL,
  filter: machineToFilter(FIRST_LITERAL),
  head: readoutNetworkInUnits(code),
  shape: { d: 1, m: 1, columns: 1, layers: 30 },
  examples: ["+ -"],
  points: ["+", "-"],
  float32: false,
};

function claimsOf(run: LearningRun) {
  const verdict = decideLearning(run);
  if (verdict.verdict !== "accepted") throw new Error(`expected an acceptance, got ${verdict.message}`);
  return verdict.result.claims;
}

function certificateOf(run: LearningRun, source: SourceMachine = FIRST_LITERAL_SOURCE): LearningCertificate {
  const parts = {
    source: encodeSourceMachine(source),
    filter: encodeNetwork(run.filter),
    head: encodeNetwork(run.head),
  };
  return {
    format: "weightproof-certificate",
    version: 1,
    system: "rcnn",
    statement: "learning",
    digests: { source: digestOf(parts.source), filter: digestOf(parts.filter), head: digestOf(parts.head) },
    shape: run.shape,
    examples: run.examples,
    ...claimsOf(run),
    ...parts,
  };
}

const CERTIFICATE = certificateOf(RUN);

/** The fate of a certificate with other parts, digests made right. */
function fateWith(change: Partial<LearningCertificate>): string {
  const changed = { ...CERTIFICATE, ...change };
  const digests = {
    source: digestOf(changed.source),
    filter: digestOf(changed.filter),
    head: digestOf(changed.head),
  };
  return fateOf({ ...changed, digests });
}

function fateOf(certificate: LearningCertificate): string {
  const verdict = checkLearning(printLearningCertificate(certificate));
  if (verdict.verdict === "undecided") return `undecided ${verdict.limit}`;
  return verdict.verdict === "accepted" ? "accepted" : `${verdict.code} ${verdict.path}`;
}

const { rollOut } = NetworkReplay.prototype;
afterEach(() => {
  NetworkReplay.prototype.rollOut = rollOut;
});

describe("checkLearning", () => {
  it("should accept claims without float32 bounds, and return the certificate", () => {
    const verdict = checkLearning(printLearningCertificate(CERTIFICATE));
    expect(verdict).toMatchObject({ verdict: "accepted", result: { certificate: CERTIFICATE } });
    expect(CERTIFICATE.verdicts.float32).toBeNull();
    expect(CERTIFICATE.memory).toEqual(["--", "++"]);
    expect(CERTIFICATE.predictions.map(({ x, f, answer }) => [x, f, answer])).toEqual([
      ["+", "-1", "-"],
      ["-", "1", "+"],
    ]);
    expect(CERTIFICATE.verdicts.replay.steps).toBe(2);
  });

  it("should compare the digest of each part", () => {
    for (const part of ["source", "filter", "head"] as const) {
      const other = CERTIFICATE.digests[part === "head" ? "source" : "head"];
      const forged = { ...CERTIFICATE, digests: { ...CERTIFICATE.digests, [part]: other } };
      expect(fateOf(forged)).toBe(`digest digests.${part}`);
      expect(checkLearning(printLearningCertificate(forged))).toMatchObject({
        witness: { stated: other, computed: CERTIFICATE.digests[part] },
      });
    }
  });

  it("should refuse machines in another spelling, that are none, and of too many states", () => {
    const { source } = CERTIFICATE;
    const [first] = source.table as [(typeof source.table)[number]];
    expect(fateWith({ source: { ...source, table: [...source.table, first] } })).toBe("source-machine source");
    expect(fateWith({ source: { ...source, start: "nowhere" } })).toBe("source-machine source");
    // Beside its own states, the normal form has a first one and one that halts.
    const wide = (count: number) => ({
      ...source,
      states: Array.from({ length: count }, (_, q) => `q${q}`),
      start: "q0",
      halting: [],
      table: [],
    });
    expect(fateWith({ source: wide(4095) })).toBe("source-machine source");
    expect(fateWith({ source: wide(4094) })).not.toContain("source-machine");
  });

  it("should refuse networks that are none, with their place", () => {
    const spoiled = (network: NetworkJson): NetworkJson => ({
      ...network,
      layers: network.layers.map((layer, l) => (l === 1 ? { ...layer, rows: layer.rows.with(0, ["2/4"]) } : layer)),
    });
    for (const part of ["filter", "head"] as const)
      expect(fateWith({ [part]: spoiled(CERTIFICATE[part]) })).toMatch(new RegExp(`^network ${part}\\.layers\\[1\\]`));
  });

  it("should name the claim that is not what comes out", () => {
    const { memory, predictions, verdicts } = CERTIFICATE;
    const [first, last] = predictions as [(typeof predictions)[0], (typeof predictions)[0]];
    const { memorization, replay } = verdicts;
    const changes: readonly (readonly [string, Partial<LearningCertificate>])[] = [
      ["learning-memory memory[0]", { memory: memory.with(0, "-+") }],
      ["learning-memory memory[1]", { memory: memory.with(1, "+-") }],
      ["learning-memory memory", { memory: [...memory, "++"] }],
      ["learning-prediction predictions[0]", { predictions: [{ ...first, f: "1" }, last] }],
      ["learning-prediction predictions[0]", { predictions: [{ ...first, answer: null }, last] }],
      ["learning-prediction predictions[1]", { predictions: [first, { ...last, settles: null }] }],
      ["counts verdicts.memorization", { verdicts: { ...verdicts, memorization: { ...memorization, waves: 1 } } }],
      ["counts verdicts.replay", { verdicts: { ...verdicts, replay: { ...replay, steps: 3 } } }],
      ["counts verdicts.replay", { verdicts: { ...verdicts, replay: { ...replay, cells: replay.cells + 1 } } }],
    ];
    for (const [fate, change] of changes) expect(fateWith(change)).toBe(fate);
    expect(fateWith({ predictions: [] })).not.toBe("accepted");
  });

  it("should show what is stated and what comes out, and what is wrong with a text or a network", () => {
    const { verdicts, filter } = CERTIFICATE;
    const steps = { ...verdicts, replay: { ...verdicts.replay, steps: 3 } };
    expect(checkLearning(printLearningCertificate({ ...CERTIFICATE, verdicts: steps }))).toMatchObject({
      witness: { stated: JSON.stringify({ cells: verdicts.replay.cells, steps: 3 }) },
    });
    expect(checkLearning("{")).toMatchObject({ verdict: "rejected", code: "not-json" });
    expect(checkLearning(`${printLearningCertificate(CERTIFICATE)} `)).toMatchObject({ code: "not-canonical" });
    const layers = filter.layers.map((layer, l) => (l === 0 ? { ...layer, rows: layer.rows.with(0, ["2/4"]) } : layer));
    const forged = { ...filter, layers };
    const digests = { ...CERTIFICATE.digests, filter: digestOf(forged) };
    const verdict = checkLearning(printLearningCertificate({ ...CERTIFICATE, filter: forged, digests }));
    expect(verdict).toMatchObject({ code: "network", witness: { fault: expect.any(String) as string } });
  });

  it("should decide float32 bounds where they are claimed", () => {
    const claimed = certificateOf({ ...RUN, float32: true });
    expect(fateOf(claimed)).toBe("accepted");
    const float32 = claimed.verdicts.float32 as NonNullable<LearningCertificate["verdicts"]["float32"]>;
    expect(float32).toMatchObject({ layout: "taps", rows: 2, mainColumns: 2 });
    expect(float32.backward.length).toBeGreaterThan(0);
    const more = { ...float32, rows: 3 };
    expect(fateOf({ ...claimed, verdicts: { ...claimed.verdicts, float32: more } })).toBe(
      "float-bounds verdicts.float32",
    );
  });

  it("should leave undecided where the computer ends, and hide no other error", () => {
    const text = printLearningCertificate(CERTIFICATE);
    NetworkReplay.prototype.rollOut = () => {
      throw new RangeError("Maximum call stack size exceeded");
    };
    expect(checkLearning(text)).toMatchObject({ verdict: "undecided", limit: "computer" });
    NetworkReplay.prototype.rollOut = () => {
      throw new TypeError("a fault");
    };
    expect(() => checkLearning(text)).toThrow("a fault");
  });
});

describe("decideLearning", () => {
  const codeOf = (change: Partial<LearningRun>): string => {
    const verdict = decideLearning({ ...RUN, ...change });
    if (verdict.verdict === "undecided") return `undecided ${verdict.limit}`;
    return verdict.verdict === "accepted" ? "accepted" : verdict.code;
  };

  it("should refuse sizes that do not fit", () => {
    const shape = RUN.shape;
    const changes: readonly Partial<LearningRun>[] = [
      { shape: { ...shape, d: 0 }, examples: [" -"], points: [] },
      { shape: { ...shape, m: 0 }, examples: [] },
      { shape: { ...shape, columns: 0 } },
      { shape: { ...shape, layers: 1 } },
      { shape: { ...shape, m: 2 } },
      { examples: [] },
      { examples: ["+ -", "+ -"] },
      { examples: ["++ -"] },
      { shape: { ...shape, m: 2 }, examples: ["+ -", "++ -"] },
      { points: ["+", "-+"] },
      { points: [""] },
      { shape: { ...shape, columns: 499_999 } },
    ];
    for (const change of changes) {
      expect([change, codeOf(change)]).toEqual([change, "learning-shape"]);
      expect(decideLearning({ ...RUN, ...change })).toMatchObject({ path: "shape" });
    }
    // As few layers as Lemma 3 needs, and no point to predict.
    expect(codeOf({ shape: { ...shape, layers: 2 } })).toBe("accepted");
    expect(codeOf({ points: [] })).toBe("accepted");
    // As many cells as there may be: the next question is whether the filter is the machine's, and this one is not.
    const filter = wrongAt(
      RUN.filter,
      Array.from({ length: 9 }, () => code.scale),
      2n,
    );
    expect(codeOf({ filter, shape: { ...shape, columns: 499_998 } })).toBe("weight-outside-set");
    expect(codeOf({ filter, shape: { ...shape, columns: 499_999 } })).toBe("learning-shape");
  });

  it("should refuse a head that is wrong where training does not meet it, and weights that float32 does not hold", () => {
    const [hidden, output] = RUN.head.layers as [AffineMap, AffineMap];
    const steeper = withRow(RUN.head, 1, 0, (row) => ({
      ...row,
      entries: row.entries.map(([unit, w], k) => [unit, k === 3 ? w.mul(rational(2n)) : w] as const),
    }));
    expect(codeOf({ head: steeper })).toBe("head-slope");
    const idle = { bias: rational(1n, 3n), entries: [] };
    const thirds = {
      layers: [
        { ...hidden, rows: [...hidden.rows, idle] },
        { ...output, inputs: output.inputs + 1 },
      ],
    };
    expect(codeOf({ head: thirds })).toBe("accepted");
    expect(codeOf({ head: thirds, float32: true })).toBe("float-bounds");
  });

  it("should refuse a filter that is not the machine's where a prediction alone would meet it", () => {
    // Only the grids of a prediction are ever in the compute phase; without points, nothing else would show it.
    const bent = withRow(RUN.filter, 2, 0, (row) => ({ ...row, bias: row.bias.add(ONE) }));
    expect(codeOf({ filter: bent, points: [] })).toMatch(/^(value|derivative|kink)$/);
    expect(codeOf({ filter: RUN.filter, points: [] })).toBe("accepted");
  });

  it("should reject where the filter has no value in a roll-out", () => {
    NetworkReplay.prototype.rollOut = function (start, keepAll) {
      if (!keepAll) throw new NoValue("no value");
      return rollOut.call(this, start, keepAll);
    };
    expect(decideLearning(RUN)).toMatchObject({
      code: "learning-prediction",
      path: "predictions",
      message: "no value",
    });
  });

  it("should stop at the limit of cells, and hide no other error", () => {
    NetworkReplay.prototype.rollOut = () => {
      throw new OutOfBudget();
    };
    // Memorization replays small training sets without a limit of cells.
    expect(() => decideLearning(RUN)).toThrow(OutOfBudget);
    const late = (error: Error) => {
      NetworkReplay.prototype.rollOut = function (start, keepAll) {
        if (!keepAll) throw error;
        return rollOut.call(this, start, keepAll);
      };
    };
    late(new OutOfBudget());
    expect(decideLearning(RUN)).toMatchObject({ verdict: "undecided", limit: "learning-cells" });
    late(new TypeError("a fault"));
    expect(() => decideLearning(RUN)).toThrow("a fault");
  });

  it("should read the output of the last grid, and an answer from a halted machine alone", () => {
    const phase = PHASE_VALUE;
    const symbol = (s: 1 | -1): Rational => phase.add(symbolValue(s));
    const halting = FIRST_LITERAL.halting.indexOf(true);
    const running = FIRST_LITERAL.halting.indexOf(false);
    const head = (state: number, s: 1 | -1): Rational => symbol(s).add(headValue(code, state));
    const padding = rational(1n).add(phase);
    // Two rows of two main cells and a padding column, which the output leaves out; heads count wherever they are.
    const cases: readonly (readonly [f: string, answer: "+" | "-" | null, cells: readonly Rational[]])[] = [
      ["1", "+", [head(halting, 1), phase, padding, phase, phase, padding]],
      ["-1", "-", [phase, phase, padding, phase, head(halting, -1), padding]],
      ["1", "+", [symbol(1), phase, padding, phase, phase, padding.add(headValue(code, halting))]],
      ["0", null, [head(halting, 1), symbol(-1), padding, phase, phase, padding]],
      ["2", null, [head(halting, 1), symbol(1), padding, phase, phase, padding]],
      ["-2", null, [head(halting, -1), symbol(-1), padding, phase, phase, padding]],
      ["1", null, [head(running, 1), phase, padding, phase, phase, padding]],
      ["1", null, [symbol(1), phase, padding, phase, phase, padding]],
      ["1", null, [head(halting, 1), head(halting, -1), padding, symbol(1), phase, padding]],
      ["1", null, [head(halting, 1), head(running, -1), padding, symbol(1), phase, padding]],
      ["1", null, [head(running, 1), head(halting, -1), padding, symbol(1), phase, padding]],
    ];
    for (const [f, answer, values] of cases) {
      const cells = values.map((x) => toUnits(code, x));
      for (const settled of [true, false]) {
        NetworkReplay.prototype.rollOut = function (start: Units, keepAll: boolean) {
          if (keepAll) return rollOut.call(this, start, keepAll);
          return { grids: [start, cells], settled, layersRun: 7 };
        };
        const { predictions } = claimsOf({ ...RUN, points: ["+"] });
        expect(predictions).toEqual([{ x: "+", f, answer, settles: settled ? 7 : null }]);
      }
    }
  });

  it("should put the dummy sample's 1 behind a point, and count cells over training and predictions", () => {
    const starts: string[] = [];
    NetworkReplay.prototype.rollOut = function (start, keepAll) {
      if (!keepAll)
        starts.push(start.map((u) => (u === code.scale ? "1" : u > 0n ? "+" : u < 0n ? "-" : ".")).join(""));
      return rollOut.call(this, start, keepAll);
    };
    const { verdicts } = claimsOf(RUN);
    // W is - - / + +; times (x, 1), beside a column of ones.
    expect(starts).toEqual(["--1++1", "+-1-+1"]);
    expect(verdicts.replay.cells).toBeGreaterThan(claimsOf({ ...RUN, points: [] }).verdicts.replay.cells);
  });
});
