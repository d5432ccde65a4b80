/** What the API's description says of each operation beside its schemas: every status by itself, headers, real answers. */
import { CATALOGUE, type CatalogueEntry, type ErrorCode } from '../errors.ts';
import examples from './api-examples.json' with { type: 'json' };

/** Requests and answers of a run, by operation; answers by status and by a name or a token of the catalogue. */
export type ApiExamples = Readonly<
  Record<
    string,
    {
      readonly request: Readonly<Record<string, unknown>>;
      readonly responses: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    }
  >
>;

const KEY = ['key.missing', 'key.invalid', 'key.expired'] as const;
const ANY = [
  'request.malformed',
  'request.timeout',
  'overload.queue',
  'internal',
  'store.unavailable',
] as const;
const GATE = [
  ...KEY,
  'key.model',
  'key.rate',
  'key.quota',
  'request.async',
  'body.too_large',
  'body.invalid',
] as const;
/** From an address to a verdict. */
const PICTURE = [
  ...tokensOf('url', 'download', 'image', 'inspect', 'deadline').filter(
    (token) => !/^(?:url\.(?:missing|type)|download\.(?:no_host|refused))$/.test(token),
  ),
  'store.full',
  'inspector.unavailable',
  'upload.unknown',
  'upload.unavailable',
] as const;
const JOB = [...KEY, 'key.model', 'key.rate'] as const;
const UPSTREAM = tokensOf('upstream');

/** The tokens that each operation may answer with; others would be faults. */
const TOKENS: Readonly<Record<string, readonly ErrorCode[]>> = {
  detect: [
    ...ANY,
    ...GATE,
    ...tokensOf('model', 'input', 'url', 'ratio'),
    'file.resolution',
    ...PICTURE,
    ...UPSTREAM,
  ],
  detectBody: [
    ...ANY,
    ...GATE,
    ...tokensOf('model', 'input', 'url'),
    'file.edges',
    'file.aspect',
    'file.size',
    ...PICTURE,
    ...UPSTREAM,
  ],
  inspect: [...ANY, ...GATE, 'policy.invalid', 'request.query', ...PICTURE],
  fix: [...ANY, ...GATE, 'policy.invalid', 'request.query', 'fix.face', ...PICTURE],
  createJob: [
    ...ANY,
    ...JOB,
    'body.too_large',
    'body.invalid',
    'policy.invalid',
    'request.query',
    'job.line',
    'job.size',
    'job.webhook',
    'job.too_many',
    'job.bytes',
    'job.disk_full',
    'store.full',
  ],
  job: [...ANY, ...JOB, 'job.unknown'],
  cancelJob: [...ANY, ...JOB, 'job.unknown'],
  jobResults: [...ANY, ...JOB, 'job.unknown', 'request.query'],
  uploadPolicy: [...ANY, ...KEY, 'key.rate', 'request.query', 'upload.off', ...UPSTREAM],
  upload: [
    ...ANY,
    'key.rate',
    ...tokensOf('upload').filter((token) => !['upload.method', 'upload.unknown'].includes(token)),
  ],
};

/** Headers of each answer beside the content's own, by operation; `x-request-id` is everybody's. */
const ANSWER_HEADERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  detect: { 'x-reason': 'Why the picture does not pass, a token; missing where it does.' },
  detectBody: { 'x-reason': 'Why the picture does not pass, a token; missing where it does.' },
  inspect: {
    'x-reason': 'Why the picture does not pass, a token; missing where it does.',
    'content-language': 'The language of the advice.',
  },
  fix: {
    'x-reason': 'Why no passing picture could be made, a token; missing where one was.',
    'x-repairs': 'What was done, separated by commas: convert, turn, orient, crop, scale, compress.',
    'content-language': 'The language of the advice.',
  },
  createJob: { location: 'The path of the job.' },
  jobResults: { 'x-job-state': "The job's state when the answer began." },
};

const SPOKEN_ERRORS = { 'Accept-Language': 'The language of the message of an error: en or zh-CN.' };
const SPOKEN = {
  'Accept-Language': 'The language of the advice, and of the message of an error: en or zh-CN.',
};

/** Headers of requests that change the answer. */
const REQUEST_HEADERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  detect: {
    'X-DashScope-OssResourceResolve': '"enable" lets image_url be the oss:// address of an upload.',
    'X-DashScope-Async': '"enable" is refused: the call is synchronous.',
  },
  detectBody: {
    'X-DashScope-OssResourceResolve': '"enable" lets image_url be the oss:// address of an upload.',
  },
  inspect: {
    'X-DashScope-OssResourceResolve': '"enable" lets url be the oss:// address of an upload.',
    ...SPOKEN,
  },
  fix: {
    'X-DashScope-OssResourceResolve': '"enable" lets url be the oss:// address of an upload.',
    ...SPOKEN,
  },
  createJob: SPOKEN_ERRORS,
  job: SPOKEN_ERRORS,
  cancelJob: SPOKEN_ERRORS,
  jobResults: SPOKEN_ERRORS,
};

