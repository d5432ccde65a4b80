import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Language } from '../../core/words/catalogue.ts';
import type { Repair } from '../../repair/repair.ts';
import { toldRepair } from '../../repair/told.ts';
import { INSPECT_BODY_LIMIT } from '../../wire/body-limit.ts';
import { ErrorSchema } from '../../wire/contract-schema.ts';
import { FixAnswerSchema, type FixQuery, FixQuerySchema } from '../../wire/fix-schema.ts';
import { FIX_PATH } from '../../wire/paths.ts';
import type { Examiner } from '../examine.ts';
import type { Gate } from '../gate.ts';
import { languageFor, tellLanguage } from '../language.ts';
import type { Repairer } from '../repairer.ts';
import { dataUri, PICTURE_BODY, pictureScope } from './picture-scope.ts';

const picture = { schema: z.string().meta({ format: 'binary' }) };

const schema = {
  operationId: 'fix',
  summary: 'Repair a picture',
  description:
    'Makes of a picture one that passes, where that can be done without altering a face: by converting (GIF, TIFF, AVIF), turning upright, cropping, scaling down and compressing. Answers with the picture, and what was done in the header x-repairs; with JSON where the header Accept names application/json, and wherever no picture passes. The picture is handed over as in /v1/inspect.',
  querystring: FixQuerySchema,
  body: PICTURE_BODY,
  response: {
    200: {
      description: 'The picture that passes now, or JSON.',
      content: {
        'application/json': { schema: FixAnswerSchema },
        'image/jpeg': picture,
        'image/png': picture,
        'image/webp': picture,
        'image/bmp': picture,
      },
    },
    '4xx': ErrorSchema,
    '5xx': ErrorSchema,
  },
};

/** `POST /v1/fix`: a picture, answered with one that passes, or why there is none. */
export function fixRoute(app: FastifyInstance, gate: Gate, examiner: Examiner, repairer: Repairer): void {
  pictureScope(app, gate, examiner, (scope, read) => {
    const options = { bodyLimit: INSPECT_BODY_LIMIT, schema };
    scope.post<{ Querystring: FixQuery }>(FIX_PATH, options, async (request, reply) => {
      const { exchange, id, headers } = request;
      const { policy, ...given } = await read(request);
      const language = languageFor(request);
      const result = await repairer.repair(given, exchange, { policy, face: request.query.face, language });
      await exchange.commit(result.picture ? 'pass' : 'fail');
      if (result.reason !== null) {
        exchange.reason = result.reason;
        reply.header('x-reason', result.reason);
      }
      tellLanguage(reply, language);
      reply.header('x-repairs', result.steps.map(({ action }) => action).join(','));
      if (result.picture === null || headers.accept?.includes('application/json'))
        return answer(result, id, language);
      const { bytes, format } = result.picture;
      return reply
        .type(`image/${format}`)
        .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    });
  });
}

function answer(result: Repair, id: string, language: Language) {
  const { picture } = result;
  return {
    ...toldRepair(result, language),
    image: picture && dataUri(picture.bytes, `image/${picture.format}`),
    request_id: id,
  };
}
