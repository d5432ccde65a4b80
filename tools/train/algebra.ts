import { encodeOnnx } from '../../src/models/onnx.ts';
import { type InferenceSession, loadRuntime } from '../../src/models/runtime.ts';

const runtime = loadRuntime();

/** A matrix of 32-bit floats, rows first. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float32Array;
}

/** Matrix products at the speed of the inference runtime, on one thread, so that sums keep their order. */
export interface Algebra {
  /** A x B. */
  product(a: Matrix, b: Matrix): Promise<Matrix>;
  /** A transposed x B. */
  transposedProduct(a: Matrix, b: Matrix): Promise<Matrix>;
}

/** Opens the products: one general matrix multiplication for each way round. */
export async function openAlgebra(): Promise<Algebra> {
  const [plain, transposed] = await Promise.all([openGemm(0), openGemm(1)]);
  const run = async (session: InferenceSession, a: Matrix, b: Matrix, rows: number): Promise<Matrix> => {
    const outputs = await session.run({
      a: new runtime.Tensor('float32', a.data, [a.rows, a.columns]),
      b: new runtime.Tensor('float32', b.data, [b.rows, b.columns]),
    });
    return { rows, columns: b.columns, data: outputs.c.data as Float32Array };
  };
  return {
    product: (a, b) => run(plain, a, b, a.rows),
    transposedProduct: (a, b) => run(transposed, a, b, a.columns),
  };
}

function openGemm(transA: number): Promise<InferenceSession> {
  const model = encodeOnnx({
    name: 'gemm',
    nodes: [{ op: 'Gemm', inputs: ['a', 'b'], outputs: ['c'], attributes: { transA } }],
    constants: [],
    inputs: [
      { name: 'a', dims: ['p', 'q'] },
      { name: 'b', dims: ['r', 's'] },
    ],
    outputs: [{ name: 'c', dims: ['t', 's'] }],
  });
  return runtime.InferenceSession.create(model, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  });
}

/**
 * Solves A x = b for a symmetric positive definite A of n x n by Cholesky decomposition. A is overwritten.
 *
 * @throws RangeError when A is not positive definite
 */
export function solveSymmetric(a: Float64Array, b: Float64Array): Float64Array {
  const n = b.length;
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let sum = a[i * n + j];
      for (let k = 0; k < j; k++) sum -= a[i * n + k] * a[j * n + k];
      if (i === j && sum <= 0) throw new RangeError('the matrix is not positive definite');
      a[i * n + j] = i === j ? Math.sqrt(sum) : sum / a[j * n + j];
    }
  }
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i] -= a[i * n + k] * x[k];
    x[i] /= a[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] -= a[k * n + i] * x[k];
    x[i] /= a[i * n + i];
  }
  return x;
}
