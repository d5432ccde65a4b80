import type { FastifyInstance } from 'fastify';
import { DetectError } from '../../errors.ts';
import { LocalRateLimiter } from '../../store/rate.ts';
import { successBody } from '../../wire/answer.ts';
import { DetectAnswerSchema, DetectBodySchema, ErrorSchema } from '../../wire/contract-schema.ts';
import { type ModelsByName, modelsOn } from '../../wire/models.ts';
import { DETECT_BASE } from '../../wire/paths.ts';
import {
  CONTRACT_BODY_LIMIT,
  type DetectRequest,
  isForeign,
  parseDetectRequest,
} from '../../wire/request.ts';
import {
  type DetectPath,
  type Judged,
  outputOf,
  refusalOf,
  type ServedModel,
} from '../../wire/served-model.ts';
import type { Examiner } from '../examine.ts';
import type { Exchange } from '../exchange.ts';
import { createGate, type GateDeps } from '../gate.ts';
import type { PassOn } from '../pass-on.ts';
import { releaseOnClose } from '../release-on-close.ts';

/** Longest body in bytes that takes no place of an upload while it arrives; an address has 2 KB. */
const SMALL_BODY = 64 * 1024;

const ABOUT: Readonly<Record<DetectPath, { readonly operationId: string; readonly summary: string }>> = {
  'face-detect': { operationId: 'detect', summary: 'Check a portrait, as DashScope does' },
  'aa-detect': { operationId: 'detectBody', summary: 'Check a picture of a body, as DashScope does' },
};

const schemaOf = (path: DetectPath, models: ModelsByName) => ({
  ...ABOUT[path],
  description: `The wire contract of DashScope's ${[...models.keys()].join(', ')}. Every error has a status other than 200, and its reason as a token in the header x-reason.`,
  body: { content: { 'application/json': { schema: DetectBodySchema } } },
  response: { 200: DetectAnswerSchema, '4xx': ErrorSchema, '5xx': ErrorSchema },
});

/** What the route needs. */
export interface DetectDeps extends GateDeps {
  readonly examiner: Examiner;
  readonly models: ModelsByName;
  /** Names of models whose refusals are errors (400, and not counted), as users of the live service saw some. */
  readonly refusalsAsErrors: readonly string[];
  /** Who has the models that are not served here; nobody if undefined. */
  readonly passOn: PassOn | undefined;
}

/** The contract: `POST` of a picture's address, answered with the verdict of the model that it names, on each path. */
export function detectRoute(app: FastifyInstance, deps: DetectDeps): void {
  for (const path of Object.keys(ABOUT) as DetectPath[]) {
    addPath(app, path, { ...deps, models: modelsOn(path, deps.models) }, deps.models);
  }
}

function addPath(app: FastifyInstance, path: DetectPath, deps: DetectDeps, all: ModelsByName): void {
  const { examiner, models, refusalsAsErrors, passOn } = deps;
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
    { imageUrl: url, model: { tells, image, policy }, ratio }: DetectRequest,
    exchange: Exchange,
  ): Promise<Judged> => {
    const options = { policy: policy(ratio), limits: image };
    if (tells === undefined) return examiner.judgeUrl(url, exchange, options);
    return (await examiner.fromUrl(url, exchange, options)).inspection;
  };
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, async (_request: unknown, body: Buffer) => body);
    // The schemas describe; the body is read in the order of the contract's rows.
    scope.setValidatorCompiler(() => () => true);
    scope.addHook('onRequest', gate);
    scope.addHook('onRequest', async ({ headers }) => {
      // Whatever the type says, malformed ones included, the body is read as JSON.
      delete headers['content-type'];
    });
    scope.addHook('onRequest', async ({ headers, exchange }, reply) => {
      if (Number(headers['content-length']) <= SMALL_BODY) return;
      exchange.endUpload = examiner.beginUpload(exchange);
      releaseOnClose(reply.raw, exchange.endUpload);
    });

    scope.post<{ Body: Buffer | undefined }>(
      `${DETECT_BASE}${path}`,
      { bodyLimit: CONTRACT_BODY_LIMIT, schema: schemaOf(path, models) },
      async (request, reply) => {
        const { body, exchange, id } = request;
        exchange.endUpload();
        if (body && passOn?.mayShow(request) && isForeign(body, all)) {
          exchange.giveBack();
          await passOn.send(request, reply, body);
          return reply;
        }
        const asked = parseDetectRequest(body, models);
        const { model, named, ratio } = asked;
        await admit(model, named, exchange);
        const judged = await judge(asked, exchange);
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
