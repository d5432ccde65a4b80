/** Paths, and what is behind their question mark. */
import type { CatalogueEntry } from './entry.ts';

export const PATH_ERRORS = {
  'request.query': {
    status: 400,
    code: 'InvalidParameter',
    message: 'The query parameter is out of definition.',
    when: 'A parameter of the query does not exist, or has a value that does not.',
    only: 'own paths',
    advice: 'See /docs for the parameters.',
  },
  'request.task': {
    status: 400,
    code: 'InvalidParameter',
    message: 'task can not be null',
    when: 'An unknown path below /api/v1/services/.',
    advice: 'Use /api/v1/services/aigc/image2video/face-detect.',
  },
  'request.path': {
    status: 404,
    code: 'NotFound',
    message: 'Not found!',
    when: 'The service has no such path.',
    advice:
      'See /docs for the paths. --server and other clients take the base address, such as http://127.0.0.1:8080.',
  },
} as const satisfies Record<string, CatalogueEntry>;
