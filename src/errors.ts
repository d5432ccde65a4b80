/**
 * The one catalogue of errors. Every failure of the library, the command line and the service is an entry
 * of one of the families in `errors/`; `docs/errors.md` is generated from them. They import nothing else, so that any room may
 * use them.
 *
 * An entry's key is the token that says *why* (`x-reason` on the wire, `error.code` in the library). Its
 * status, code and message are what a DashScope client sees, the vendor's spelling mistakes included.
 */

import { COMMAND_ERRORS } from './errors/commands.ts';
import type { Detail } from './errors/detail.ts';
import type { CatalogueEntry } from './errors/entry.ts';
import { INSPECTION_ERRORS } from './errors/inspections.ts';
import { JOB_ERRORS } from './errors/jobs.ts';
import { PATH_ERRORS } from './errors/paths.ts';
import { PICTURE_ERRORS } from './errors/pictures.ts';
import { REQUEST_ERRORS } from './errors/requests.ts';
import { SERVICE_ERRORS } from './errors/service.ts';
import { SIBLING_ERRORS } from './errors/siblings.ts';
import { STORE_ERRORS } from './errors/store.ts';
import { UPLOAD_ERRORS } from './errors/uploads.ts';
import { UPSTREAM_ERRORS } from './errors/upstream.ts';

export { CLIENT_DETAILS } from './errors/client-details.ts';
export { COMMAND_DETAILS } from './errors/command-details.ts';
export { CORE_DETAILS } from './errors/core-details.ts';
export { DAMAGE_DETAILS } from './errors/damage-details.ts';
export { type Detail, relayed } from './errors/detail.ts';
export { DOWNLOAD_DETAILS } from './errors/download-details.ts';
export { type Filled, fill } from './errors/fill.ts';
export { flawedOption, OPTION_PROBLEMS, type OptionProblem } from './errors/option-problems.ts';
export { REQUEST_DETAILS } from './errors/request-details.ts';
export { SERVICE_DETAILS } from './errors/service-details.ts';
export type { CatalogueEntry };

/** All failures, in the order in which the service checks for them. */
export const CATALOGUE = {
  ...REQUEST_ERRORS,
  ...PICTURE_ERRORS,
  ...SIBLING_ERRORS,
  ...INSPECTION_ERRORS,
  ...COMMAND_ERRORS,
  ...JOB_ERRORS,
  ...UPLOAD_ERRORS,
  ...UPSTREAM_ERRORS,
  ...PATH_ERRORS,
  ...STORE_ERRORS,
  ...SERVICE_ERRORS,
  internal: {
    status: 500,
    code: 'InternalError',
    message: 'An internal error has occured, please try again later or contact service support.',
    when: 'Any other error on our side.',
    advice: 'Report it with the request id.',
  },
} as const satisfies Record<string, CatalogueEntry>;

/** A token of the catalogue, for example `image.edge`. */
export type ErrorCode = keyof typeof CATALOGUE;

/**
 * The only error that this project throws on purpose. `code` is a token of the catalogue; `message` is for
 * people and names the numbers at fault. It never holds a stack, a resolved address, or a query string, so it
 * may be shown to anyone; what only the log may show is in `cause`.
 */
export class DetectError extends Error {
  override readonly name = 'DetectError';
  readonly code: ErrorCode;

  /**
   * @param code   the catalogue's token
   * @param detail one sentence with the numbers of this very case, of a catalogue beside `errors/detail.ts`; the entry's `when` if left out
   */
  constructor(code: ErrorCode, detail?: Detail, options?: { cause?: unknown }) {
    super(detail ?? CATALOGUE[code].when, options);
    this.code = code;
  }

  /** The catalogue's entry of this error. */
  get entry(): CatalogueEntry {
    return CATALOGUE[this.code];
  }
}
