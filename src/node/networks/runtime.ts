import { createRequire } from 'node:module';
import type * as Onnxruntime from 'onnxruntime-common';
import { type Detail, DetectError, fill, SERVICE_DETAILS } from '../../errors.ts';

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
    throw new DetectError('inspector.unavailable', whyNot(cause), { cause });
  }
}

/** In what words a missing symbol's version is told by Linux's loader. */
const OTHER_VERSION = /version [`']VERS_([\d.]+)' not found/;

/**
 * Why it does not load. All versions for Linux have one name (SONAME) for their library, and a process has one library of a
 * name: the one that was loaded first.
 */
function whyNot(cause: unknown): Detail {
  const { platform, arch } = process;
  const [, ours] = OTHER_VERSION.exec(cause instanceof Error ? cause.message : '') ?? [];
  if (ours === undefined) return fill(SERVICE_DETAILS.noRuntime, { platform: `${platform} ${arch}` });
  return fill(SERVICE_DETAILS.otherRuntime, { version: ours, same: ours });
}
