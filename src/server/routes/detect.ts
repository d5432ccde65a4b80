import type { FastifyInstance } from 'fastify';
import { DetectError } from '../../errors.ts';
import { LocalRateLimiter } from '../../store/rate.ts';
import { successBody } from '../../wire/answer.ts';
import { DetectAnswerSchema, DetectBodySchema, ErrorSchema } from '../../wire/contract-schema.ts';
import type { ModelsByName } from '../../wire/models.ts';
import { CONTRACT_BODY_LIMIT, parseDetectRequest } from '../../wire/request.ts';
import { type Judged, outputOf, refusalOf, type ServedModel } from '../../wire/served-model.ts';
import type { Examiner } from '../examine.ts';
import type { Exchange } from '../exchange.ts';
import { createGate, type GateDeps } from '../gate.ts';

/** The vendor's path. */
export const DETECT_PATH = '/api/v1/services/aigc/image2video/face-detect';

/** Longest body in bytes that takes no place of an upload while it arrives; an address has 2 KB. */
const SMALL_BODY = 64 * 1024;

const schema = {
  operationId: 'detect',
  summary: 'Check a picture, as DashScope does',
  description:
    "The wire contract of DashScope's liveportrait-detect, emo-detect-v1, emoji-detect-v1 and wan2.2-s2v-detect. Every error has a status other than 200, and its reason as a token in the header x-reason.",
  security: [{ key: [] }],
  body: { content: { 'application/json': { schema: DetectBodySchema } } },
  response: { 200: DetectAnswerSchema, '4xx': ErrorSchema, '5xx': ErrorSchema },
};

/** What the route needs. */
export interface DetectDeps extends GateDeps {
  readonly examiner: Examiner;
  readonly models: ModelsByName;
  /** Names of models whose refusals are errors (400, and not counted), as users of the live service saw some. */
  readonly refusalsAsErrors: readonly string[];
}

/** The contract: `POST` of a picture's address, answered with the verdict of the model that it names. */
export function detectRoute(app: FastifyInstance, deps: DetectDeps): void {
  const { examiner, models, refusalsAsErrors } = deps;
  const gate = createGate(deps, ({ models: own }) => own.some((name) => models.has(name)));
  // Of one process: in a fleet each has its own.
  const rates = new LocalRateLimiter();

  /** Row 4 again, now that the model is known, and row 5 for a model that has less than the whole rate. */
  const admit = async ({ name, rateShare }: ServedModel, named: string, { key }: Exchange) => {
    if (!key?.models.some((own) => own === name || own === named)) throw new DetectError('key.model');
    if (rateShare === 1) return;
    if ((await rates.take(`${key.id} ${name}`, key.qps * rateShare)) > 0) throw new DetectError('key.rate');
  };
  const judge = async (
    url: string,
    { boxes, image, preset }: ServedModel,
    exchange: Exchange,
  ): Promise<Judged> => {
    const options = { policy: preset === null ? {} : { for: preset }, limits: image };
    if (boxes === undefined) return examiner.judgeUrl(url, exchange, options);
    return (await examiner.fromUrl(url, exchange, options)).inspection;
  };
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, async (_request: unknown, body: Buffer) => body);
    // The schemas describe; the body is read in the order of the contract's rows.
    scope.setValidatorCompiler(() => () => true);
    scope.setSerializerCompiler(() => JSON.stringify);
    scope.addHook('onRequest', gate);
    scope.addHook('onRequest', async ({ headers }) => {
      // Whatever the type says, malformed ones included, the body is read as JSON.
      delete headers['content-type'];
    });
    scope.addHook('onRequest', async ({ headers, exchange }, reply) => {
      if (Number(headers['content-length']) <= SMALL_BODY) return;
      exchange.endUpload = examiner.beginUpload(exchange);
      reply.raw.once('close', exchange.endUpload);
    });

    scope.post<{ Body: Buffer | undefined }>(
      DETECT_PATH,
      { bodyLimit: CONTRACT_BODY_LIMIT, schema },
      async ({ body, exchange, id }, reply) => {
        exchange.endUpload();
        const { model, named, imageUrl, ratio } = parseDetectRequest(body, models);
        await admit(model, named, exchange);
        const judged = await judge(imageUrl, model, exchange);
        const { pass, reason } = judged;
        const refusal = refusalOf(model, judged);
        const isError = refusal !== null && refusalsAsErrors.includes(model.name);
        if (!isError) await exchange.commit(pass ? 'pass' : 'fail');
        if (reason !== null) {
          exchange.reason = reason;
          reply.header('x-reason', reason);
        }
        if (isError) return reply.status(400).send({ ...refusal, request_id: id });
        return successBody(outputOf(model, judged, ratio), id);
      },
    );
  });
}
