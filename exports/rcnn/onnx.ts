/**
 * A certified filter as an ONNX model, in float32 or float64, that computes without rounding at every patch of the
 * alphabet of its certificate. All cells are integers in u-units.
 *
 *   patches   patch [N, 9] to value [N, 1]: f-bar, patch by patch
 *   gradient  patch [N, 9] to value [N, 1] and gradient [N, 9]: f-bar and its nine partial derivatives, by the chain rule
 *   conv      grid [N, 1, H, W] to next [N, 1, H-2, W-2]: the filter as a 3x3 convolution; the border is part of the input
 *   layer     grid [N, 1, H, W] to next [N, 1, H, W]: one layer of Definition 5, which is conv after a border of p
 */
import type { RcnnCertificate } from "../../certificates/rcnn-certificate.js";
import { exactNumber } from "../../checkers/rcnn/dyadic-sum.js";
import type { AffineMap } from "../../spec/networks/network.js";
import { PLACES } from "../../spec/rcnn/patch.js";
import type { Precision } from "../export-formats.js";
import { ExportRefused } from "../export-refused.js";
import { encodeModel, tensorType, type OnnxModel, type Operator, type Port, type Tensor } from "../onnx/model.js";
import { exportedFilter, type ExportedFilter } from "./exported-filter.js";
import { assertExactIn } from "./float-precision.js";

/** Which of the four models of a filter; the comment above says what each computes. */
export type OnnxKind = "patches" | "gradient" | "conv" | "layer";

/** All kinds of models. */
export const ONNX_KINDS: readonly OnnxKind[] = ["patches", "gradient", "conv", "layer"];

/** Most entries of a matrix: 256 MiB of float64. */
const MAX_ENTRIES = 2 ** 25;

const DESCRIPTIONS: Readonly<Record<OnnxKind, string>> = {
  patches: "f-bar at 3x3 patches, cells row by row",
  gradient: "f-bar and its nine partial derivatives at 3x3 patches, cells row by row",
  conv: "f-bar at every 3x3 patch of a grid that comes with its border",
  layer: "one layer of the recurrent network: f-bar at every cell of a grid, with p beyond its edge",
};

/**
 * The bytes of an ONNX file.
 *
 * @param certificate accepted by a checker
 * @throws {ExportRefused} if some number is not of that precision, if a sum could be rounded, or if a matrix is too
 *   large
 */
export function onnxModel(certificate: RcnnCertificate, kind: OnnxKind, precision: Precision): Uint8Array {
  const exported = exportedFilter(certificate);
  assertExactIn(exported, precision, kind === "gradient");
  return encodeModel(filterModel(exported, kind, precision));
}

function filterModel(exported: ExportedFilter, kind: OnnxKind, precision: Precision): OnnxModel {
  const onGrid = kind === "conv" || kind === "layer";
  const { constants, operators } = onGrid
    ? convolutions(exported, precision, kind === "layer")
    : products(exported, precision);
  const port = (name: string, ...shape: (number | string)[]): Port => ({ name, type: precision, shape });
  const outputs = onGrid
    ? [kind === "layer" ? port("next", "N", 1, "H", "W") : port("next", "N", 1, "H-2", "W-2")]
    : [port("value", "N", 1)];
  if (kind === "gradient") {
    const chain = chainRule(exported, precision);
    constants.push(...chain.constants);
    operators.push(...chain.operators);
    outputs.push(port("gradient", "N", PLACES));
  }
  const description = `${DESCRIPTIONS[kind]}; exact integers, u = ${exported.code.scale} x`;
  return {
    name: `filter-${kind}`,
    description,
    inputs: [onGrid ? port("grid", "N", 1, "H", "W") : port("patch", "N", PLACES)],
    outputs,
    constants,
    operators,
    metadata: {
      ...exported.facts,
      "weightproof.model": kind,
      "weightproof.precision": precision,
      "weightproof.statement": description,
    },
  };
}

interface Part {
  readonly constants: Tensor[];
  readonly operators: Operator[];
}

