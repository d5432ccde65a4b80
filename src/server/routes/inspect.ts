import type { FastifyInstance } from 'fastify';
import { inLanguage } from '../../core/checks/in-language.ts';
import { INSPECT_BODY_LIMIT } from '../../wire/body-limit.ts';
import { ErrorSchema } from '../../wire/contract-schema.ts';
import { type InspectQuery, InspectQuerySchema } from '../../wire/inspect-request.ts';
import { InspectAnswerSchema } from '../../wire/inspection-schema.ts';
import { INSPECT_PATH } from '../../wire/paths.ts';
import type { Examiner } from '../examine.ts';
import type { Gate } from '../gate.ts';
import { languageFor, tellLanguage } from '../language.ts';
import { dataUri, PICTURE_BODY, pictureScope } from './picture-scope.ts';

const DATA_URI_TYPE = { svg: 'image/svg+xml', png: 'image/png' } as const;

const schema = {
  operationId: 'inspect',
  summary: 'Inspect a picture',
  description:
    'Everything that is known of one picture: its faces, what was measured on the one that LivePortrait would take, every check with its limit, and the crop. Send JSON with an address or base64, the bytes themselves, or a form with one file. Advice, and the message of an error, are in the language that Accept-Language asks for, English or Chinese.',
  querystring: InspectQuerySchema,
  body: PICTURE_BODY,
  response: {
    200: InspectAnswerSchema,
    '4xx': ErrorSchema,
    '5xx': ErrorSchema,
  },
};

/** `POST /v1/inspect`: a picture, answered with its whole inspection. */
export function inspectRoute(app: FastifyInstance, gate: Gate, examiner: Examiner): void {
  pictureScope(app, gate, examiner, (scope, read) => {
    const options = { bodyLimit: INSPECT_BODY_LIMIT, schema };
    scope.post<{ Querystring: InspectQuery }>(INSPECT_PATH, options, async (request, reply) => {
      const { exchange, id } = request;
      const { policy, ...picture } = await read(request);
      const { annotated: format } = request.query;
      const wanted = { policy, annotated: format };
      const { inspection, annotated } =
        'url' in picture
          ? await examiner.fromUrl(picture.url, exchange, wanted)
          : await examiner.fromBytes(picture.bytes, exchange, wanted);
      await exchange.commit(inspection.pass ? 'pass' : 'fail');
      if (inspection.reason !== null) {
        exchange.reason = inspection.reason;
        reply.header('x-reason', inspection.reason);
      }
      const language = languageFor(request);
      tellLanguage(reply, language);
      return {
        ...inLanguage(inspection, language),
        ...(format && annotated && { annotated: dataUri(annotated, DATA_URI_TYPE[format]) }),
        request_id: id,
      };
    });
  });
}
