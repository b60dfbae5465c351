/** onnxruntime-node on the ONNX exports: every number equal, bit for bit, to the integer that f-bar gives. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { PRECISIONS, type Precision } from "../../exports/export-formats.js";
import { onnxModel, type OnnxKind } from "../../exports/rcnn/onnx.js";
import { wellFormedCells } from "../../spec/rcnn/alphabet.js";
import { cellFromValue, PADDING_CELL, toUnits, type Cell } from "../../spec/rcnn/cell-code.js";
import { cellRule, cellFeatures, outcomeValue } from "../../spec/rcnn/cell-rule.js";
import { CENTRE, patchOf, PLACES } from "../../spec/rcnn/patch.js";
import { expectedAt, samplePatches, type Case } from "./cases.js";
import type { Table } from "./table.js";

type Numbers = Float32Array | Float64Array;

interface Tensor {
  readonly data: Numbers;
  readonly dims: readonly number[];
}

/** The part of the package that is used here. */
interface OnnxRuntime {
  readonly InferenceSession: {
    create(model: Uint8Array): Promise<{ run(inputs: Record<string, Tensor>): Promise<Record<string, Tensor>> }>;
  };
  readonly Tensor: new (type: Precision, data: Numbers, dims: readonly number[]) => Tensor;
}

/** Installed by scripts/other-tools.mjs alone; no dependency of the project. */
const PACKAGE = "onnxruntime-node";

/** The package in a folder of tools, with its version; undefined if it is not installed there. */
export function loadOnnxRuntime(tools: string): { readonly runtime: OnnxRuntime; readonly title: string } | undefined {
  try {
    const require = createRequire(resolve(join(tools, "package.json")));
    const manifest = readFileSync(join(tools, "node_modules", PACKAGE, "package.json"), "utf8");
    const { version } = JSON.parse(manifest) as { version: string };
    return { runtime: require(PACKAGE) as OnnxRuntime, title: `${PACKAGE} ${version}` };
  } catch {
    return undefined;
  }
}

/** Patches beyond those that cover everything. */
const MORE_PATCHES = 20_000;
const [ROWS, COLUMNS, LAYERS] = [30, 40, 6] as const;

const ARRAYS = { float32: Float32Array, float64: Float64Array } as const;

/** Both precisions of every model. */
export async function askRuntime(
  table: Table,
  { runtime, title }: { readonly runtime: OnnxRuntime; readonly title: string },
  one: Case,
): Promise<void> {
  const patches = samplePatches(one.exported, MORE_PATCHES).map((cells) => expectedAt(one.exported, cells));
  const slopes = patches.flatMap(({ slope }) => Array.from({ length: PLACES }, (_, j) => (j === CENTRE ? slope : 0)));
  for (const precision of PRECISIONS) {
    const tensor = (values: readonly number[], dims: readonly number[]): Tensor =>
      new runtime.Tensor(precision, ARRAYS[precision].from(values), dims);
    const ask = async (kind: OnnxKind, compared: string, run: Compare): Promise<void> => {
      const model = onnxModel(one.certificate, kind, precision);
      const started = performance.now();
      const about = { machine: one.name, tool: title, query: `ONNX ${kind} ${precision}`, bytes: model.length };
      try {
        const session = await runtime.InferenceSession.create(model);
        const wrong = await run((inputs) => session.run(inputs), tensor);
        const answer = wrong === 0 ? `equal: ${compared}` : `${wrong} numbers differ`;
        table.add({
          ...about,
          seconds: (performance.now() - started) / 1000,
          answer,
          expected: `equal: ${compared}`,
        });
      } catch (error) {
        if (!String(error).includes("Could not find an implementation")) throw error;
        table.add({ ...about, answer: "this tool has no such operator" });
      }
    };
    const input = (make: MakeTensor): Record<string, Tensor> => ({
      patch: make(
        patches.flatMap(({ patch }) => patch),
        [patches.length, PLACES],
      ),
    });
    const values = patches.map(({ value }) => value);
    const count = patches.length.toLocaleString("en-US");
    await ask("patches", `${count} patches`, async (run, make) => {
      const { value } = await run(input(make));
      return differences(value, values);
    });
    await ask("gradient", `${count} patches`, async (run, make) => {
      const { value, gradient } = await run(input(make));
      return differences(value, values) + differences(gradient, slopes);
    });
    await ask("conv", `${(ROWS - 2) * (COLUMNS - 2)} cells`, async (run, make) => {
      const grid = startGrid(one);
      const { next } = await run({ grid: make(units(one, grid), [1, 1, ROWS, COLUMNS]) });
      const inner = nextGrid(one, grid).filter((_, i) => !isBorder(i));
      return differences(next, units(one, inner));
    });
    await ask("layer", `${LAYERS * ROWS * COLUMNS} cells, ${LAYERS} layers`, async (run, make) => {
      let wrong = 0;
      let grid = startGrid(one);
      let tensorGrid = make(units(one, grid), [1, 1, ROWS, COLUMNS]);
      for (let layer = 0; layer < LAYERS; layer++) {
        const { next } = await run({ grid: tensorGrid });
        grid = nextGrid(one, grid);
        wrong += differences(next, units(one, grid));
        tensorGrid = next as Tensor;
      }
      return wrong;
    });
  }
}

type MakeTensor = (values: readonly number[], dims: readonly number[]) => Tensor;
type Compare = (
  run: (inputs: Record<string, Tensor>) => Promise<Record<string, Tensor>>,
  make: MakeTensor,
) => Promise<number>;

/** How many numbers are not the same, bit for bit: 0 and -0 differ. */
function differences(tensor: Tensor | undefined, expected: readonly number[]): number {
  if (tensor?.data.length !== expected.length) return Infinity;
  return expected.filter((number, i) => !Object.is(tensor.data[i], number)).length;
}

function units({ exported }: Case, cells: readonly Cell[]): number[] {
  return cells.map((cell) => Number(toUnits(exported.code, cell.value)));
}

/** All letters, as far as they go, in no order. */
function startGrid({ exported }: Case): Cell[] {
  const letters = wellFormedCells(exported.code);
  return Array.from({ length: ROWS * COLUMNS }, (_, i) => letters[(i * i + 7 * i) % letters.length] as Cell);
}

function isBorder(i: number): boolean {
  const [row, column] = [Math.floor(i / COLUMNS), i % COLUMNS];
  return row === 0 || column === 0 || row === ROWS - 1 || column === COLUMNS - 1;
}

/** One layer by f-bar, with p beyond the edge. */
function nextGrid({ exported: { code, machine } }: Case, grid: readonly Cell[]): Cell[] {
  const questions = cellFeatures(code, machine);
  const cellAt = (row: number, column: number): Cell =>
    row < 0 || column < 0 || row >= ROWS || column >= COLUMNS ? PADDING_CELL : (grid[row * COLUMNS + column] as Cell);
  const steps = [-1, 0, 1];
  return grid.map((centre, i) => {
    const [row, column] = [Math.floor(i / COLUMNS), i % COLUMNS];
    const cells = steps.flatMap((down) => steps.map((right) => cellAt(row + down, column + right)));
    return cellFromValue(code, outcomeValue(cellRule(code, questions, patchOf(cells)), centre));
  });
}