/** Each layer as input * weights^T + bias, then perhaps a ReLU. */
function products({ filter }: ExportedFilter, precision: Precision): Part {
  const constants: Tensor[] = [];
  const operators: Operator[] = [];
  let input = "patch";
  for (const [i, layer] of filter.layers.entries()) {
    const { name } = layer;
    const sum = i === filter.layers.length - 1 ? "value" : `${name}.sum`;
    constants.push(weights(layer, precision, [layer.rows.length, layer.inputs]), biases(layer, precision));
    operators.push({
      type: "Gemm",
      inputs: [input, weightName(name), biasName(name)],
      output: sum,
      attributes: { transB: 1 },
    });
    input = rectified(layer, sum, operators);
  }
  return { constants, operators };
}

/** The first layer as a 3x3 convolution, the others as 1x1 convolutions. */
function convolutions({ filter, padding }: ExportedFilter, precision: Precision, withBorder: boolean): Part {
  const constants: Tensor[] = [];
  const operators: Operator[] = [];
  let input = "grid";
  if (withBorder) {
    constants.push(
      { name: "border.widths", type: "int64", shape: [8], values: Float64Array.of(0, 0, 1, 1, 0, 0, 1, 1) },
      { name: "border.value", type: precision, shape: [], values: Float64Array.of(Number(padding)) },
    );
    operators.push({ type: "Pad", inputs: ["grid", "border.widths", "border.value"], output: "border" });
    input = "border";
  }
  for (const [i, layer] of filter.layers.entries()) {
    const { name } = layer;
    const sum = i === filter.layers.length - 1 ? "next" : `${name}.sum`;
    const kernel = i === 0 ? [1, 3, 3] : [layer.inputs, 1, 1];
    constants.push(weights(layer, precision, [layer.rows.length, ...kernel]), biases(layer, precision));
    operators.push({
      type: "Conv",
      inputs: [input, weightName(name), biasName(name)],
      output: sum,
      attributes: { kernel_shape: kernel.slice(1) },
    });
    input = rectified(layer, sum, operators);
  }
  return { constants, operators };
}

/** Adds the ReLU of a layer if it has one; returns where the layer's result is. */
function rectified({ name, relu }: AffineMap, sum: string, operators: Operator[]): string {
  if (!relu) return sum;
  operators.push({ type: "Relu", inputs: [sum], output: `${name}.relu` });
  return `${name}.relu`;
}

/**
 * The derivative of the value, from the last layer back: a product with each layer's weights, and 0 where a ReLU is
 * off. A ReLU exactly at its kink counts as off; a certified filter has none there that changes with a cell.
 */
function chainRule({ filter }: ExportedFilter, precision: Precision): Part {
  const constants: Tensor[] = [{ name: "zero", type: precision, shape: [], values: Float64Array.of(0) }];
  const operators: Operator[] = [];
  const last = filter.layers.at(-1) as AffineMap;
  let derivative = weightName(last.name);
  for (const [i, { name, relu }] of [...filter.layers.slice(0, -1).entries()].reverse()) {
    if (relu) {
      const at = (part: string): string => `${name}.${part}`;
      operators.push(
        { type: "Greater", inputs: [at("sum"), "zero"], output: at("open") },
        { type: "Cast", inputs: [at("open")], output: at("slope"), attributes: { to: tensorType(precision) } },
        { type: "Mul", inputs: [at("slope"), derivative], output: at("before") },
      );
      derivative = at("before");
    }
    const output = i === 0 ? "gradient" : `${name}.derivative`;
    operators.push({ type: "MatMul", inputs: [derivative, weightName(name)], output });
    derivative = output;
  }
  return { constants, operators };
}

function weightName(layer: string): string {
  return `${layer}.weight`;
}

function biasName(layer: string): string {
  return `${layer}.bias`;
}

function weights({ name, inputs, rows }: AffineMap, type: Precision, shape: readonly number[]): Tensor {
  if (rows.length * inputs > MAX_ENTRIES) {
    throw new ExportRefused(`${name} has ${rows.length} x ${inputs} entries, more than the ${MAX_ENTRIES} of a matrix`);
  }
  const values = new Float64Array(rows.length * inputs);
  for (const [r, { entries }] of rows.entries()) {
    for (const [column, weight] of entries) values[r * inputs + column] = exactNumber(weight);
  }
  return { name: weightName(name), type, shape, values };
}

function biases({ name, rows }: AffineMap, type: Precision): Tensor {
  return {
    name: biasName(name),
    type,
    shape: [rows.length],
    values: Float64Array.from(rows, ({ bias }) => exactNumber(bias)),
  };
}
