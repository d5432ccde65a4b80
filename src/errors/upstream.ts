/** What is passed on to the upstream that the operator named. What the upstream itself answers is not our error. */
import type { CatalogueEntry } from './entry.ts';

export const UPSTREAM_ERRORS = {
  'upstream.own_key': {
    status: 401,
    code: 'InvalidApiKey',
    message: 'Invalid API-key provided.',
    when: 'A call for the upstream (LPD_UPSTREAM) has a key that this service made. It works here only, and is not shown to the upstream.',
    advice:
      'Call with a key of the upstream. "keys create --secret-stdin" adopts it, so that it works here too.',
  },
  'upstream.unreachable': {
    status: 502,
    code: 'InternalError.Upstream',
    message: 'The upstream service cannot be reached, please try again later.',
    when: 'No connection to the upstream could be made: its name, address, port or certificate, or the guard.',
    advice:
      'The operator sees the cause in the log. LPD_UPSTREAM_ALLOW opens private addresses for the upstream.',
  },
  'upstream.broken': {
    status: 502,
    code: 'InternalError.Upstream',
    message: 'The upstream service did not answer as it should, please try again later.',
    when: 'The upstream hung up before its answer, sent something other than HTTP, or headers over 64 KiB. The request may have been carried out.',
    advice: 'Try again where that does no harm; the operator sees the cause in the log.',
  },
  'upstream.timeout': {
    status: 504,
    code: 'InternalError.Timeout',
    message: 'The upstream service did not answer in time, please try again later.',
    when: 'The upstream was silent for longer than LPD_UPSTREAM_WAIT_MS. The request may have been carried out.',
    advice: 'Try again where that does no harm; the operator can wait longer.',
  },
} as const satisfies Record<string, CatalogueEntry>;
