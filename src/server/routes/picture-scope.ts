import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { validatorCompiler } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { MAX_BYTES } from '../../image/limits.ts';
import type { Pause } from '../../wire/base64.ts';
import { DetectError } from '../../wire/errors.ts';
import {
  INSPECT_BODY_LIMIT,
  InspectBodySchema,
  type InspectRequest,
  POLICY_BYTES,
  parseInspectBody,
  parsePolicyText,
} from '../../wire/inspect-request.ts';
import type { Examiner } from '../examine.ts';
import type { Gate } from '../gate.ts';
import { Pacer } from '../pacer.ts';

/** Longest content type of a form, in characters: RFC 2046 has boundaries of up to 70, and a search for one takes its length. */
const MOST_TYPE = 256;

const file = z.string().meta({ format: 'binary' });

/** The ways in which a request may hand over its picture, for the API's description. */
export const PICTURE_BODY = {
  content: {
    'application/json': { schema: InspectBodySchema },
    'image/*': { schema: file },
    'application/octet-stream': { schema: file },
    'multipart/form-data': {
      schema: z.object({ image: file, policy: z.string().optional().describe('A policy as JSON.') }),
    },
  },
};

/** Reads a request's picture; see {@link readPicture}. */
type Read = (request: FastifyRequest) => Promise<InspectRequest>;

/** Registers routes that take a picture in any of the ways of {@link PICTURE_BODY}, behind the gate. */
export function pictureScope(
  app: FastifyInstance,
  gate: Gate,
  examiner: Examiner,
  addRoutes: (scope: FastifyInstance, read: Read) => void,
): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    await scope.register(multipart, {
      limits: { fileSize: MAX_BYTES, files: 1, fields: 4, fieldSize: POLICY_BYTES, parts: 5 },
    });
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, async (_request: unknown, body: Buffer) => body);
    // The body is validated where it is parsed, after it is known whether it is JSON.
    scope.setValidatorCompiler<z.ZodType>((route) =>
      route.httpPart === 'body' ? () => true : validatorCompiler(route),
    );
    scope.setSerializerCompiler(() => JSON.stringify);
    scope.addHook('onRequest', gate);
    scope.addHook('onRequest', async ({ exchange }, reply) => {
      exchange.endUpload = examiner.beginUpload(exchange);
      reply.raw.once('close', exchange.endUpload);
    });
    const { pause } = new Pacer();
    addRoutes(scope, (request) => readPicture(request, pause));
  });
}

/**
 * The picture of a request, or its address, and the policy that came with it.
 *
 * @throws DetectError `body.invalid`, `policy.invalid`, `image.bytes`
 */
async function readPicture(request: FastifyRequest, pause: Pause): Promise<InspectRequest> {
  const read = await readBody(request, pause);
  // An address is short: whoever waits for its download holds up nobody's upload.
  if ('url' in read) request.exchange.endUpload();
  return read;
}

async function readBody(request: FastifyRequest, pause: Pause): Promise<InspectRequest> {
  if (!request.isMultipart()) return parseInspectBody(request.body as Buffer | undefined, pause);
  try {
    return await readForm(request);
  } catch (error) {
    if (error instanceof DetectError) throw error;
    const tooLarge = error instanceof request.server.multipartErrors.RequestFileTooLargeError;
    throw new DetectError(tooLarge ? 'image.bytes' : 'body.invalid', undefined, { cause: error });
  }
}

/** @throws DetectError, or an error of the parser */
async function readForm(request: FastifyRequest): Promise<InspectRequest> {
  if ((request.headers['content-type'] ?? '').length > MOST_TYPE) throw new DetectError('body.invalid');
  const reading = readParts(request);
  // The parser passes over what is around the parts, for as long as it comes.
  const excess = new Promise<never>((_resolve, reject) => {
    let length = 0;
    request.raw.on('data', (bytes: Uint8Array) => {
      length += bytes.length;
      if (length > INSPECT_BODY_LIMIT) reject(new DetectError('body.too_large'));
    });
  });
  return Promise.race([reading, excess]);
}

async function readParts(request: FastifyRequest): Promise<InspectRequest> {
  let bytes: Uint8Array | undefined;
  let policy = {};
  for await (const part of request.parts()) {
    if (part.type === 'file') bytes = await part.toBuffer();
    else if (part.fieldname === 'policy') policy = parsePolicyText(String(part.value));
  }
  if (bytes === undefined) throw new DetectError('body.invalid', 'The form holds no file.');
  return { bytes, policy };
}

/** A file as a data URI. */
export function dataUri(bytes: Uint8Array, type: string): string {
  const base64 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  return `data:${type};base64,${base64}`;
}
