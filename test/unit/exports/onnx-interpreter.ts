/**
 * Reads the bytes of an ONNX file and runs it, operator by operator, in float32 or float64: a small interpreter of the operators
 * that exports use, for tests. Every product and every sum is rounded to the model's precision. The terms of a sum are added
 * from first to last, or from last to first: a model that is exact gives the same in both orders. Terms of weight 0 are left out.
 */
import { fromBinary } from "@bufbuild/protobuf";
import { modelDescriptor } from "../../../exports/onnx/schema.js";

export interface Tensor {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

interface RawTensor {
  readonly name: string;
  readonly dims: readonly bigint[];
  readonly dataType: number;
  readonly rawData: Uint8Array;
}

interface Port {
  readonly name: string;
  readonly type: {
    readonly tensorType: {
      readonly elemType: number;
      readonly shape: { readonly dim: readonly { readonly dimValue: bigint; readonly dimParam: string }[] };
    };
  };
}

/** A decoded model. */
export interface Model {
  readonly irVersion: bigint;
  readonly docString: string;
  readonly opsetImport: readonly { readonly domain: string; readonly version: bigint }[];
  readonly metadataProps: readonly { readonly key: string; readonly value: string }[];
  readonly graph: {
    readonly node: readonly {
      readonly opType: string;
      readonly input: readonly string[];
      readonly output: readonly string[];
      readonly attribute: readonly { readonly name: string; readonly i: bigint; readonly ints: readonly bigint[] }[];
    }[];
    readonly initializer: readonly RawTensor[];
    readonly input: readonly Port[];
    readonly output: readonly Port[];
  };
}

export function decodeModel(bytes: Uint8Array): Model {
  return fromBinary(modelDescriptor(), bytes) as unknown as Model;
}

/** Sizes of a port; a text is one that is left open. */
export function shapeOf({ type }: Port): (number | string)[] {
  return type.tensorType.shape.dim.map(({ dimValue, dimParam }) => (dimParam === "" ? Number(dimValue) : dimParam));
}

/** The numbers of a constant. */
export function readTensor({ dims, dataType, rawData }: RawTensor): Tensor {
  const view = new DataView(rawData.buffer, rawData.byteOffset, rawData.byteLength);
  const values =
    dataType === 1
      ? Array.from({ length: rawData.length / 4 }, (_, i) => view.getFloat32(4 * i, true))
      : Array.from({ length: rawData.length / 8 }, (_, i) =>
          dataType === 7 ? Number(view.getBigInt64(8 * i, true)) : view.getFloat64(8 * i, true),
        );
  return { shape: dims.map(Number), values };
}

/** All named tensors after a run. */
export function runModel(
  { graph }: Model,
  input: Tensor,
  order: "forward" | "backward" = "forward",
): ReadonlyMap<string, Tensor> {
  const round = graph.input[0]?.type.tensorType.elemType === 1 ? Math.fround : (x: number): number => x;
  const known = new Map(graph.initializer.map((tensor) => [tensor.name, readTensor(tensor)]));
  known.set(graph.input[0]?.name ?? "", input);
  const dot = (terms: readonly number[]): number => {
    const ordered = order === "forward" ? terms : terms.toReversed();
    return ordered.reduce((sum, term) => round(sum + round(term)), 0);
  };
  for (const { opType, input: names, output } of graph.node) {
    const tensors = names.map((name) => {
      const tensor = known.get(name);
      if (tensor === undefined) throw new Error(`runModel: ${name} is read before it is there`);
      return tensor;
    });
    known.set(output[0] as string, run(opType, tensors, dot));
  }
  return known;
}

type Dot = (terms: readonly number[]) => number;

function run(type: string, tensors: readonly Tensor[], dot: Dot): Tensor {
  const [a, b, c] = tensors as [Tensor, Tensor, Tensor];
  switch (type) {
    case "Gemm":
      return product(a, b.shape[0] ?? 0, (k, column) => b.values[column * (b.shape[1] ?? 0) + k] ?? 0, dot, c);
    case "MatMul":
      return product(a, b.shape[1] ?? 0, (k, column) => b.values[k * (b.shape[1] ?? 0) + column] ?? 0, dot);
    case "Relu":
      return { ...a, values: a.values.map((x) => Math.max(0, x)) };
    case "Greater":
      return { ...a, values: a.values.map((x) => (x > (b.values[0] ?? 0) ? 1 : 0)) };
    case "Cast":
      return a;
    case "Mul":
      return { ...a, values: a.values.map((x, i) => x * (b.values[i % b.values.length] ?? 0)) };
    case "Pad":
      return pad(a, c.values[0] ?? 0);
    case "Conv":
      return convolution(a, b, c, dot);
    default:
      throw new Error(`runModel: ${type} is not known`);
  }
}

function product(
  a: Tensor,
  columns: number,
  at: (k: number, column: number) => number,
  dot: Dot,
  bias?: Tensor,
): Tensor {
  const [rows = 0, inner = 0] = a.shape;
  const nonzero = Array.from({ length: columns }, (_, column) =>
    Array.from({ length: inner }, (__, k) => [k, at(k, column)] as const).filter(([, weight]) => weight !== 0),
  );
  const values: number[] = [];
  for (let r = 0; r < rows; r++) {
    for (const [column, weights] of nonzero.entries()) {
      const terms = weights.map(([k, weight]) => weight * (a.values[r * inner + k] ?? 0));
      values.push(dot([...terms, bias?.values[column] ?? 0]));
    }
  }
  return { shape: [rows, columns], values };
}

/** One more cell on each side of the last two dimensions. */
function pad({ shape, values }: Tensor, value: number): Tensor {
  const [n = 0, channels = 0, height = 0, width = 0] = shape;
  const padded = Array.from({ length: height + 2 }, (_, r) =>
    Array.from({ length: width + 2 }, (_, k) =>
      r === 0 || k === 0 || r > height || k > width ? value : (values[(r - 1) * width + k - 1] ?? 0),
    ),
  );
  return { shape: [n, channels, height + 2, width + 2], values: padded.flat() };
}

/** One grid, no padding. */
function convolution({ shape, values }: Tensor, kernel: Tensor, bias: Tensor, dot: Dot): Tensor {
  const [, channels = 0, height = 0, width = 0] = shape;
  const [outputs = 0, , rows = 0, columns = 0] = kernel.shape;
  const result: number[] = [];
  for (let o = 0; o < outputs; o++) {
    for (let r = 0; r + rows <= height; r++) {
      for (let k = 0; k + columns <= width; k++) {
        const terms = [bias.values[o] ?? 0];
        for (let channel = 0; channel < channels; channel++) {
          for (let i = 0; i < rows; i++) {
            for (let j = 0; j < columns; j++) {
              const weight = kernel.values[((o * channels + channel) * rows + i) * columns + j] ?? 0;
              terms.push(weight * (values[(channel * height + r + i) * width + k + j] ?? 0));
            }
          }
        }
        result.push(dot(terms));
      }
    }
  }
  return { shape: [1, outputs, height - rows + 1, width - columns + 1], values: result };
}
