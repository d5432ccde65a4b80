import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { context, propagation } from '@opentelemetry/api';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { validatorCompiler } from 'fastify-type-provider-zod';
import type { Logger } from 'pino';
import { type PolicyOverrides, parsePolicy } from '../core/checks/policy.ts';
import { ADVISORY } from '../core/checks/rules.ts';
import type { Downloader } from '../download/download.ts';
import { DetectError } from '../errors.ts';
import type { JobStore } from '../jobs/store.ts';
import type { EngineName } from '../node/engine.ts';
import type { StoreState } from '../store/open.ts';
import type { Store } from '../store/store.ts';
import type { Uploads } from '../uploads/uploads.ts';
import { modelsByName } from '../wire/models.ts';
import { JOBS_PATH } from '../wire/paths.ts';
import type { InspectPool } from '../workers/pool.ts';
import { Connections } from './connection.ts';
import { limitConnections } from './connection-limit.ts';
import { Examiner } from './examine.ts';
import { Exchange } from './exchange.ts';
import { createAccountGate, createGate, createKeyGate, type GateDeps } from './gate.ts';
import { inflateBody } from './inflate.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { Metrics } from './metrics.ts';
import { createObserver } from './observe.ts';
import { describeRoutes } from './openapi.ts';
import { allowOrigins } from './origins.ts';
import { PassOn, type PassOnDeps } from './pass-on.ts';
import { Paths } from './paths.ts';
import { Repairer } from './repairer.ts';
import { sendError, sendTold } from './replies.ts';
import { detectRoute } from './routes/detect.ts';
import { fixRoute } from './routes/fix.ts';
import { HEALTH_PATHS, healthRoutes } from './routes/health.ts';
import { inspectRoute } from './routes/inspect.ts';
import { type JobRoutesDeps, jobRoutes, UPLOAD_MS } from './routes/jobs.ts';
import { pageRoutes } from './routes/page.ts';
import { referenceRoutes } from './routes/reference.ts';
import { OBJECTS_PATH, uploadRoutes } from './routes/uploads.ts';
import { resolveUploads } from './upload-address.ts';

/** Largest head of a request in bytes, as in Node's own default. */
const MAX_HEADER_BYTES = 16 * 1024;
/** How long the head of a request may take, in milliseconds. */
const HEADERS_TIMEOUT_MS = 5_000;
/** How often slow connections are looked for, in milliseconds. */
const CONNECTIONS_CHECK_MS = 500;
/**
 * How long nothing may go to or fro, in milliseconds: whoever takes no more of an answer would hold it for ever. Longer than
 * readers of a job's results wait.
 */
const SILENCE_MS = 75_000;
/** How long an idle connection is kept, in milliseconds: longer than the usual 60 s of a load balancer in front. */
const KEEP_ALIVE_MS = 72_000;

/** Paths whose bodies may take longer than the deadline; they have limits of their own. */
const SLOW_PATHS: ReadonlySet<string | undefined> = new Set([JOBS_PATH, OBJECTS_PATH]);

declare module 'fastify' {
  interface FastifyRequest {
    /** This request and its answer; there from the first hook on. */
    exchange: Exchange;
  }
}

/** The numbers that an operator can set. */
export interface AppSettings {
  /** Of a whole request, in milliseconds. */
  readonly deadlineMs: number;
  /** Downloads at a time. */
  readonly downloads: number;
  /** Pictures that may wait for a worker. */
  readonly queue: number;
  /** Inspections that are kept; 0 keeps none. */
  readonly cache: number;
  /** Names that the operator gives to models beside their own; none if left out. */
  readonly modelNames?: Iterable<readonly [string, string]>;
  /** Models whose refusals are errors; none if left out. */
  readonly refusalsAsErrors?: readonly string[];
  /** Origins whose pages may call, as in the header `Origin`; "*" is all of them. */
  readonly corsOrigins: readonly string[];
  /** Proxies whose `X-Forwarded-For` is believed, as addresses and blocks; none if left out. */
  readonly trustedProxies?: readonly string[];
  /** Where clients reach this service for uploads; the host that they called when left out. */
  readonly uploadUrl?: string | undefined;
  /** What decodes and encodes for repairs; native where that loads, if left out. */
  readonly engine?: EngineName | undefined;
}

/** What an app is built from. All of it is the caller's to close. */
export interface AppDeps extends GateDeps {
  readonly store: Pick<Store, 'reserve' | 'keyById'>;
  /** Node's options for the processes that open files to repair; those of this process if left out. */
  readonly readerExecArgv?: readonly string[];
  readonly settings: AppSettings;
  /** Limits that differ from the defaults, as the workers have them. */
  readonly policy?: PolicyOverrides;
  readonly downloader: Downloader;
  readonly pool: InspectPool;
  readonly metrics: Metrics;
  readonly log: Logger;
  readonly lifecycle: Lifecycle;
  /** Examines for requests and for jobs; made from the rest when left out. */
  readonly examiner?: Examiner;
  /** Jobs, and whom to tell of a new one; without them there are no such paths. */
  readonly jobs?: { readonly store: JobStore } & Pick<JobRoutesDeps, 'wake' | 'tidy'>;
  /** Uploads; the service takes none when left out. */
  readonly uploads?: Uploads | undefined;
  /** Who is asked what is not served here; nobody when left out. */
  readonly upstream?: Pick<PassOnDeps, 'relay' | 'settings'> | undefined;
  /** Whether the store can be reached; always, when left out. */
  readonly storeState?: () => StoreState;
}

