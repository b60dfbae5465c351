/** ONNX models as data, and the bytes of their files. */
import { create, toBinary } from "@bufbuild/protobuf";
import { modelDescriptor } from "./schema.js";

/** ONNX's numbers for the types of tensors that occur here. */
const TENSOR_TYPE = { float32: 1, int64: 7, float64: 11 } as const;
/** ONNX's numbers for the types of attributes that occur here. */
const ATTRIBUTE_TYPE = { int: 2, ints: 7 } as const;
/** 2021's versions of format and operators: all that is used is there, and most tools read them. */
const IR_VERSION = 8n;
const OPERATOR_SET = 13n;

/** The type of a tensor's elements. */
export type ElementType = keyof typeof TENSOR_TYPE;

/** A constant tensor; values row by row, each exactly a number of its type. */
export interface Tensor {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

/** An operator of ONNX's default domain. */
export interface Operator {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes?: Readonly<Record<string, number | readonly number[]>>;
}

/** An input or output of the model; a text in its shape is a size that is left open. */
export interface Port {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly (number | string)[];
}

/** An ONNX model: one graph of operators, with its constants and its ports. */
export interface OnnxModel {
  readonly name: string;
  readonly description: string;
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  readonly constants: readonly Tensor[];
  /** In the order of computation. */
  readonly operators: readonly Operator[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** The bytes of a model's file; the same model has the same bytes. */
export function encodeModel(model: OnnxModel): Uint8Array {
  const descriptor = modelDescriptor();
  const message = create(descriptor, {
    irVersion: IR_VERSION,
    producerName: "weightproof",
    docString: model.description,
    graph: {
      name: model.name,
      node: model.operators.map(encodeOperator),
      initializer: model.constants.map(encodeTensor),
      input: model.inputs.map(encodePort),
      output: model.outputs.map(encodePort),
    },
    opsetImport: [{ domain: "", version: OPERATOR_SET }],
    metadataProps: Object.entries(model.metadata).map(([key, value]) => ({ key, value })),
  });
  return toBinary(descriptor, message);
}

function encodeOperator({ type, inputs, output, attributes = {} }: Operator): object {
  const attribute = Object.entries(attributes).map(([name, value]) =>
    typeof value === "number"
      ? { name, i: BigInt(value), type: ATTRIBUTE_TYPE.int }
      : { name, ints: value.map(BigInt), type: ATTRIBUTE_TYPE.ints },
  );
  return { input: [...inputs], output: [output], name: output, opType: type, attribute };
}

function encodeTensor({ name, type, shape, values }: Tensor): object {
  return { name, dims: shape.map(BigInt), dataType: TENSOR_TYPE[type], rawData: rawData(type, values) };
}

/** Little-endian on every computer. */
function rawData(type: ElementType, values: Float64Array): Uint8Array {
  const width = type === "float32" ? 4 : 8;
  const bytes = new Uint8Array(width * values.length);
  const view = new DataView(bytes.buffer);
  for (const [i, value] of values.entries()) {
    if (value === 0) continue;
    if (type === "float32") view.setFloat32(4 * i, value, true);
    else if (type === "float64") view.setFloat64(8 * i, value, true);
    else view.setBigInt64(8 * i, BigInt(value), true);
  }
  return bytes;
}

function encodePort({ name, type, shape }: Port): object {
  const dim = shape.map((size) => (typeof size === "number" ? { dimValue: BigInt(size) } : { dimParam: size }));
  return { name, type: { tensorType: { elemType: TENSOR_TYPE[type], shape: { dim } } } };
}

/** ONNX's number for a type of tensors, as the operator Cast wants it. */
export function tensorType(type: ElementType): number {
  return TENSOR_TYPE[type];
}
