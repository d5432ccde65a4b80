import type { FastifyInstance } from 'fastify';
import { successBody } from '../../wire/answer.ts';
import { CONTRACT_BODY_LIMIT, parseDetectRequest } from '../../wire/request.ts';
import { toVerdict } from '../../wire/verdict.ts';
import type { Examiner } from '../examine.ts';
import type { Gate } from '../gate.ts';

/** The vendor's path. */
export const DETECT_PATH = '/api/v1/services/aigc/image2video/face-detect';

/** The contract: `POST` of a picture's address, answered with the verdict. */
export function detectRoute(app: FastifyInstance, gate: Gate, examiner: Examiner): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, async (_request: unknown, body: Buffer) => body);
    scope.addHook('onRequest', gate);
    scope.addHook('onRequest', async ({ headers }) => {
      // Whatever the type says, malformed ones included, the body is read as JSON.
      delete headers['content-type'];
    });

    scope.post<{ Body: Buffer | undefined }>(
      DETECT_PATH,
      { bodyLimit: CONTRACT_BODY_LIMIT, schema: { hide: true } },
      async ({ body, exchange, id }, reply) => {
        const { imageUrl } = parseDetectRequest(body);
        const { inspection } = await examiner.fromUrl(imageUrl, exchange);
        const { pass, reason } = inspection;
        await exchange.commit(pass ? 'pass' : 'fail');
        if (reason !== null) {
          exchange.reason = reason;
          reply.header('x-reason', reason);
        }
        return successBody(toVerdict(inspection), id);
      },
    );
  });
}
