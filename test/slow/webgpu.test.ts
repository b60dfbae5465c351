/**
 * The bit-exactness check on webgpu in Node, on whatever GPU there is; where there is none, on the SwiftShader driver that
 * Debian's chromium package brings, named in VK_DRIVER_FILES. Skipped, with the reason, where neither is there.
 */
import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { hypercube, type Example } from "../../inputs/examples/examples.js";
import { BackendUnavailable, loadBackend, type Backend } from "../../execution/tensors/backends.js";
import { checkVectors } from "../../execution/tensors/check-vectors.js";
import { selfCheck } from "../../execution/tensors/self-check.js";
import { FIRST_LITERAL, largeMachine } from "../unit/execution/learn/learners.js";

const SWIFTSHADER = "/usr/lib/chromium/vk_swiftshader_icd.json";

const examples: Example[] = [
  { x: [1, -1], y: -1 },
  { x: [-1, -1], y: 1 },
];
const common = { examples, points: hypercube(2), columns: 1, patches: 100 };
const vectors = [
  checkVectors({ ...common, machine: FIRST_LITERAL, layout: "dense", layers: 12 }),
  checkVectors({ ...common, machine: FIRST_LITERAL, layout: "taps", layers: 30 }),
  checkVectors({ ...common, machine: largeMachine(100), layout: "taps", layers: 5 }),
];

async function loadWebgpu(): Promise<Backend> {
  try {
    return await loadBackend("webgpu");
  } catch (error) {
    if (!(error instanceof BackendUnavailable)) throw error;
    if (process.env["VK_DRIVER_FILES"] !== undefined || !existsSync(SWIFTSHADER)) throw error;
    process.env["VK_DRIVER_FILES"] = SWIFTSHADER;
    return loadBackend("webgpu");
  }
}

describe("tensors on webgpu", () => {
  for (const expected of vectors) {
    it(`should give the integer engine's bits: ${expected.name}`, async ({ skip }) => {
      const backend = await loadWebgpu().catch((error: unknown) => error);
      if (backend instanceof BackendUnavailable) return skip(backend.message);
      if (backend instanceof Error) throw backend;
      const { tf } = backend as Backend;
      for (const { check, compared, wrong, first } of await selfCheck(tf, expected)) {
        expect({ check, wrong, first }).toEqual({ check, wrong: 0, first: null });
        expect(compared).toBeGreaterThan(0);
      }
    });
  }
});
