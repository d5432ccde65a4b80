import { createRequire } from 'node:module';
import type * as Onnxruntime from 'onnxruntime-node';

/**
 * onnxruntime, from `dist/onnxruntime`, where the build lays it (`tools/package/onnxruntime.js` says why it is not a
 * dependency). It is CommonJS with native code, which no bundler or test runner should take apart: hence no `import`.
 */
const runtime: typeof Onnxruntime = createRequire(import.meta.url)('#onnxruntime');

export const { InferenceSession, Tensor } = runtime;
export type InferenceSession = Onnxruntime.InferenceSession;
export type Tensor = Onnxruntime.Tensor;
/** Options of a session. */
export type SessionOptions = Onnxruntime.InferenceSession.SessionOptions;
