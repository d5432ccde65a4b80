/** Uploads, as the vendor's clients speak of them: leave is asked for here, and the form is sent here too. */
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DetectError, REQUEST_DETAILS } from '../../errors.ts';
import { isOver } from '../../store/expiry.ts';
import { LocalRateLimiter } from '../../store/rate.ts';
import type { ApiKey, Store } from '../../store/store.ts';
import type { Incoming } from '../../uploads/incoming.ts';
import type { Slip } from '../../uploads/signer.ts';
import type { Uploads } from '../../uploads/uploads.ts';
import { grantBody } from '../../wire/grant.ts';
import { UPLOADED_FOR } from '../../wire/models.ts';
import { UPLOADS_PATH } from '../../wire/paths.ts';
import type { Gate } from '../gate.ts';
import { Intake } from '../intake.ts';
import type { PassOn } from '../pass-on.ts';
import { releaseOnClose } from '../release-on-close.ts';
import { detailed, sendError } from '../replies.ts';
import { readUploadForm } from '../upload-form.ts';
import { baseUrlOf } from '../upload-url.ts';
import { grantSchema, uploadSchema } from './uploads-schema.ts';

/** Where forms are sent. */
export const OBJECTS_PATH = `${UPLOADS_PATH}/objects`;

/** Policies that a key may ask a second, and files that it may send, as at the vendor. */
const PER_SECOND = 100;
/** Files that arrive at a time; one key has two thirds of the places at most. */
const MOST_ARRIVING = 64;
/** How long the fields of a form may take to arrive, in ms: until then nobody knows whose it is. */
const FIELDS_MS = 5_000;
/** How long the whole form may take, in ms, as clients wait. */
const FORM_MS = 120_000;

/** What the routes need. */
export interface UploadRoutesDeps {
  /** Undefined where the service takes none. */
  readonly uploads: Uploads | undefined;
  readonly store: Pick<Store, 'keyById'>;
  /** Who takes uploads for models that nothing here is for; nobody if undefined. */
  readonly passOn: PassOn | undefined;
  /** The models whose uploads are taken here in any case. */
  readonly models: { has(name: string): boolean };
  /** Where clients reach this service; undefined for the host that they called. */
  readonly publicUrl: string | undefined;
  /** Refuses a request whose body is not here after so many ms; what it gives ends that. */
  readonly limit: (request: IncomingMessage, ms: number) => () => void;
}

/** The form as it was written, and as it is sent, which may be compressed. */
interface Body {
  readonly form: Readable;
  readonly raw: Readable;
}

/** `GET /api/v1/uploads`, and the form behind it. */
export function uploadRoutes(app: FastifyInstance, gate: Gate, deps: UploadRoutesDeps): void {
  const { store, publicUrl, limit, passOn, models } = deps;
  const grants = new LocalRateLimiter();
  const files = new LocalRateLimiter();
  const arriving = new Intake();

  const uploadsOrRefuse = () => {
    if (deps.uploads === undefined) throw new DetectError('upload.off');
    return deps.uploads;
  };
  /** Whose a form is, now that its fields are known. */
  const admit = async ({ place }: Slip): Promise<ApiKey> => {
    const key = await store.keyById(place.keyId);
    if (key === undefined || key.revokedAt !== null || isOver(key, Date.now()))
      throw new DetectError('upload.signature');
    if ((await files.take(key.id, PER_SECOND)) > 0) throw new DetectError('key.rate');
    return key;
  };

  /** Whether leave is asked for an upload that only the upstream could make use of. */
  const isForeign = (query: unknown): boolean => {
    const { action, model } = query as { readonly action?: unknown; readonly model?: unknown };
    if (action !== 'getPolicy' || typeof model !== 'string' || model === '') return false;
    return !models.has(model) && !UPLOADED_FOR.includes(model);
  };

  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', async ({ raw }: FastifyRequest, form: Readable): Promise<Body> => {
      return { form, raw };
    });
    // The schemas describe.
    scope.setValidatorCompiler(() => () => true);
    scope.setErrorHandler((error, request, reply) =>
      sendError(error, request, reply, detailed(error, request)),
    );

    scope.get<{ Querystring: { readonly action?: unknown } }>(
      UPLOADS_PATH,
      {
        schema: grantSchema,
        onRequest: async (request, reply) => {
          if (!passOn?.mayShow(request) || !isForeign(request.query)) return gate(request);
          await passOn.send(request, reply);
          return reply;
        },
      },
      async ({ id, query, exchange, raw }) => {
        const uploads = uploadsOrRefuse();
        if (query.action !== 'getPolicy') throw new DetectError('request.query');
        if ((await grants.take(exchange.share, PER_SECOND)) > 0) throw new DetectError('key.rate');
        const host = `${publicUrl ?? baseUrlOf(raw)}${OBJECTS_PATH}`;
        return grantBody(uploads.grant(exchange.share), host, uploads.limits.keyBytes, id);
      },
    );

    scope.post<{ Body: Body | undefined }>(OBJECTS_PATH, { schema: uploadSchema }, async (request, reply) => {
      const { body, headers, exchange, id, raw } = request;
      const uploads = uploadsOrRefuse();
      if (body === undefined) throw new DetectError('upload.form', REQUEST_DETAILS.noBody);
      const endLimit = limit(raw, FIELDS_MS);
      let incoming: Incoming | undefined;
      try {
        await readUploadForm(body.form, headers['content-type'], async (fields, file) => {
          const slip = uploads.check(fields);
          exchange.key = await admit(slip);
          releaseOnClose(reply.raw, arriving.enter(exchange.key.id, MOST_ARRIVING));
          endLimit();
          limit(raw, FORM_MS);
          incoming = await uploads.begin(slip, mostOf(body, headers['content-length']));
          await incoming.receive(file);
        });
        await incoming?.keep();
      } catch (error) {
        if (body.form !== body.raw) body.form.destroy();
        // What is left is read, and thrown away, so that the answer gets through.
        body.raw.resume();
        throw raw.destroyed && !raw.complete ? new DetectError('inspect.aborted') : error;
      } finally {
        endLimit();
        await incoming?.discard();
      }
      return { request_id: id };
    });
  });
}

/** How many bytes a form has at most: those that it announces; without end where nobody knows. */
function mostOf({ form, raw }: Body, announced: string | undefined): number {
  // What is announced of a compressed form is what it takes on its way.
  if (form !== raw || !/^\d{1,15}$/.test(announced ?? '')) return Number.POSITIVE_INFINITY;
  return Number(announced);
}
