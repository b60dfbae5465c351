/** Every backend that this machine has gives the integer engine's bits; the others are named with the reason. */
import { afterAll, describe, expect, it } from "vitest";
import { hypercube, type Example } from "../../../../inputs/examples/examples.js";
import { BACKENDS, BackendUnavailable, loadBackend, type Backend } from "../../../../execution/tensors/backends.js";
import { checkVectors, checkVectorsToJson } from "../../../../execution/tensors/check-vectors.js";
import { selfCheck, type CheckVectors } from "../../../../execution/tensors/self-check.js";
import { FIRST_LITERAL, largeMachine } from "../learn/learners.js";

const examples: Example[] = [
  { x: [1, -1, 1], y: -1 },
  { x: [-1, -1, 1], y: 1 },
];
const common = { examples, points: hypercube(3), columns: 2, patches: 300 };
const small = { ...common, machine: FIRST_LITERAL, layers: 32 };
const large = { ...common, machine: largeMachine(200), layers: 6, points: hypercube(3).slice(0, 2) };
const vectors = [
  checkVectors({ ...small, layout: "dense" }),
  checkVectors({ ...small, layout: "taps" }),
  checkVectors({ ...large, layout: "taps" }),
];

const reasons = new Set<string>();
afterAll(() => {
  for (const reason of reasons) console.warn(`not checked: ${reason}`);
});

describe.each(BACKENDS)("tensors on %s", (name) => {
  for (const expected of vectors) {
    it(`should give the integer engine's bits: ${expected.name}`, async ({ skip }) => {
      const backend = await loadBackend(name).catch((error: unknown) => error);
      const leftOut = (reason: string): void => {
        reasons.add(reason);
        skip(reason);
      };
      if (backend instanceof BackendUnavailable && name !== "wasm" && name !== "cpu") return leftOut(backend.message);
      if (backend instanceof Error) throw backend;
      const { tf, isSoftware } = backend as Backend;
      if (isSoftware) return leftOut(`backend ${name}: an emulated GPU is checked in test/slow`);
      for (const { check, compared, wrong, first } of await selfCheck(tf, expected)) {
        expect({ check, wrong, first }).toEqual({ check, wrong: 0, first: null });
        expect(compared).toBeGreaterThan(0);
      }
    });
  }
});

describe("the check itself", () => {
  it("should take its vectors as JSON too, and compare every number of each kind", async () => {
    const { tf } = await loadBackend("cpu");
    const original = vectors[1] as CheckVectors;
    const rows = await selfCheck(tf, JSON.parse(checkVectorsToJson(original)) as CheckVectors);
    const cells = original.shape.rows * original.shape.columns;
    const main = original.shape.rows * original.shape.mainColumns;
    expect(rows.map(({ compared }) => compared)).toEqual([
      300,
      3 * (1 + 3 * main),
      1 + 2 * main,
      8 * cells + 8,
      8 * cells + 8,
      1,
    ]);
    expect(rows.every(({ wrong }) => wrong === 0)).toBe(true);
  });

  it("should find one wrong number of any kind", async () => {
    const { tf } = await loadBackend("cpu");
    const right = vectors[1] as CheckVectors;
    const off = (numbers: readonly number[]): number[] => numbers.with(-1, (numbers.at(-1) as number) + 1);
    const last = <T>(items: readonly T[], change: (item: T) => T): T[] => items.with(-1, change(items.at(-1) as T));
    const wrong: CheckVectors[] = [
      { ...right, values: off(right.values) },
      { ...right, outputs: off(right.outputs) },
      { ...right, grids: last(right.grids, off) },
      ...(["memory", "gradient", "weights"] as const).map((key) => ({
        ...right,
        steps: last(right.steps, (step) => ({ ...step, [key]: off(step[key]) })),
      })),
    ];
    for (const vector of wrong) {
      const rows = await selfCheck(tf, vector);
      expect(rows.some((row) => row.wrong > 0 && row.first !== null)).toBe(true);
    }
  });
});
