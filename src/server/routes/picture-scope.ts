import type { FastifyInstance, FastifyRequest } from 'fastify';
import { validatorCompiler } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { presetOf } from '../../core/checks/presets.ts';
import type { Pause } from '../../wire/base64.ts';
import {
  InspectBodySchema,
  type InspectRequest,
  type PictureQuerySchema,
  parseInspectBody,
  parsePolicyText,
} from '../../wire/inspect-request.ts';
import type { Examiner } from '../examine.ts';
import { isForm, readForm } from '../form.ts';
import type { Gate } from '../gate.ts';
import { Pacer } from '../pacer.ts';
import { refuseUnknownParameters } from '../query.ts';
import { releaseOnClose } from '../release-on-close.ts';
import { detailed, sendTold } from '../replies.ts';

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
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, async (_request: unknown, body: Buffer) => body);
    // The body is validated where it is parsed, after it is known whether it is JSON.
    scope.setValidatorCompiler<z.ZodType>((route) =>
      route.httpPart === 'body' ? () => true : validatorCompiler(route),
    );
    scope.setErrorHandler((error, request, reply) =>
      sendTold(error, request, reply, detailed(error, request)),
    );
    scope.addHook('onRequest', gate);
    scope.addHook('onRequest', refuseUnknownParameters);
    scope.addHook('onRequest', async ({ exchange }, reply) => {
      exchange.endUpload = examiner.beginUpload(exchange);
      releaseOnClose(reply.raw, exchange.endUpload);
    });
    const { pause } = new Pacer();
    addRoutes(scope, (request) => readPicture(request, pause));
  });
}

/**
 * The picture of a request, or its address, and the policy that came with it, in the body or as `for` in the query.
 *
 * @throws DetectError `body.invalid`, `body.too_large`, `policy.invalid`, `image.bytes`, `image.empty`
 */
async function readPicture(request: FastifyRequest, pause: Pause): Promise<InspectRequest> {
  const { for: named } = request.query as z.output<typeof PictureQuerySchema>;
  const asked = named === undefined ? {} : { for: presetOf(named).name };
  const { policy, ...read } = await readBody(request, pause);
  // An address is short: whoever waits for its download holds up nobody's upload.
  if ('url' in read) request.exchange.endUpload();
  return { ...read, policy: { ...asked, ...policy } };
}

async function readBody({ body, headers }: FastifyRequest, pause: Pause): Promise<InspectRequest> {
  const bytes = body as Buffer | undefined;
  const type = headers['content-type'];
  if (bytes === undefined || !isForm(type)) return parseInspectBody(bytes, pause);
  const { picture, policy } = await readForm(bytes, type, pause);
  return { bytes: picture, policy: policy === undefined ? {} : parsePolicyText(policy) };
}

/** A file as a data URI. */
export function dataUri(bytes: Uint8Array, type: string): string {
  const base64 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  return `data:${type};base64,${base64}`;
}
