/** The store, and keys as an operator names them. */
import { type CatalogueEntry, INTERNAL } from './entry.ts';

const KEY = { status: 400, code: 'InvalidParameter', message: 'The API-key is out of definition.' } as const;

export const STORE_ERRORS = {
  'key.input': {
    ...KEY,
    when: 'A new key cannot be made as asked: its name is taken, or a number is out of range (command line only).',
    advice:
      'Add --help for what there is, or see "liveportrait-detect keys list" for the names that are taken.',
  },
  'key.unknown': {
    ...KEY,
    when: 'No key, or more than one, goes by that name, prefix or id (command line only).',
    advice: 'See "liveportrait-detect keys list" for what there is, and use the id.',
  },
  'store.missing': {
    ...INTERNAL,
    when: 'The data directory holds no store (command line only).',
    advice:
      'Name the directory with --data-dir or LPD_DATA_DIR; the first "serve" or "keys create" makes one.',
  },
  'store.schema': {
    ...INTERNAL,
    when: 'The store was written by a newer release that this one cannot work with.',
    advice: 'Use the newer release, or another data directory.',
  },
  'store.rights': {
    ...INTERNAL,
    when: "The role of DATABASE_URL may not make the service's tables: it lacks CREATE on the database, or USAGE of what is there.",
    advice:
      'Start the service once with a role that may (GRANT CREATE ON DATABASE … TO …), and make it the owner of the schemas lpd and lpd_boss.',
  },
  'store.full': {
    ...INTERNAL,
    when: 'The disk is full, so that an answer could not be counted, nor anything else be written.',
    advice:
      'The operator makes room on the disk of the data directory, or of PostgreSQL; the service goes on by itself.',
  },
  'store.unavailable': {
    ...INTERNAL,
    when: 'The store of keys and usage cannot be read or written.',
    advice:
      'The operator sees the cause in the log: a full disk, permissions, a lock held by another program.',
  },
} as const satisfies Record<string, CatalogueEntry>;
