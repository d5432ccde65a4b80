/** The store, and keys as an operator names them. */
import { type CatalogueEntry, INTERNAL } from './entry.ts';

const KEY = { status: 400, code: 'InvalidParameter', message: 'The API-key is out of definition.' } as const;

export const STORE_ERRORS = {
  'key.input': {
    ...KEY,
    when: 'A new key cannot be made as asked: its name is taken, or a number is out of range.',
    only: 'command line',
    advice: 'See --help for the ranges, and "liveportrait-detect keys list" for the names that are taken.',
  },
  'key.unknown': {
    ...KEY,
    when: 'No key, or more than one, has that name, prefix or id.',
    only: 'command line',
    advice: 'See "liveportrait-detect keys list", and use the id.',
  },
  'store.missing': {
    ...INTERNAL,
    when: 'The data directory holds no store.',
    only: 'command line',
    advice:
      'Name the directory with --data-dir or LPD_DATA_DIR. The first "serve" or "keys create" makes one.',
  },
  'store.schema': {
    ...INTERNAL,
    when: 'The store was written by a newer release, which this one cannot work with.',
    advice: 'Use the newer release, or another data directory.',
  },
  'store.rights': {
    ...INTERNAL,
    when: "The role of DATABASE_URL may not create the service's tables: it lacks CREATE on the database, or USAGE of what is there.",
    advice:
      'Start the service once with a role that may (GRANT CREATE ON DATABASE … TO …), and make it the owner of the schemas lpd and lpd_boss.',
  },
  'store.login': {
    ...INTERNAL,
    when: 'PostgreSQL is there and lets nobody in: it knows no such role, password or database as DATABASE_URL names.',
    advice:
      'Check DATABASE_URL, and pg_hba.conf on the server. "createuser" makes a role, "createdb" a database.',
  },
  'store.full': {
    ...INTERNAL,
    when: 'The disk is full: an answer could not be counted, and nothing else can be written.',
    advice:
      'The operator must free space on the disk of the data directory, or of PostgreSQL. The service then continues by itself.',
  },
  'store.unavailable': {
    ...INTERNAL,
    when: 'The store of keys and usage cannot be read or written.',
    advice:
      'The operator finds the cause in the log: a full disk, permissions, or a lock held by another program.',
  },
} as const satisfies Record<string, CatalogueEntry>;
