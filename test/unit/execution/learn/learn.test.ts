import { beforeAll, describe, expect, it } from "vitest";
import { hypercube, type Example, type Sign } from "../../../../inputs/examples/examples.js";
import { learn, type LearnRequest, type LearnResult } from "../../../../execution/rcnn/learn.js";
import { planRuns, xorTape } from "../../../../execution/rcnn/learn-plan.js";
import { FIRST_LITERAL, IDLE } from "./learners.js";

const examples: Example[] = [
  { x: [1, -1, 1], y: -1 },
  { x: [-1, -1, 1], y: 1 },
];
const cube = hypercube(3).map((x) => ({ x, label: -(x[0] as number) as Sign }));
const request = (more: Partial<LearnRequest> = {}): LearnRequest => ({
  machine: FIRST_LITERAL,
  examples,
  queries: cube,
  backend: "wasm",
  ...more,
});

describe("learning on wasm", () => {
  let result: LearnResult;
  const progress: string[] = [];
  beforeAll(async () => {
    result = await learn(request({ onProgress: (part, done, total) => progress.push(`${part} ${done}/${total}`) }));
  });

  it("should memorize, predict every point right, and give the integer engine's bits", () => {
    expect(result).toMatchObject({
      memorized: true,
      fault: null,
      bitExact: true,
      difference: null,
      computed: true,
      backend: "wasm",
      accuracy: 1,
      correct: 8,
      labelled: 8,
      contradictions: [],
    });
    expect(result.predictions.map(({ prediction }) => prediction)).toEqual(cube.map(({ label }) => label));
    expect(result.floatBounds?.backward.length).toBeGreaterThan(5);
  });

  it("should choose just as many layers and columns as the runs need", async () => {
    const { layers, columns } = result;
    const fewer = await learn(request({ backend: "exact", layers: layers - 1 }));
    expect(fewer.predictions.map(({ reason }) => reason)).toContain("too-few-layers");
    expect(Math.max(...fewer.predictions.map((prediction) => prediction.layers ?? 0))).toBe(layers);
    expect(columns).toBe(1);
    for (const more of [{ columns: columns + 3 }, { layers: layers + 7 }]) {
      const { predictions } = await learn(request({ backend: "exact", ...more }));
      expect(predictions.map(({ prediction }) => prediction)).toEqual(cube.map(({ label }) => label));
    }
  });

  it("should report training step by step and the roll-out layer by layer", () => {
    expect(progress.slice(0, 3)).toEqual(["training 1/3", "training 2/3", "training 3/3"]);
    expect(progress.slice(3).every((line) => line.startsWith("roll-out "))).toBe(true);
  });

  it("should be JSON data", () => {
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });
});

describe("learning that comes to no answer", () => {
  it("should say that a machine has not halted", async () => {
    const { predictions, memorized } = await learn(request({ machine: IDLE, backend: "exact", maxSteps: 100 }));
    expect(memorized).toBe(true);
    for (const { prediction, reason, output, layers } of predictions) {
      expect({ prediction, reason, output, layers }).toEqual({
        prediction: null,
        reason: "not-halted",
        output: null,
        layers: null,
      });
    }
  });

  it("should say that a head would leave the grid on the right, rather than let the border change the run", async () => {
    // Walks five cells to the right of the data, then does what FIRST_LITERAL does.
    const { machine, needed } = farWalker();
    const full = await learn(request({ machine, backend: "exact" }));
    expect(full.columns).toBe(needed);
    expect(full.accuracy).toBe(1);
    const narrow = await learn(request({ machine, backend: "exact", columns: needed - 1 }));
    expect(new Set(narrow.predictions.map(({ reason }) => reason))).toEqual(new Set(["too-few-columns"]));
    expect(narrow.accuracy).toBe(0);
  });

  it("should say that a machine left no answer", async () => {
    const halting = IDLE.states.map((_, q) => q === 1);
    const { predictions } = await learn(request({ machine: { ...IDLE, halting }, backend: "exact" }));
    for (const { prediction, reason, output } of predictions) {
      expect(prediction).toBeNull();
      expect(reason).toBe("no-answer");
      expect(output).not.toBeNull();
    }
  });

  it("should refuse too few layers for the memory phase, by name", async () => {
    await expect(learn(request({ backend: "exact", layers: 2 }))).rejects.toMatchObject({
      name: "LearnLimit",
      limit: "layers",
      message: "2 layers are too few: the memory phase needs m + 1 = 3 to reach every row",
    });
  });
});

