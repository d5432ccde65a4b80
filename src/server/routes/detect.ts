import type { FastifyInstance } from 'fastify';
import { successBody } from '../../wire/answer.ts';
import { DetectAnswerSchema, DetectBodySchema, ErrorSchema } from '../../wire/contract-schema.ts';
import { CONTRACT_BODY_LIMIT, parseDetectRequest } from '../../wire/request.ts';
import { toVerdict } from '../../wire/verdict.ts';
import type { Examiner } from '../examine.ts';
import type { Gate } from '../gate.ts';

/** The vendor's path. */
export const DETECT_PATH = '/api/v1/services/aigc/image2video/face-detect';

/** Longest body in bytes that takes no place of an upload while it arrives; an address has 2 KB. */
const SMALL_BODY = 64 * 1024;

const schema = {
  operationId: 'detect',
  summary: 'Check a picture, as DashScope does',
  description:
    "The wire contract of DashScope's liveportrait-detect. Every error has a status other than 200, and its reason as a token in the header x-reason.",
  security: [{ key: [] }],
  body: { content: { 'application/json': { schema: DetectBodySchema } } },
  response: { 200: DetectAnswerSchema, '4xx': ErrorSchema, '5xx': ErrorSchema },
};

/** The contract: `POST` of a picture's address, answered with the verdict. */
export function detectRoute(app: FastifyInstance, gate: Gate, examiner: Examiner): void {
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
        const { imageUrl } = parseDetectRequest(body);
        const judgement = await examiner.judgeUrl(imageUrl, exchange);
        const { pass, reason } = judgement;
        await exchange.commit(pass ? 'pass' : 'fail');
        if (reason !== null) {
          exchange.reason = reason;
          reply.header('x-reason', reason);
        }
        return successBody(toVerdict(judgement), id);
      },
    );
  });
}
