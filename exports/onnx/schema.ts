/**
 * The messages of the ONNX format that models here are made of, as a protocol buffer descriptor: names and field numbers of
 * ONNX's own schema (version 8 of the intermediate representation), without the parts that are not used.
 */
import { createFileRegistry, fromJson, type DescMessage, type JsonValue } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";

/** Type of a field: a scalar of protocol buffers, or a message of this schema; "*" after it means repeated. */
type Fields = Readonly<Record<string, readonly [number: number, type: string]>>;

const MESSAGES: Readonly<Record<string, Fields>> = {
  ModelProto: {
    ir_version: [1, "int64"],
    producer_name: [2, "string"],
    doc_string: [6, "string"],
    graph: [7, "GraphProto"],
    opset_import: [8, "OperatorSetIdProto*"],
    metadata_props: [14, "StringStringEntryProto*"],
  },
  OperatorSetIdProto: { domain: [1, "string"], version: [2, "int64"] },
  StringStringEntryProto: { key: [1, "string"], value: [2, "string"] },
  GraphProto: {
    node: [1, "NodeProto*"],
    name: [2, "string"],
    initializer: [5, "TensorProto*"],
    input: [11, "ValueInfoProto*"],
    output: [12, "ValueInfoProto*"],
  },
  NodeProto: {
    input: [1, "string*"],
    output: [2, "string*"],
    name: [3, "string"],
    op_type: [4, "string"],
    attribute: [5, "AttributeProto*"],
  },
  AttributeProto: { name: [1, "string"], i: [3, "int64"], ints: [8, "int64*"], type: [20, "int32"] },
  TensorProto: { dims: [1, "int64*"], data_type: [2, "int32"], name: [8, "string"], raw_data: [9, "bytes"] },
  ValueInfoProto: { name: [1, "string"], type: [2, "TypeProto"] },
  TypeProto: { tensor_type: [1, "TensorTypeProto"] },
  TensorTypeProto: { elem_type: [1, "int32"], shape: [2, "TensorShapeProto"] },
  TensorShapeProto: { dim: [1, "DimensionProto*"] },
  DimensionProto: { dim_value: [1, "int64"], dim_param: [2, "string"] },
};

let model: DescMessage | undefined;

/** The descriptor of a model; fields are named in camelCase, as @bufbuild/protobuf does. */
export function modelDescriptor(): DescMessage {
  model ??= createFileRegistry(fromJson(FileDescriptorSetSchema, { file: [fileDescriptor()] })).getMessage(
    "onnx.ModelProto",
  );
  return model as DescMessage;
}

function fileDescriptor(): JsonValue {
  const messageType = Object.entries(MESSAGES).map(([name, fields]) => ({
    name,
    field: Object.entries(fields).map(([field, [number, type]]) => fieldDescriptor(field, number, type)),
  }));
  // Version 2 of the language, as ONNX's: a field that is set is written, even if it is 0.
  return { name: "onnx.proto", package: "onnx", syntax: "proto2", messageType };
}

function fieldDescriptor(name: string, number: number, type: string): JsonValue {
  const base = type.replace("*", "");
  const label = type.endsWith("*") ? "LABEL_REPEATED" : "LABEL_OPTIONAL";
  return base in MESSAGES
    ? { name, number, label, type: "TYPE_MESSAGE", typeName: `.onnx.${base}` }
    : { name, number, label, type: `TYPE_${base.toUpperCase()}` };
}
