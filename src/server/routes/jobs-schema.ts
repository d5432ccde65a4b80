/** What the routes of jobs take and give, for the API's description. */
import { z } from 'zod';
import { PRESET_NAMES } from '../../core/checks/presets.ts';
import { MOST_ITEMS } from '../../jobs/job.ts';
import { ErrorSchema } from '../../wire/contract-schema.ts';

/** Longest wait for further results, in seconds: shorter than the usual limits of proxies in between. */
const MOST_WAIT_SECONDS = 50;

const ParamsSchema = z.object({ id: z.string().describe('As `POST /v1/jobs` answered it.') });

/** How results are asked for. */
export const ResultsQuerySchema = z.object({
  after: z.coerce
    .number()
    .int()
    .min(0)
    .max(MOST_ITEMS)
    .default(0)
    .describe('The `cursor` of the last line that you have.'),
  wait: z.coerce
    .number()
    .int()
    .min(0)
    .max(MOST_WAIT_SECONDS)
    .default(0)
    .describe(
      'How long to wait for further results as they come, in seconds; it ends sooner when the job does.',
    ),
});

const JobSchema = z.object({
  id: z.uuid(),
  state: z.enum(['receiving', 'queued', 'running', 'done', 'cancelled']),
  total: z.int(),
  answered: z.int().describe('Items that have their result.'),
  pass: z.int(),
  fail: z.int(),
  error: z.int(),
  reasons: z.record(z.string(), z.int()).describe('How many failed or could not be inspected, by token.'),
  webhook: z.string().nullable(),
  for: z.string().nullable().describe('The generator that the pictures are for.'),
  created_at: z.iso.datetime(),
  started_at: z.iso.datetime().nullable(),
  ended_at: z.iso.datetime().nullable(),
  request_id: z.uuid(),
});
const CreatedSchema = JobSchema.extend({
  webhook_secret: z.string().optional().describe('What the webhook is signed with. It is shown only here.'),
});
const ListSchema = z.object({
  urls: z.array(z.union([z.string(), z.object({ url: z.string(), id: z.string().optional() })])),
  webhook: z.string().optional(),
  for: z.enum(PRESET_NAMES).optional(),
});

const security = [{ key: [] }];
const errors = { '4xx': ErrorSchema, '5xx': ErrorSchema };
const lines = z.string();

/** `POST /v1/jobs` */
export const createSchema = {
  operationId: 'createJob',
  summary: 'Send many addresses at once',
  description:
    'Up to a million addresses, one a line, plain or as {"url": …, "id": …}; or up to 1 MiB of JSON. They are inspected in the background, each is answered once and counts as one image. The webhook gets a POST at the end, whose header x-signature is "sha256=" and the HMAC-SHA256 of the body with the secret, in hex.',
  security,
  querystring: z.object({
    webhook: z.string().optional(),
    // Not an enum here, so that an unknown name is told which ones there are.
    for: z
      .string()
      .optional()
      .describe(`The generator that the pictures are for: ${PRESET_NAMES.join(', ')}.`),
  }),
  body: {
    content: {
      'application/x-ndjson': { schema: lines },
      'text/plain': { schema: lines },
      'application/json': { schema: ListSchema },
    },
  },
  response: { 202: CreatedSchema, ...errors },
};

/** `GET /v1/jobs/:id` */
export const findSchema = {
  operationId: 'job',
  summary: "A job's state and progress",
  security,
  params: ParamsSchema,
  response: { 200: JobSchema, ...errors },
};

/** `DELETE /v1/jobs/:id` */
export const cancelSchema = {
  operationId: 'cancelJob',
  summary: 'End a job before its time, or forget one that has ended',
  description:
    'Of a job under way, what was answered stays, and counts. A job that has ended is forgotten, with its items and results: the answer is the last that is told of it.',
  security,
  params: ParamsSchema,
  response: { 200: JobSchema, ...errors },
};

/** `GET /v1/jobs/:id/results` */
export const resultsSchema = {
  operationId: 'jobResults',
  summary: "A job's results, in the order in which they came",
  description:
    'One line of JSON per result: cursor, item (its line, counted from 1 without empty ones), id, url, and pass, reason, advice, image and faces, or error. To continue, ask for what is after the last cursor.',
  security,
  params: ParamsSchema,
  querystring: ResultsQuerySchema,
  response: { 200: { content: { 'application/x-ndjson': { schema: lines } } }, ...errors },
};
