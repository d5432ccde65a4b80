/** What keeps a good picture from its verdict. */
import type { CatalogueEntry } from './entry.ts';

export const INSPECTION_ERRORS = {
  'overload.queue': {
    status: 429,
    code: 'Throttling',
    message: 'Requests throttling triggered.',
    when: 'The service has no place left in its queue, or is shutting down.',
    advice: 'Try again in a moment; the operator can add workers.',
  },
  'deadline.passed': {
    status: 500,
    code: 'InternalError.Timeout',
    message:
      'An internal timeout error has occured during execution, please try again later or contact service support.',
    when: 'The deadline of the whole request passed while the picture was waiting or being inspected.',
    advice: 'Try again; the operator can raise LPD_DEADLINE_MS or add workers.',
  },
  'inspect.barred': {
    status: 500,
    code: 'InternalError.Timeout',
    message:
      'An internal timeout error has occured during execution, please try again later or contact service support.',
    when: 'The same picture took too long, or ended the process that inspects it, in the last ten minutes; it is not tried again so soon.',
    advice: 'Open the picture in an editor and save it again.',
  },
  'inspect.failed': {
    status: 500,
    code: 'InternalError.Algo',
    message: 'An internal error has occured during algorithm execution.',
    when: 'The inspection itself failed: a fault of ours.',
    advice: 'Report it, with the request id.',
  },
  'inspect.aborted': {
    status: 500,
    code: 'InternalError',
    message: 'An internal error has occured, please try again later or contact service support.',
    when: 'The caller gave up: its signal was aborted, or its connection closed.',
    advice: 'Nothing to do.',
  },
  'inspector.unavailable': {
    status: 500,
    code: 'InternalError',
    message: 'An internal error has occured, please try again later or contact service support.',
    when: 'What was named in LPD_ENGINE or `engine` does not load here, or, where nothing was named, neither native code nor WebAssembly: onnxruntime and sharp have native parts for some platforms only, and a process can have one version of onnxruntime (start only, never a request).',
    advice:
      'Name no engine, so that WebAssembly runs where native code does not load. For native code, install with optional dependencies (`npm install --include=optional`) on Linux with glibc (x64, arm64), macOS (arm64) or Windows (x64, arm64). Beside another version of onnxruntime-node, run one of the two in a child process; a worker thread is not enough.',
  },
  'inspector.closed': {
    status: 500,
    code: 'InternalError',
    message: 'An internal error has occured, please try again later or contact service support.',
    when: 'The library was asked to inspect a picture by an inspector that is closed (never a request).',
    advice: 'Close an inspector after its last picture, or make another.',
  },
} as const satisfies Record<string, CatalogueEntry>;
