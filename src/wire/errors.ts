/**
 * The one catalogue of errors. Every failure of the library, the command line and the service is an entry
 * here; `docs/errors.md` is generated from it. This file imports nothing, so that any room may use it.
 *
 * An entry's key is the token that says *why* (`x-reason` on the wire, `error.code` in the library). Its
 * status, code and message are what a DashScope client sees, the vendor's spelling mistakes included.
 */

/** What a failure looks like on the wire, and what it means to a person. */
export interface CatalogueEntry {
  /** HTTP status of the answer. */
  readonly status: number;
  /** The vendor's error code, as in the contract. */
  readonly code: string;
  /** The vendor's fixed sentence, as in the contract. `{method}` is replaced by the request's verb. */
  readonly message: string;
  /** When it happens, for the docs. */
  readonly when: string;
  /** What the person who sees it can do. */
  readonly advice: string;
}

const DOWNLOAD = {
  status: 400,
  code: 'InvalidParameter.InputDownloadFailed',
  message: 'Failed to download input files.',
} as const;
const SIZE = {
  status: 400,
  code: 'InvalidImage.ImageSize',
  message: 'The size of image is beyond limit.',
} as const;
const FORMAT = {
  status: 400,
  code: 'InvalidParameter.UnsupportedFileFormat',
  message: 'Input files format not supported.',
} as const;
const DEFINITION = {
  status: 400,
  code: 'InvalidParamter.OutOfDefinition',
  message: 'The type or value of image_url is out of definition.',
} as const;
const BODY = {
  status: 400,
  code: 'InvalidParameter',
  message: 'Required body invalid, please check the request body format.',
} as const;

const KEY = { status: 400, code: 'InvalidParameter', message: 'The API-key is out of definition.' } as const;
const INTERNAL = {
  status: 500,
  code: 'InternalError',
  message: 'An internal error has occured, please try again later or contact service support.',
} as const;

