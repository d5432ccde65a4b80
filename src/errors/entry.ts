/** What every family of errors is made of. */

/** What a failure looks like on the wire, and what it means to a person. */
export interface CatalogueEntry {
  /** HTTP status of the answer. */
  readonly status: number;
  /** The vendor's error code, as in the contract. */
  readonly code: string;
  /** The vendor's fixed sentence, as in the contract. `{method}` is replaced by the request's verb. */
  readonly message: string;
  /** When it happens: what is told where there is nothing of the case itself. */
  readonly when: string;
  /** Where alone it happens, for the docs; anywhere if left out. */
  readonly only?: 'command line' | 'command line and browser' | 'clients' | 'library' | 'own paths';
  /** What the person who sees it can do. */
  readonly advice: string;
}

export const FORMAT = {
  status: 400,
  code: 'InvalidParameter.UnsupportedFileFormat',
  message: 'Input files format not supported.',
} as const;

export const INTERNAL = {
  status: 500,
  code: 'InternalError',
  message: 'An internal error has occured, please try again later or contact service support.',
} as const;
