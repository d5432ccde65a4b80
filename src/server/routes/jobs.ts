import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { validatorCompiler } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { DetectError, REQUEST_DETAILS } from '../../errors.ts';
import type { Job } from '../../jobs/job.ts';
import type { JobStore } from '../../jobs/store.ts';
import { hasEnded, jobBody } from '../../jobs/wire.ts';
import { LocalRateLimiter, type RateLimiter } from '../../store/rate.ts';
import type { ApiKey } from '../../store/store.ts';
import { JOBS_PATH } from '../../wire/paths.ts';
import type { Gate } from '../gate.ts';
import { Intake } from '../intake.ts';
import type { Lifecycle } from '../lifecycle.ts';
import { refuseUnknownParameters } from '../query.ts';
import { releaseOnClose } from '../release-on-close.ts';
import { detailed, sendTold } from '../replies.ts';
import { createJob, JSON_BODY_LIMIT, type ListBody, readJson, readLines } from './jobs-list.ts';
import { follow } from './jobs-results.ts';
import {
  cancelSchema,
  createSchema,
  findSchema,
  type ResultsQuerySchema,
  resultsSchema,
} from './jobs-schema.ts';

/** Longest time for a list to arrive, in milliseconds. */
export const UPLOAD_MS = 10 * 60_000;
/** Questions about jobs that a key may ask a second; they come out of nobody's rate of pictures. */
const READS_PER_SECOND = 20;
/** Lists that arrive at a time, each for up to {@link UPLOAD_MS}; one key has two thirds of them at most. */
const MOST_LISTS = 64;
/** Readers of results at a time, who may be slow, and of whom each holds some; one key has two thirds of them at most. */
const MOST_READERS = 256;
/** Readers who wait for results at a time, each of whom the store is asked for; further ones get what is there. */
const MOST_WAITING = 64;
const SECOND_MS = 1_000;
/** The form of a job's id. What is sent in its place may be what PostgreSQL takes for no text at all. */
const JOB_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What the routes need. */
export interface JobRoutesDeps {
  readonly jobs: JobStore;
  readonly rates: RateLimiter;
  readonly lifecycle: Pick<Lifecycle, 'draining'>;
  /** Tells the workers of this process that there is something to do. */
  readonly wake: () => void;
  /** Tells them that there is something to remove. */
  readonly tidy: () => void;
}

/** `/v1/jobs`: many addresses at once, inspected in the background. */
export function jobRoutes(app: FastifyInstance, gate: Gate, deps: JobRoutesDeps): void {
  const { jobs, rates, lifecycle, wake, tidy } = deps;
  const reads = new LocalRateLimiter();
  const lists = new Intake();
  const readers = new Intake();
  const waiting = new Intake();

  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (_: unknown, body: Buffer) =>
      readJson(body),
    );
    // Lines, whatever they are called: curl's --data-binary calls everything a form.
    scope.addContentTypeParser('*', async ({ raw }: FastifyRequest, body: Readable) => readLines(body, raw));
    // The body's schema only describes: lists are read as they come.
    scope.setValidatorCompiler((part) =>
      part.httpPart === 'body' ? () => true : validatorCompiler(part as never),
    );
    scope.setErrorHandler((error, request, reply) =>
      sendTold(error, request, reply, detailed(error, request)),
    );
    scope.addHook('onRequest', gate);
    scope.addHook('onRequest', async (request) => {
      const { id, qps } = keyOf(request);
      const wait = request.method === 'POST' ? rates.take(id, qps) : reads.take(id, READS_PER_SECOND);
      if ((await wait) > 0) throw new DetectError('key.rate');
    });
    scope.addHook('onRequest', refuseUnknownParameters);
    scope.addHook('onRequest', async (request, reply) => {
      if (request.method === 'POST') releaseOnClose(reply.raw, lists.enter(keyOf(request).id, MOST_LISTS));
    });

    scope.post<{ Body: ListBody | undefined; Querystring: { webhook?: string; for?: string } }>(
      JOBS_PATH,
      { bodyLimit: JSON_BODY_LIMIT, schema: createSchema },
      async (request, reply) => {
        const { body, query, id: requestId } = request;
        if (body === undefined) throw new DetectError('job.size', REQUEST_DETAILS.noItems);
        try {
          const { job, secret } = await createJob(jobs, keyOf(request), body, query);
          wake();
          reply.status(202).header('location', `${JOBS_PATH}/${job.id}`);
          return {
            ...jobBody(job),
            ...(secret !== null && { webhook_secret: secret }),
            request_id: requestId,
          };
        } catch (error) {
          body.drop();
          tidy();
          throw error;
        }
      },
    );

    const path = `${JOBS_PATH}/:id`;
    const find = async (request: FastifyRequest): Promise<Job> => {
      const { id } = request.params as { id: string };
      if (!JOB_ID.test(id)) throw new DetectError('job.unknown');
      return known(await jobs.find(id, keyOf(request).id));
    };
    /** What is under way ends; what has ended goes, and is told of for the last time. */
    const endOrForget = async (job: Job): Promise<Job> => {
      if (!hasEnded(job)) return known(await jobs.cancel(job.id, job.keyId));
      if (!(await jobs.forget(job.id, job.keyId))) throw new DetectError('job.unknown');
      return job;
    };
    scope.get(path, { schema: findSchema }, async (request) => ({
      ...jobBody(await find(request)),
      request_id: request.id,
    }));
    scope.delete<{ Params: { id: string } }>(path, { schema: cancelSchema }, async (request) => {
      const job = await endOrForget(await find(request));
      tidy();
      return { ...jobBody(job), request_id: request.id };
    });
    scope.get<{ Querystring: z.infer<typeof ResultsQuerySchema> }>(
      `${path}/results`,
      { schema: resultsSchema },
      async (request, reply) => {
        const { after, wait } = request.query;
        const job = await find(request);
        releaseOnClose(reply.raw, readers.enter(job.keyId, MOST_READERS));
        const mayWait = wait > 0 && hasRoom(waiting, job.keyId, reply);
        const end = performance.now() + (mayWait ? wait * SECOND_MS : 0);
        const isOver = () => lifecycle.draining || request.exchange.gone.aborted || performance.now() >= end;
        reply.header('content-type', 'application/x-ndjson').header('x-job-state', jobBody(job).state);
        return reply.send(Readable.from(follow(jobs, job, after, isOver), { objectMode: false }));
      },
    );
  });
}

/** Whether one more of the key may wait, until its answer has ended. */
function hasRoom(waiting: Intake, keyId: string, reply: FastifyReply): boolean {
  try {
    releaseOnClose(reply.raw, waiting.enter(keyId, MOST_WAITING));
    return true;
  } catch {
    return false;
  }
}

function keyOf({ exchange }: FastifyRequest): ApiKey {
  if (exchange.key === undefined) throw new DetectError('key.missing');
  return exchange.key;
}

function known(job: Job | undefined): Job {
  if (job === undefined) throw new DetectError('job.unknown');
  return job;
}