describe("learning from odd training sets", () => {
  it("should work with one example of one coordinate", async () => {
    for (const y of [1, -1] as const) {
      const { predictions, memorized, bitExact } = await learn(
        request({ examples: [{ x: [-1], y }], queries: hypercube(1).map((x) => ({ x, label: undefined })) }),
      );
      expect({ memorized, bitExact }).toEqual({ memorized: true, bitExact: true });
      expect(predictions.map(({ prediction }) => prediction)).toEqual([y, -y]);
    }
  });

  it("should name contradictory examples and memorize them all the same", async () => {
    const twice: Example[] = [...examples, { x: [1, -1, 1], y: 1 }];
    const result = await learn(request({ examples: twice, backend: "exact" }));
    expect(result.contradictions).toEqual([[0, 2]]);
    expect(result.memorized).toBe(true);
  });

  it("should refuse queries of another dimension", async () => {
    await expect(learn(request({ queries: [{ x: [1], label: undefined }] }))).rejects.toThrow(
      "learn: query 0: expected 3 entries, got 1",
    );
  });
});

describe("planning", () => {
  it("should write the XOR tape of B.1.2", () => {
    expect(xorTape([{ x: [1, -1], y: -1 }], [-1, -1])).toEqual([1, -1, -1, -1, -1, 1]);
  });

  it("should count the first step and leave the answer top left", () => {
    const [plan] = planRuns(FIRST_LITERAL, [{ x: [-1], y: 1 }], [[1]], 100);
    expect(plan?.tape).toEqual([-1, 0, 0, 0]);
    // first, 2 + 2 cells cleared, border felt twice, up twice, to the right end and back, halt
    expect(plan).toMatchObject({ halted: true, columns: 1, layers: (plan?.steps ?? 0) + 1 });
  });
});

function farWalker(): { machine: LearnRequest["machine"]; needed: number } {
  const walk = 5;
  const states = FIRST_LITERAL.states.slice(0, 1);
  const out = Array.from({ length: walk }, (_, i) => `out ${i}`);
  const back = Array.from({ length: walk }, (_, i) => `back ${i}`);
  const offset = out.length + back.length;
  const row = (move: "left" | "right", next: number) => ({
    0: { write: 0, move, next } as const,
    1: { write: 1, move, next } as const,
    [-1]: { write: -1, move, next } as const,
  });
  const rest = FIRST_LITERAL.table.slice(1).map((entries) => ({
    0: { ...entries[0], next: entries[0].next + offset },
    1: { ...entries[1], next: entries[1].next + offset },
    [-1]: { ...entries[-1], next: entries[-1].next + offset },
  }));
  const [first] = FIRST_LITERAL.table;
  return {
    machine: {
      name: "far-walker",
      states: [...states, ...out, ...back, ...FIRST_LITERAL.states.slice(1)],
      halting: [false, ...[...out, ...back].map(() => false), ...FIRST_LITERAL.halting.slice(1)],
      table: [
        {
          0: { write: 0, move: "stay", next: 1 },
          1: { write: 1, move: "stay", next: 1 },
          [-1]: { write: -1, move: "stay", next: 1 },
        },
        ...out.map((_, i) => row("right", 2 + i)),
        ...back.map((_, i) => row("left", i + 1 < walk ? 2 + walk + i : (first?.[0].next ?? 0) + offset)),
        ...rest,
      ],
    },
    needed: walk,
  };
}
