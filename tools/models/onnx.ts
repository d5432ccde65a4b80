import { BinaryWriter } from '@bufbuild/protobuf/wire';

/** A constant of an ONNX graph. */
export interface OnnxTensor {
  readonly name: string;
  readonly dims: readonly number[];
  readonly data: Float32Array | BigInt64Array;
}

/** An attribute's value: a string, an integer, or a list of integers. */
export type OnnxAttribute = string | number | readonly number[];

/** One operation of an ONNX graph. */
export interface OnnxNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, OnnxAttribute>>;
}

/** A float32 input or output; a dimension is a number, or a name where it is open. */
export interface OnnxValue {
  readonly name: string;
  readonly dims: readonly (number | string)[];
}

/** A whole graph, ready to be written. */
export interface OnnxGraph {
  readonly name: string;
  readonly nodes: readonly OnnxNode[];
  readonly constants: readonly OnnxTensor[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
}

// Field numbers and enumerations of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3
const IR_VERSION = 8;
const OPSET = 17;
const TYPE_FLOAT = 1;
const TYPE_INT64 = 7;
const ATTRIBUTE_INT = 2;
const ATTRIBUTE_STRING = 3;
const ATTRIBUTE_INTS = 7;
const VARINT = 0;
const LENGTH = 2;

/** Serialises a graph as an ONNX model (opset 17), as `InferenceSession.create` takes it. */
export function encodeOnnx(graph: OnnxGraph): Uint8Array {
  const model = new BinaryWriter();
  int(model, 1, IR_VERSION);
  text(model, 2, 'liveportrait-detect');
  message(model, 7, (w) => writeGraph(w, graph));
  message(model, 8, (w) => {
    text(w, 1, '');
    int(w, 2, OPSET);
  });
  return model.finish();
}

function writeGraph(w: BinaryWriter, graph: OnnxGraph): void {
  for (const node of graph.nodes) message(w, 1, (n) => writeNode(n, node));
  text(w, 2, graph.name);
  for (const tensor of graph.constants) message(w, 5, (t) => writeTensor(t, tensor));
  for (const value of graph.inputs) message(w, 11, (v) => writeValue(v, value));
  for (const value of graph.outputs) message(w, 12, (v) => writeValue(v, value));
}

function writeNode(w: BinaryWriter, node: OnnxNode): void {
  for (const input of node.inputs) text(w, 1, input);
  for (const output of node.outputs) text(w, 2, output);
  text(w, 3, node.outputs[0] ?? node.op);
  text(w, 4, node.op);
  for (const [name, value] of Object.entries(node.attributes ?? {})) {
    message(w, 5, (a) => writeAttribute(a, name, value));
  }
}

function writeAttribute(w: BinaryWriter, name: string, value: OnnxAttribute): void {
  text(w, 1, name);
  if (typeof value === 'number') {
    int(w, 3, value);
    int(w, 20, ATTRIBUTE_INT);
  } else if (typeof value === 'string') {
    text(w, 4, value);
    int(w, 20, ATTRIBUTE_STRING);
  } else {
    for (const item of value) int(w, 8, item);
    int(w, 20, ATTRIBUTE_INTS);
  }
}

function writeTensor(w: BinaryWriter, tensor: OnnxTensor): void {
  for (const size of tensor.dims) int(w, 1, size);
  int(w, 2, tensor.data instanceof Float32Array ? TYPE_FLOAT : TYPE_INT64);
  text(w, 8, tensor.name);
  const { buffer, byteOffset, byteLength } = tensor.data;
  // Raw data is little-endian by definition, as every platform that onnxruntime-node supports is.
  w.tag(9, LENGTH).bytes(new Uint8Array(buffer, byteOffset, byteLength));
}

function writeValue(w: BinaryWriter, value: OnnxValue): void {
  text(w, 1, value.name);
  message(w, 2, (type) =>
    message(type, 1, (tensor) => {
      int(tensor, 1, TYPE_FLOAT);
      message(tensor, 2, (shape) => {
        for (const size of value.dims) {
          message(shape, 1, (dim) => (typeof size === 'number' ? int(dim, 1, size) : text(dim, 2, size)));
        }
      });
    }),
  );
}

function int(w: BinaryWriter, field: number, value: number): void {
  w.tag(field, VARINT).int64(value);
}

function text(w: BinaryWriter, field: number, value: string): void {
  w.tag(field, LENGTH).string(value);
}

function message(w: BinaryWriter, field: number, write: (w: BinaryWriter) => void): void {
  w.tag(field, LENGTH).fork();
  write(w);
  w.join();
}
