import { availableParallelism } from 'node:os';
import { ALLOW_VARIABLE, readableList } from '../download/allow.ts';
import { DEFAULT_DEADLINE_MS } from '../download/download.ts';
import { fill, OPTION_PROBLEMS } from '../errors.ts';
import { DEFAULT_KEY_BYTES } from '../jobs/bytes.ts';
import { ENGINE_VARIABLE, parseEngine } from '../node/engine.ts';
import { DEFAULT_DATA_DIR, DEFAULT_GRACE_MS } from '../store/open.ts';
import { modelList, modelNames } from './model-options.ts';
import { fail, type OptionDeclaration, option, origins, text, whole } from './option.ts';
import { UPLOAD_OPTIONS } from './upload-options.ts';
import { UPSTREAM_OPTIONS } from './upstream-options.ts';

const MINUTE_MS = 60_000;
/** Bytes. */
export const MIB = 1_048_576;
const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** All options of `serve`, in the order of `--help`. */
export const OPTIONS = {
  host: option({
    flag: 'host',
    variable: 'HOST',
    value: 'address',
    text: 'Address to listen on; 0.0.0.0 or :: is every interface.',
    fallback: '127.0.0.1',
    parse: text,
  }),
  port: option({
    flag: 'port',
    variable: 'PORT',
    value: 'number',
    text: 'Port to listen on; 0 takes a free one.',
    fallback: '8080',
    parse: whole(0, 65_535),
  }),
  dataDir: option({
    flag: 'data-dir',
    variable: 'LPD_DATA_DIR',
    value: 'folder',
    text: 'Where keys and usage are kept.',
    fallback: DEFAULT_DATA_DIR,
    parse: text,
  }),
  databaseUrl: option({
    flag: null,
    variable: 'DATABASE_URL',
    value: 'url',
    text: 'A PostgreSQL to keep keys and usage in, for several machines: postgres://user:password@host/name.',
    fallback: null,
    parse: (url) => (/^postgres(ql)?:\/\//.test(url) ? url : fail(OPTION_PROBLEMS.notPostgres)),
  }),
  storeGraceMs: option({
    flag: 'store-grace-ms',
    variable: 'LPD_STORE_GRACE_MS',
    value: 'ms',
    text: 'How long known keys are served, and answers counted on disk, while PostgreSQL is away.',
    fallback: String(DEFAULT_GRACE_MS),
    parse: whole(0, 24 * 60 * MINUTE_MS),
  }),
  keyJobsMib: option({
    flag: 'key-jobs-mib',
    variable: 'LPD_KEY_JOBS_MIB',
    value: 'MiB',
    text: "Room that one key's jobs and their results may take in the store, together.",
    fallback: String(DEFAULT_KEY_BYTES / MIB),
    parse: whole(1, 1_048_576),
  }),
  diskFloorMib: option({
    flag: 'disk-floor-mib',
    variable: 'LPD_DISK_FLOOR_MIB',
    value: 'MiB',
    text: 'Free room on the disk of the data folder below which new jobs and uploads are refused, while verdicts continue; 0 never refuses.',
    fallback: '256',
    parse: whole(0, 1_073_741_824),
  }),
  ...UPLOAD_OPTIONS,
  ...UPSTREAM_OPTIONS,
  workers: option({
    flag: 'workers',
    variable: 'LPD_WORKERS',
    value: 'number',
    text: 'Inspections at a time, each in a process with models of its own; serve has one more, so that no key can hold all.',
    fallback: String(availableParallelism()),
    fallbackText: 'the number of cores',
    parse: whole(1, 256),
  }),
  engine: option({
    flag: 'engine',
    variable: ENGINE_VARIABLE,
    value: 'name',
    text: 'What runs networks and decoding: native or wasm (WebAssembly).',
    fallback: null,
    fallbackText: 'native where it loads, else wasm',
    parse: parseEngine,
  }),
  queue: option({
    flag: 'queue',
    variable: 'LPD_QUEUE',
    value: 'number',
    text: 'Pictures that may wait for a worker; one key may fill two thirds. What finds no room is refused with 429.',
    fallback: '32',
    parse: whole(0, 10_000),
  }),
  cache: option({
    flag: 'cache',
    variable: 'LPD_CACHE',
    value: 'number',
    text: 'Inspections that are kept, up to 40 KB each, so that equal pictures are inspected once; 0 keeps none.',
    fallback: '1000',
    parse: whole(0, 1_000_000),
  }),
  downloads: option({
    flag: 'downloads',
    variable: 'LPD_DOWNLOADS',
    value: 'number',
    text: 'Downloads at a time; one key may hold half of them, and of several each as many as are left free.',
    fallback: '64',
    parse: whole(1, 10_000),
  }),
  downloadAllow: option({
    flag: 'download-allow',
    variable: ALLOW_VARIABLE,
    value: 'list',
    text: 'Private targets that pictures may come from: blocks, addresses and host names, separated by commas.',
    fallback: '',
    fallbackText: 'none',
    parse: readableList,
  }),
  deadlineMs: option({
    flag: 'deadline-ms',
    variable: 'LPD_DEADLINE_MS',
    value: 'ms',
    text: 'Longest time for a whole request, download and waiting included.',
    fallback: String(DEFAULT_DEADLINE_MS),
    parse: whole(100, 10 * MINUTE_MS),
  }),
  inspectMs: option({
    flag: 'inspect-ms',
    variable: 'LPD_INSPECT_MS',
    value: 'ms',
    text: 'Most processor time of one inspection; the worker of a picture that takes more is killed and replaced.',
    fallback: '4000',
    parse: whole(100, 10 * MINUTE_MS),
  }),
  drainMs: option({
    flag: 'drain-ms',
    variable: 'LPD_DRAIN_MS',
    value: 'ms',
    text: 'Longest time for the requests under way once the service is told to stop.',
    fallback: '12000',
    parse: whole(0, 10 * MINUTE_MS),
  }),
  corsOrigins: option({
    flag: 'cors-origins',
    variable: 'LPD_CORS_ORIGINS',
    value: 'list',
    text: 'Origins whose pages may call, separated by commas ("https://app.example"); * is all.',
    fallback: '',
    fallbackText: 'none',
    parse: origins,
  }),
  modelNames: option({
    flag: 'model-names',
    variable: 'LPD_MODEL_NAMES',
    value: 'list',
    text: 'Names of yours for models, separated by commas ("my-emo=emo-detect-v1"); their own names still work.',
    fallback: '',
    fallbackText: 'none',
    parse: modelNames,
  }),
  refusalsAsErrors: option({
    flag: 'refusals-as-errors',
    variable: 'LPD_REFUSALS_AS_ERRORS',
    value: 'list',
    text: 'Models, separated by commas, that answer a picture which they refuse with 400, "code" and "message", and do not count it.',
    fallback: '',
    fallbackText: 'none',
    parse: modelList,
  }),
  policy: option({
    flag: 'policy',
    variable: 'LPD_POLICY',
    value: 'file',
    text: 'JSON file with limits that differ from the defaults.',
    fallback: null,
    parse: text,
  }),
  metricsHost: option({
    flag: 'metrics-host',
    variable: 'LPD_METRICS_HOST',
    value: 'address',
    text: 'Address to listen on for /metrics, /healthz and /readyz.',
    fallback: '127.0.0.1',
    parse: text,
  }),
  metricsPort: option({
    flag: 'metrics-port',
    variable: 'LPD_METRICS_PORT',
    value: 'number',
    text: 'Port for /metrics, /healthz and /readyz alone, for operators; 0 takes a free one; without it there are no metrics.',
    fallback: null,
    parse: whole(0, 65_535),
  }),
  logLevel: option({
    flag: 'log-level',
    variable: 'LPD_LOG_LEVEL',
    value: 'level',
    text: `Least severe lines in the log: ${LEVELS.join(', ')}.`,
    fallback: 'info',
    parse: (level) =>
      LEVELS.find((known) => known === level) ??
      fail(fill(OPTION_PROBLEMS.notOneOf, { names: LEVELS.join(', ') })),
  }),
  bootstrapKey: option({
    flag: null,
    variable: 'LPD_BOOTSTRAP_KEY',
    value: 'key',
    text: 'A key of your own to start with, 20 to 200 visible ASCII characters, in place of a random one.',
    fallback: null,
    parse: text,
  }),
} as const;

/** An option's name. */
export type OptionName = keyof typeof OPTIONS;

/** Every option with its value; undefined where nothing was said and there is no default. */
export type Options = {
  readonly [Name in OptionName]: (typeof OPTIONS)[Name] extends OptionDeclaration<infer T>
    ? (typeof OPTIONS)[Name]['fallback'] extends string
      ? T
      : T | undefined
    : never;
};