/** The service as a Fastify app that does not listen. Every answer is JSON and bears its request's id. */
export async function buildApp(deps: AppDeps): Promise<FastifyInstance> {
  const { settings, pool, metrics, log, lifecycle } = deps;
  const connections = new Connections((reason) => metrics.refused(reason));
  const observe = createObserver(log, metrics);
  const paths = new Paths();
  const passOn = deps.upstream && new PassOn({ ...deps, ...deps.upstream });
  const app = Fastify({
    logger: false,
    // Given here, so that Fastify does not load its own ones, which nothing would use.
    schemaController: {
      compilersFactory: {
        // Its type knows JSON Schema only.
        buildValidator: () => validatorCompiler as never,
        buildSerializer: () => () => JSON.stringify,
      },
    },
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    trustProxy: settings.trustedProxies?.length ? [...settings.trustedProxies] : false,
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    // Lists of jobs may take their time; all others are held to the deadline by a hook.
    requestTimeout: Math.max(settings.deadlineMs, UPLOAD_MS),
    keepAliveTimeout: KEEP_ALIVE_MS,
    connectionTimeout: SILENCE_MS,
    // Some clients join the base URL and the path with a slash too many.
    routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true },
    clientErrorHandler: connections.onClientError,
    http: {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: Math.min(HEADERS_TIMEOUT_MS, settings.deadlineMs),
      connectionsCheckingInterval: CONNECTIONS_CHECK_MS,
      // Node would refuse without a body; the first hook does so in JSON.
      requireHostHeader: false,
    },
    frameworkErrors: (_error, request, reply) => {
      begin(request, reply);
      refuse(request, reply);
    },
  });
  connections.attach(app.server);
  limitConnections(app.server, (request, response) => connections.track(request, response));

  const begin = (request: FastifyRequest, reply: FastifyReply) => {
    const parent = propagation.extract(context.active(), request.headers);
    request.exchange = new Exchange(reply.raw, settings.deadlineMs, parent);
    observe(request, reply);
    connections.endUnread(request.raw, reply.raw, settings.deadlineMs);
    connections.endUntaken(reply.raw);
    const isForeign = passOn !== undefined && request.is404;
    if (!isForeign && !SLOW_PATHS.has(request.routeOptions?.url))
      connections.limit(request.raw, settings.deadlineMs);
    reply.header('x-request-id', request.id);
  };

  /** Answers a request that no route takes, before its body is parsed, which could only fail in a less telling way. */
  const refuse = (request: FastifyRequest, reply: FastifyReply) => {
    const url = request.raw.url ?? '';
    const methods = paths.insteadOf(request.method, url);
    if (methods.length > 0) reply.header('allow', methods.join(', '));
    const { error, message } = paths.refusal(request.method, url);
    const send = methods.length > 0 && paths.isOwn(url) ? sendTold : sendError;
    return send(error, request, reply, message);
  };

  app.decorateRequest('exchange');
  app.setErrorHandler(sendError);
  app.setNotFoundHandler(refuse);
  app.addHook('onRoute', ({ url, method }) => paths.add(url, method));
  app.addHook('onRequest', async (request, reply) => {
    begin(request, reply);
    if (!hasOneHost(request.raw)) throw new DetectError('request.malformed');
  });
  app.addHook('onRequest', async (request, reply) => {
    if (request.is404) {
      if (!passOn?.takes(request) || !paths.isForeign(request.raw.url ?? '')) return refuse(request, reply);
      await passOn.send(request, reply);
      return reply;
    }
    if (HEALTH_PATHS.has(request.routeOptions.url ?? '')) return;
    if (lifecycle.draining) throw new DetectError('overload.queue');
    lifecycle.accept(reply.raw);
  });
  if (deps.uploads) app.addHook('onRequest', resolveUploads(deps.uploads));
  app.addHook('preParsing', inflateBody);
  app.addHook('onSend', async (_request, reply, payload) => {
    // The framework appends a charset, which JSON does not have.
    if (String(reply.getHeader('content-type')).startsWith('application/json')) {
      reply.header('content-type', 'application/json');
    }
    if (lifecycle.draining) reply.header('connection', 'close');
    return payload;
  });
  await allowOrigins(app, settings.corsOrigins);

  const examiner = deps.examiner ?? new Examiner({ ...deps, ...settings });
  metrics.watch({ pool, ...examiner });
  const gate = createGate(deps);
  const description = describeRoutes(app, settings.uploadUrl);
  healthRoutes(app, { ...deps, storeState: deps.storeState ?? (() => 'ready') });
  const { modelNames = [], refusalsAsErrors = [] } = settings;
  const models = modelsByName(modelNames);
  detectRoute(app, { ...deps, examiner, models, refusalsAsErrors, passOn });
  inspectRoute(app, gate, examiner);
  fixRoute(app, gate, examiner, new Repairer(examiner, deps));
  if (deps.jobs) {
    const { store: jobs, wake, tidy } = deps.jobs;
    jobRoutes(app, createKeyGate(deps), { ...deps, jobs, wake, tidy });
  }
  uploadRoutes(app, createAccountGate(deps), {
    uploads: deps.uploads,
    store: deps.store,
    passOn,
    models,
    publicUrl: settings.uploadUrl,
    limit: (request, ms) => connections.limit(request, ms),
  });
  referenceRoutes(app, description);
  await pageRoutes(app, { policy: parsePolicy(deps.policy, ADVISORY) });
  await app.ready();
  return app;
}

/** Whether a request names its host as RFC 9112, section 3.2 asks for: never twice, and once in HTTP/1.1. */
function hasOneHost({ rawHeaders, httpVersion }: IncomingMessage): boolean {
  // Names and values in turns. Of several, `headers` has the first only, which a proxy in front may not have gone by.
  const hosts = rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host').length;
  return hosts === 1 || (hosts === 0 && httpVersion !== '1.1');
}