/** The errors that an operation may answer with. */
export function tokensOfCall(operationId: string): readonly ErrorCode[] {
  return TOKENS[operationId] ?? [];
}

interface Content {
  example?: unknown;
  examples?: Record<string, { readonly value: unknown }>;
}
interface Answer {
  description?: string;
  headers?: Record<string, unknown>;
  content?: Record<string, Content>;
}
interface Operation {
  readonly operationId?: string;
  parameters?: unknown[];
  requestBody?: { content?: Record<string, Content> };
  responses?: Record<string, Answer>;
}

/** A description as the framework makes it, with all of that. The errors of a range of statuses become one answer a status. */
export function withDetails<T extends { paths?: object }>(document: T): T {
  for (const path of Object.values(document.paths ?? {}))
    for (const operation of Object.values(path as Record<string, Operation>)) addDetails(operation);
  return document;
}

function addDetails(operation: Operation): void {
  const { operationId: id = '', responses = {} } = operation;
  const tokens = TOKENS[id];
  if (tokens === undefined) return;
  const { request, responses: told } = (examples as ApiExamples)[id] ?? { request: {}, responses: {} };
  const schemaOfErrors = responses['4XX']?.content?.['application/json'] ?? {};
  delete responses['4XX'];
  delete responses['5XX'];
  for (const answer of Object.values(responses)) {
    answer.headers = headersOf({ ...ANSWER_HEADERS[id] });
  }
  const isSpoken = 'Accept-Language' in (REQUEST_HEADERS[id] ?? {});
  for (const [status, answer] of Object.entries(errorsOf(tokens, isSpoken))) {
    responses[status] = { ...answer, content: { 'application/json': { ...schemaOfErrors } } };
  }
  for (const [status, answers] of Object.entries(told)) addExamples(responses[status]?.content, answers);
  addExamples(operation.requestBody?.content, request);
  const asked = Object.entries(REQUEST_HEADERS[id] ?? {});
  if (asked.length > 0) {
    operation.parameters = [
      ...(operation.parameters ?? []),
      ...asked.map(([name, description]) => ({
        in: 'header',
        name,
        description,
        required: false,
        schema: { type: 'string' },
      })),
    ];
  }
}

/** One answer for each status, which tells when it is given. @param isSpoken whether messages are in the reader's language */
function errorsOf(tokens: readonly ErrorCode[], isSpoken: boolean): Record<string, Answer> {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const token of new Set(tokens)) {
    const { status }: CatalogueEntry = CATALOGUE[token];
    byStatus.set(status, [...(byStatus.get(status) ?? []), token]);
  }
  const answers = [...byStatus]
    .sort(([a], [b]) => a - b)
    .map(([status, own]) => {
      const lines = own.map((token) => `\`${token}\` (${CATALOGUE[token].code}): ${CATALOGUE[token].when}`);
      const headers = headersOf({
        'x-reason': `Why, a token: ${own.join(', ')}.`,
        ...(isSpoken && { 'content-language': 'The language of the message.' }),
      });
      return [String(status), { description: lines.join('\n\n'), headers }] as const;
    });
  return Object.fromEntries(answers);
}

function headersOf(described: Readonly<Record<string, string>>): Record<string, unknown> {
  const all = { 'x-request-id': 'The same as request_id in a body of JSON.', ...described };
  return Object.fromEntries(
    Object.entries(all).map(([name, description]) => [name, { description, schema: { type: 'string' } }]),
  );
}

/** Examples go to the content that they are of: lines, or JSON. */
function addExamples(
  content: Record<string, Content> | undefined,
  values: Readonly<Record<string, unknown>>,
): void {
  for (const [name, value] of Object.entries(values)) {
    const type = typeof value === 'string' ? 'application/x-ndjson' : 'application/json';
    const place = content?.[type];
    if (place) place.examples = { ...place.examples, [name]: { value } };
  }
}

/** The tokens of families. */
function tokensOf(...families: readonly string[]): ErrorCode[] {
  const all = Object.keys(CATALOGUE) as ErrorCode[];
  return all.filter((token) => families.includes(token.split('.', 1)[0] ?? ''));
}
