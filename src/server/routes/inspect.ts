import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { validatorCompiler } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { MAX_BYTES } from '../../image/limits.ts';
import { ErrorSchema } from '../../wire/contract-schema.ts';
import { DetectError } from '../../wire/errors.ts';
import {
  INSPECT_BODY_LIMIT,
  InspectBodySchema,
  type InspectQuery,
  InspectQuerySchema,
  type InspectRequest,
  parseInspectBody,
  parsePolicyText,
} from '../../wire/inspect-request.ts';
import { InspectAnswerSchema } from '../../wire/inspection-schema.ts';
import type { Examiner } from '../examine.ts';
import type { Gate } from '../gate.ts';

/** Our own path. */
export const INSPECT_PATH = '/v1/inspect';

/** Longest policy as a field of a form, in bytes. */
const FIELD_BYTES = 16 * 1024;
const DATA_URI_TYPE = { svg: 'image/svg+xml', png: 'image/png' } as const;

const file = z.string().meta({ format: 'binary' });

const schema = {
  operationId: 'inspect',
  summary: 'Inspect a picture',
  description:
    'Everything that is known of one picture: its faces, what was measured on the one that LivePortrait would take, every check with its limit, and the crop. Send JSON with an address or base64, the bytes themselves, or a form with one file.',
  security: [{ key: [] }],
  querystring: InspectQuerySchema,
  body: {
    content: {
      'application/json': { schema: InspectBodySchema },
      'image/*': { schema: file },
      'application/octet-stream': { schema: file },
      'multipart/form-data': {
        schema: z.object({ image: file, policy: z.string().optional().describe('A policy as JSON.') }),
      },
    },
  },
  response: {
    200: InspectAnswerSchema,
    '4xx': ErrorSchema,
    '5xx': ErrorSchema,
  },
};

/** `POST /v1/inspect`: a picture, answered with its whole inspection. */
export function inspectRoute(app: FastifyInstance, gate: Gate, examiner: Examiner): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    await scope.register(multipart, {
      limits: { fileSize: MAX_BYTES, files: 1, fields: 4, fieldSize: FIELD_BYTES, parts: 5 },
    });
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, async (_request: unknown, body: Buffer) => body);
    // The body is validated where it is parsed, after it is known whether it is JSON.
    scope.setValidatorCompiler<z.ZodType>((route) =>
      route.httpPart === 'body' ? () => true : validatorCompiler(route),
    );
    scope.setSerializerCompiler(() => JSON.stringify);
    scope.addHook('onRequest', gate);
    scope.addHook('onRequest', async ({ exchange }, reply) => {
      reply.raw.once('close', examiner.beginUpload(exchange));
    });

    const options = { bodyLimit: INSPECT_BODY_LIMIT, schema };
    scope.post<{ Querystring: InspectQuery }>(INSPECT_PATH, options, async (request, reply) => {
      const { exchange, id } = request;
      const { policy, ...picture } = await readPicture(request);
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
      return {
        ...inspection,
        ...(format && annotated && { annotated: dataUri(annotated, format) }),
        request_id: id,
      };
    });
  });
}

async function readPicture(request: FastifyRequest): Promise<InspectRequest> {
  if (!request.isMultipart()) return parseInspectBody(request.body as Buffer | undefined);
  try {
    return await readForm(request);
  } catch (error) {
    if (error instanceof DetectError) throw error;
    const tooLarge = error instanceof request.server.multipartErrors.RequestFileTooLargeError;
    throw new DetectError(tooLarge ? 'image.bytes' : 'body.invalid', undefined, { cause: error });
  }
}

async function readForm(request: FastifyRequest): Promise<InspectRequest> {
  let bytes: Uint8Array | undefined;
  let policy = {};
  for await (const part of request.parts()) {
    if (part.type === 'file') bytes = await part.toBuffer();
    else if (part.fieldname === 'policy') policy = parsePolicyText(String(part.value));
  }
  if (bytes === undefined) throw new DetectError('body.invalid', 'The form holds no file.');
  return { bytes, policy };
}

function dataUri(bytes: Uint8Array, format: keyof typeof DATA_URI_TYPE): string {
  const base64 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  return `data:${DATA_URI_TYPE[format]};base64,${base64}`;
}
