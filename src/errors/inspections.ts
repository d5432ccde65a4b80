/** What keeps a good picture from its verdict. */
import type { CatalogueEntry } from './entry.ts';

export const INSPECTION_ERRORS = {
  'overload.queue': {
    status: 429,
    code: 'Throttling',
    message: 'Requests throttling triggered.',
    when: 'The queue of the service is full, or the service is shutting down.',
    advice: 'Try again in a moment. The operator can add workers.',
  },
  'deadline.passed': {
    status: 500,
    code: 'InternalError.Timeout',
    message:
      'An internal timeout error has occured during execution, please try again later or contact service support.',
    when: 'The time for the whole request ran out while the picture was waiting or being inspected.',
    advice: 'Try again. The operator can raise LPD_DEADLINE_MS or add workers.',
  },
  'inspect.barred': {
    status: 500,
    code: 'InternalError.Timeout',
    message:
      'An internal timeout error has occured during execution, please try again later or contact service support.',
    when: 'The same picture took too long, or ended the process that inspects it, in the last ten minutes. It is not tried again yet.',
    advice: 'Open the picture in an editor and save it again.',
  },
  'inspect.failed': {
    status: 500,
    code: 'InternalError.Algo',
    message: 'An internal error has occured during algorithm execution.',
    when: 'The inspection itself failed. This is our fault.',
    advice: 'Report it with the request id.',
  },
  'inspect.aborted': {
    status: 500,
    code: 'InternalError',
    message: 'An internal error has occured, please try again later or contact service support.',
    when: 'The caller gave up: it aborted its signal, or closed its connection.',
    advice: 'Nothing to do.',
  },
  'inspector.unavailable': {
    status: 500,
    code: 'InternalError',
    message: 'An internal error has occured, please try again later or contact service support.',
    when: 'The engine named by LPD_ENGINE or `engine` does not load here. Where none is named, neither native code nor WebAssembly loads. onnxruntime and sharp have native parts for some platforms only, and a process can have one version of onnxruntime (at the start only, never in a request).',
    advice:
      'Name no engine: WebAssembly then runs where native code does not load. For native code, install with optional dependencies (`npm install --include=optional`) on Linux with glibc (x64, arm64), macOS (arm64) or Windows (x64, arm64). If your program loads another version of onnxruntime-node, run one of the two in a child process; a worker thread is not enough. In a page, serve all files of `dist/browser` side by side, and allow `wasm-unsafe-eval` in its content security policy.',
  },
  'inspector.closed': {
    status: 500,
    code: 'InternalError',
    message: 'An internal error has occured, please try again later or contact service support.',
    when: 'A picture was given to an inspector that is closed.',
    only: 'library',
    advice: 'Close an inspector after its last picture, or create another one.',
  },
} as const satisfies Record<string, CatalogueEntry>;
