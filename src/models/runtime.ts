import { createRequire } from 'node:module';
import type * as Onnxruntime from 'onnxruntime-node';
import { DetectError } from '../wire/errors.ts';

export type InferenceSession = Onnxruntime.InferenceSession;
export type Tensor = Onnxruntime.Tensor;
/** Options of a session. */
export type SessionOptions = Onnxruntime.InferenceSession.SessionOptions;

/**
 * onnxruntime, from `dist/onnxruntime`, where the build lays it (`tools/package/onnxruntime.js` says why it is not a
 * dependency). It is CommonJS with native code, which no bundler or test runner should take apart: hence no `import`. Node
 * keeps what it has loaded.
 *
 * @throws DetectError `inspector.unavailable`
 */
export function loadRuntime(): typeof Onnxruntime {
  try {
    return createRequire(import.meta.url)('#onnxruntime');
  } catch (cause) {
    const { platform, arch } = process;
    throw new DetectError('inspector.unavailable', `onnxruntime does not load on ${platform} ${arch}.`, {
      cause,
    });
  }
}
