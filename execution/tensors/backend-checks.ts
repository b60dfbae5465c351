/**
 * The checks that a machine with a GPU is for, as one table: every backend that is there, on small and large machines,
 * with times. scripts/gpu-checks.mjs prints it.
 */
import { loadMachine } from "../../inputs/machines/load-machine.js";
import { normalForm } from "../../spec/machines/normal-form.js";
import { hypercube, type Example } from "../../inputs/examples/examples.js";
import { BACKENDS, BackendUnavailable, loadBackend, type BackendName } from "./backends.js";
import { checkVectors } from "./check-vectors.js";
import { selfCheck, type CheckVectors } from "./self-check.js";

/** One line of the table. */
export interface BackendCheck {
  readonly backend: BackendName;
  /** Versions and device, or why the backend is not there. */
  readonly detail: string;
  readonly available: boolean;
  readonly vectors: string;
  readonly check: string;
  readonly compared: number;
  readonly wrong: number;
  readonly first: string | null;
  readonly milliseconds: number;
}

/** Vectors from a learner of the gallery, in both layouts, with all 2^d points in one batch. */
export function galleryVectors(learner: string = "parity", patches: number = 2000): CheckVectors[] {
  const machine = normalForm(loadMachine(learner));
  const points = hypercube(3);
  const examples = [0, 3, 5, 6].map((k): Example => {
    const x = points[k] as Example["x"];
    return { x, y: (x[0] as number) * (x[2] as number) === 1 ? 1 : -1 };
  });
  return (["dense", "taps"] as const)
    .filter((layout) => layout === "taps" || machine.states.length <= 16)
    .map((layout) => checkVectors({ machine, layout, examples, points, columns: 2, layers: 250, patches }));
}

/** Runs the bit-exactness check on every backend that is there. */
export async function checkBackends(
  vectors: readonly CheckVectors[],
  names: readonly BackendName[] = BACKENDS,
): Promise<BackendCheck[]> {
  const table: BackendCheck[] = [];
  for (const backend of names) {
    try {
      const { tf, detail } = await loadBackend(backend);
      for (const vector of vectors) {
        const rows = await selfCheck(tf, vector);
        table.push(...rows.map((row) => ({ backend, detail, available: true, vectors: vector.name, ...row })));
      }
    } catch (error) {
      if (!(error instanceof BackendUnavailable)) throw error;
      const none = { vectors: "", check: "", compared: 0, wrong: 0, first: null, milliseconds: 0 };
      table.push({ backend, detail: error.message, available: false, ...none });
    }
  }
  return table;
}
