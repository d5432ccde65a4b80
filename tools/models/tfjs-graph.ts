import { readFile } from 'node:fs/promises';

/** One operation of a TensorFlow.js graph model; `inputs` name other operations or weights. */
export interface TfjsNode {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly string[];
  readonly attr: Readonly<Record<string, TfjsAttribute>>;
}

/** The attribute kinds that the models in use have; `s` is base64. */
export interface TfjsAttribute {
  readonly s?: string;
  readonly b?: boolean;
  readonly list?: { readonly i?: readonly string[]; readonly s?: readonly string[] };
}

/** A weight, decoded to 32 bits, in TensorFlow's own layout. */
export interface TfjsWeight {
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
}

/** A TensorFlow.js graph model in memory. `nodes` leaves the constants out: they are in `weights`. */
export interface TfjsGraph {
  readonly nodes: readonly TfjsNode[];
  readonly weights: ReadonlyMap<string, TfjsWeight>;
}

/** The parts of a graph model's JSON file that are read here. */
interface TfjsModelFile {
  readonly modelTopology: {
    readonly node: readonly {
      readonly name: string;
      readonly op: string;
      readonly input?: readonly string[];
      readonly attr?: Readonly<Record<string, TfjsAttribute>>;
    }[];
  };
  readonly weightsManifest: readonly {
    readonly weights: readonly {
      readonly name: string;
      readonly shape: readonly number[];
      readonly dtype: string;
      readonly quantization?: { readonly dtype: string };
    }[];
  }[];
}

/**
 * Reads a graph model from its two files.
 *
 * @throws Error when a weight has a type that is not float32, float16 or int32, or the data is too short
 */
export async function readTfjsGraph(jsonFile: URL, binFile: URL): Promise<TfjsGraph> {
  const [json, bin] = await Promise.all([readFile(jsonFile, 'utf8'), readFile(binFile)]);
  const model = JSON.parse(json) as TfjsModelFile;
  const weights = new Map<string, TfjsWeight>();
  let offset = 0;
  for (const entry of model.weightsManifest.flatMap((group) => group.weights)) {
    const count = entry.shape.reduce((product, size) => product * size, 1);
    const dtype = entry.quantization?.dtype ?? entry.dtype;
    const bytes = count * (dtype === 'float16' ? 2 : 4);
    // A copy, because typed arrays want an aligned start and the file packs its weights without gaps.
    const raw = bin.buffer.slice(bin.byteOffset + offset, bin.byteOffset + offset + bytes);
    if (raw.byteLength !== bytes) throw new Error(`weight ${entry.name} lies outside its file`);
    weights.set(entry.name, { shape: entry.shape, data: decodeWeight(raw, dtype) });
    offset += bytes;
  }
  const nodes = model.modelTopology.node
    .filter((node) => node.op !== 'Const')
    .map((node) => ({ name: node.name, op: node.op, inputs: node.input ?? [], attr: node.attr ?? {} }));
  return { nodes, weights };
}

function decodeWeight(raw: ArrayBuffer, dtype: string): Float32Array | Int32Array {
  switch (dtype) {
    case 'float32':
      return new Float32Array(raw);
    case 'int32':
      return new Int32Array(raw);
    case 'float16':
      return halvesToFloats(new Uint16Array(raw));
    default:
      throw new Error(`weights of type ${dtype} are not supported`);
  }
}

/** What one step of the fraction is worth under each exponent of a binary16. */
const FRACTION_STEPS = Float64Array.from({ length: 32 }, (_, exponent) => 2 ** (Math.max(exponent, 1) - 25));

/** IEEE 754 binary16 to numbers. A plain loop: `Float32Array.from` takes twenty times as long, at every start. */
function halvesToFloats(halves: Uint16Array): Float32Array {
  const floats = new Float32Array(halves.length);
  for (let i = 0; i < halves.length; i++) floats[i] = halfToFloat(halves[i]);
  return floats;
}

function halfToFloat(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (exponent === 0 ? fraction : fraction + 1024) * FRACTION_STEPS[exponent];
}