/** All failures, in the order in which the service checks for them. */
export const CATALOGUE = {
  'request.method': {
    status: 400,
    code: 'InvalidParameter',
    message: "Request method '{method}' is not supported.",
    when: 'The path exists, but not for this verb.',
    advice: 'Send a POST; where that is not it, one of the methods that the header Allow names.',
  },
  'key.missing': {
    status: 401,
    code: 'InvalidApiKey',
    message: 'No API-key provided.',
    when: 'The request has no Authorization header.',
    advice: 'Send "Authorization: Bearer <key>".',
  },
  'key.invalid': {
    status: 401,
    code: 'InvalidApiKey',
    message: 'Invalid API-key provided.',
    when: 'The key is unknown, malformed or revoked.',
    advice: 'Use a key made with "liveportrait-detect keys create --name <name>".',
  },
  'key.model': {
    status: 403,
    code: 'Model.AccessDenied',
    message: 'Model access denied.',
    when: 'The key may not use this model.',
    advice: 'Make a key whose --models include it.',
  },
  'key.rate': {
    status: 429,
    code: 'Throttling.RateQuota',
    message: 'Requests rate limit exceeded, please try again later.',
    when: "The key's rate is used up (5 requests a second unless the key says otherwise).",
    advice: 'Wait a second, or make a key with a higher --qps.',
  },
  'key.quota': {
    status: 403,
    code: 'AllocationQuota.FreeTierOnly',
    message: 'The free tier of the model has been exhausted.',
    when: "The key's quota of images is used up.",
    advice: 'Make a key with a higher --quota.',
  },
  'request.async': {
    status: 403,
    code: 'AccessDenied',
    message: 'current user api does not support asynchronous calls',
    when: 'X-DashScope-Async is "enable".',
    advice: 'Leave the header out; the call is synchronous.',
  },
  'body.too_large': {
    status: 400,
    code: 'BadRequest.TooLarge',
    message: 'Payload Too Large.',
    when: 'The request body is over its limit.',
    advice: 'Send a smaller body: the contract takes a URL, not a picture.',
  },
  'body.invalid': {
    ...BODY,
    when: 'The request body is no JSON object.',
    advice: 'Send a JSON object.',
  },
  'request.malformed': {
    ...BODY,
    when: 'The HTTP message itself cannot be read.',
    advice: 'Send a well-formed HTTP/1.1 request with headers under 16 KiB.',
  },
  'request.timeout': {
    ...BODY,
    when: "The request's headers or body did not arrive in time.",
    advice: 'Send the whole request within the time limit.',
  },
  'model.missing': {
    status: 400,
    code: 'BadRequest.EmptyModel',
    message: 'Required parameter "model" missing from request.',
    when: 'The body has no "model".',
    advice: 'Send "model": "liveportrait-detect".',
  },
  'model.unknown': {
    status: 400,
    code: 'InvalidParameter',
    message: 'Model not exist.',
    when: 'The model is not served here.',
    advice: 'Send "model": "liveportrait-detect".',
  },
  'input.missing': {
    status: 400,
    code: 'BadRequest.EmptyInput',
    message: 'Required input parameter missing from request.',
    when: 'The body has no "input".',
    advice: 'Send "input": {"image_url": "…"}.',
  },
  'input.type': {
    status: 400,
    code: 'BadRequest.IllegalInput',
    message: 'The input parameter requires json format.',
    when: '"input" is no object.',
    advice: 'Send "input": {"image_url": "…"}.',
  },
  'url.missing': {
    status: 400,
    code: 'InvalidParameter',
    message: 'Field required: image_url',
    when: '"input.image_url" is missing or empty.',
    advice: 'Send the address of the picture as "input.image_url".',
  },
  'url.type': {
    ...DEFINITION,
    when: '"input.image_url" is no string.',
    advice: 'Send "input.image_url" as a string.',
  },
  'model.type': {
    ...DEFINITION,
    when: '"model" is no string.',
    advice: 'Send "model" as a string.',
  },
  'url.invalid': {
    status: 400,
    code: 'InvalidParameter',
    message: 'The provided URL does not appear to be valid. Ensure it is correctly formatted.',
    when: 'It is no http:// or https:// URL: a path, another scheme, with user info, control characters, or over 8192 bytes.',
    advice: 'Send a plain http:// or https:// URL.',
  },
  'download.unreachable': {
    ...DOWNLOAD,
    when: 'The address is refused, has no DNS entry, or does not answer. One token for all, so that the service is no port scanner.',
    advice: 'Use a public address. An operator can open named targets with LPD_DOWNLOAD_ALLOW.',
  },
  'download.http_status': {
    ...DOWNLOAD,
    when: "The picture's server answered with something else than 200 or 201, or with a part (206).",
    advice: 'Open the URL in a private browser window: it must show the picture without a login.',
  },
  'download.redirects': {
    ...DOWNLOAD,
    when: 'More than 5 redirects, or one that leads nowhere.',
    advice: 'Send the final address of the picture.',
  },
  'download.encoded': {
    ...DOWNLOAD,
    when: "The picture's server coded its answer in a way that cannot be undone: other than gzip, deflate and br, more than twice, or not as it says.",
    advice: 'Serve pictures without Content-Encoding.',
  },
  'download.cut_off': {
    ...DOWNLOAD,
    when: 'The connection broke, or ended before the announced length.',
    advice: 'Try again; if it stays, look at the server of the picture.',
  },
  'download.timeout': {
    ...DOWNLOAD,
    when: "The picture did not arrive in time, or its server's speed fell below the least allowed.",
    advice: 'Serve the picture from a faster place.',
  },
  'download.too_large': {
    ...SIZE,
    when: 'The download is, or says it is, 10 MiB or more.',
    advice: 'Re-encode the picture below 10 MiB.',
  },
  'download.not_image': {
    ...FORMAT,
    when: 'The address answered with a web page, or an XML or JSON document, in place of a picture: an error, a login, or the page around the picture.',
    advice: 'Open the URL in a private browser window: it must show the picture alone.',
  },
  'image.bytes': {
    ...SIZE,
    when: 'The file is 10 MiB or more.',
    advice: 'Re-encode the picture below 10 MiB.',
  },
  'image.empty': {
    ...FORMAT,
    when: 'The file is empty: it has no bytes.',
    advice: 'Check how the file was made and sent; curl needs --data-binary @file.',
  },
  'image.unsupported': {
    ...FORMAT,
    when: 'The bytes are no JPEG, PNG, BMP or WebP, whatever the name says.',
    advice: 'Convert the picture to JPEG, PNG, BMP or WebP.',
  },
  'image.corrupt': {
    ...FORMAT,
    when: 'The file is damaged, cut off or uses a feature of its format that cannot be read.',
    advice: 'Open the picture in an editor and save it again.',
  },
  'image.too_complex': {
    ...FORMAT,
    when: 'Decoding the file would take many times as long as an ordinary picture of its format and size.',
    advice: 'Open the picture in an editor and save it again.',
  },
  'image.edge': {
    ...SIZE,
    when: 'The longest edge is over 4096 pixels.',
    advice: 'Scale the picture down.',
  },
  'image.aspect': {
    ...SIZE,
    when: 'The long edge is over twice the short edge.',
    advice: 'Crop the picture around the face.',
  },
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
    when: 'onnxruntime cannot be loaded: there is none for this platform, or another version of it is loaded in the same process already (start only, never a request).',
    advice:
      'Use Linux with glibc (x64, arm64), macOS (arm64) or Windows (x64, arm64). Beside another version of onnxruntime-node, run one of the two in a child process; a worker thread is not enough.',
  },
  'inspector.closed': {
    status: 500,
    code: 'InternalError',
    message: 'An internal error has occured, please try again later or contact service support.',
    when: 'The library was asked to inspect a picture by an inspector that is closed (never a request).',
    advice: 'Close an inspector after its last picture, or make another.',
  },
  'policy.invalid': {
    status: 400,
    code: 'InvalidParameter',
    message: 'The policy is out of definition.',
    when: 'A policy override names a limit that does not exist, or gives it no usable value.',
    advice: 'See docs/policy.md for the names and ranges.',
  },
  'option.invalid': {
    status: 500,
    code: 'InternalError',
    message: 'An internal error has occured, please try again later or contact service support.',
    when: 'An option or environment variable has a value that cannot be used (start only, never a request).',
    advice: 'Add --help for what there is, or see docs/options.md.',
  },
  'file.unreadable': {
    ...FORMAT,
    when: 'A file on this machine cannot be opened or read (command line only).',
    advice: 'Check the path and its permissions.',
  },
  'file.unwritable': {
    ...FORMAT,
    when: 'A file on this machine cannot be written (command line only).',
    advice: 'Name another place, or check permissions and the space left.',
  },
  'resume.invalid': {
    ...FORMAT,
    when: 'A file to resume from holds something else than the rows of a run (command line only).',
    advice: 'Name the file that "check --resume" or "check --json -o" wrote, or remove it to begin anew.',
  },
  'fix.face': {
    status: 400,
    code: 'InvalidParameter',
    message: 'The face parameter is out of definition.',
    when: 'A repair was asked to crop to a face that the picture does not have.',
    advice: 'Faces count from 1, the largest first; an inspection lists them.',
  },
  'manifest.invalid': {
    ...FORMAT,
    when: 'A manifest of labelled pictures cannot be read (command line only).',
    advice: 'See docs/evaluate.md for the columns.',
  },
  'job.line': {
    status: 400,
    code: 'InvalidParameter',
    message: 'A line of the list is out of definition.',
    when: 'A line of a job is neither an address nor a JSON object with one, or too long. The message names the line.',
    advice: 'Send one address a line, or {"url": "…", "id": "…"}.',
  },
  'job.size': {
    status: 400,
    code: 'InvalidParameter',
    message: 'The number of items is out of definition.',
    when: 'A job has no items, or more than a million.',
    advice: 'Send 1 to 1,000,000 items, and the rest as further jobs.',
  },
  'job.webhook': {
    status: 400,
    code: 'InvalidParameter',
    message: 'The webhook is out of definition.',
    when: "A job's webhook is no http:// or https:// URL.",
    advice: 'Send a plain http:// or https:// URL.',
  },
  'job.too_many': {
    status: 429,
    code: 'Throttling',
    message: 'Too many jobs, please try again later.',
    when: 'The key has 100 jobs that have not ended.',
    advice: 'Wait for one to end, or cancel one.',
  },
  'job.bytes': {
    status: 429,
    code: 'Throttling',
    message: 'The jobs take too much room, please try again later.',
    when: "The key's jobs and their results would take more room than one key has (LPD_KEY_JOBS_MIB). The message names the limit.",
    advice:
      'DELETE a job that has ended, which forgets it, or cancel one, whose items without a result then go. Old ones go a week after their end.',
  },
  'job.disk_full': {
    status: 507,
    code: 'InsufficientStorage',
    message: 'The service is short of disk space and takes no jobs, please try again later.',
    when: "The service's disk has less free than LPD_DISK_FLOOR_MIB, or PostgreSQL's is full. It answers verdicts still, and goes on with the jobs that it has.",
    advice: 'The operator makes room on the disk of the data directory, or of PostgreSQL.',
  },
  'job.unknown': {
    status: 404,
    code: 'NotFound',
    message: 'Job not found!',
    when: "There is no job of that id, or it is another key's, or it ended more than a week ago, or was forgotten.",
    advice: 'Use the id that POST /v1/jobs answered, with the same key.',
  },
  'job.failed': {
    ...INTERNAL,
    when: 'A server of jobs could not be reached, or answered with an error (command line only).',
    advice:
      'Check the address of --server, and that the service runs; "submit --out" goes on where it ended.',
  },
  'request.query': {
    status: 400,
    code: 'InvalidParameter',
    message: 'The query parameter is out of definition.',
    when: 'A parameter of the query has a value that does not exist (own paths only).',
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
    when: 'Any other unknown path.',
    advice: 'See /docs for what there is.',
  },
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
  internal: {
    status: 500,
    code: 'InternalError',
    message: 'An internal error has occured, please try again later or contact service support.',
    when: 'Any other fault of ours.',
    advice: 'Report it, with the request id.',
  },
} as const satisfies Record<string, CatalogueEntry>;

/** A token of the catalogue, for example `image.edge`. */
export type ErrorCode = keyof typeof CATALOGUE;

/**
 * The only error that this project throws on purpose. `code` is a token of the catalogue; `message` is for
 * people and names the numbers at fault. It never holds a stack, a resolved address, or a query string, so it
 * may be shown to anyone; what is for the log only travels in `cause`.
 */
export class DetectError extends Error {
  override readonly name = 'DetectError';
  readonly code: ErrorCode;

  /**
   * @param code   the catalogue's token
   * @param detail one sentence with the numbers of this very case; the entry's `when` if left out
   */
  constructor(code: ErrorCode, detail?: string, options?: { cause?: unknown }) {
    super(detail ?? CATALOGUE[code].when, options);
    this.code = code;
  }

  /** The catalogue's entry of this error. */
  get entry(): CatalogueEntry {
    return CATALOGUE[this.code];
  }
}
