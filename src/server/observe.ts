import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { causesOf } from './causes.ts';
import type { Exchange } from './exchange.ts';
import type { Metrics } from './metrics.ts';

/** Paths whose requests are routine; probes are for those who debug. */
const ROUTINE = /^(?:\/(?:api|v1)\/|upstream$)/;
/** What stands for the route of all that was passed on. */
const UPSTREAM = 'upstream';

/** Sees to it that log and metrics hear of a request, once, when its answer was handed over or given up. */
export type Observe = (request: FastifyRequest, reply: FastifyReply) => void;

/** An observer that writes to this log and counts in these metrics. */
export function createObserver(log: Logger, metrics: Metrics): Observe {
  return (request, reply) => {
    reply.raw.once('close', () => {
      const { exchange } = request;
      const answered = reply.raw.writableFinished;
      const route = exchange.isPassedOn ? UPSTREAM : (!request.is404 && request.routeOptions?.url) || 'none';
      const status = answered ? reply.raw.statusCode : 0;
      metrics.answered({ route, status, code: exchange.failure?.entry.code ?? '', exchange });
      // What the upstream answered is its own affair; what kept us from its answer is ours.
      const isFault = status >= 500 && (route !== UPSTREAM || exchange.failure !== undefined);
      const level = isFault ? 'error' : ROUTINE.test(route) ? 'info' : 'debug';
      log[level](logLine(request, route, status), answered ? 'answered' : 'hung up');
    });
  };
}

/** What the log keeps of a request: no key, no query string, no body, and of the picture's address only the host. */
function logLine(request: FastifyRequest, route: string, status: number) {
  const { exchange } = request;
  return {
    request_id: request.id,
    method: request.method,
    route,
    status,
    reason: exchange.reason,
    key: exchange.key?.name,
    image_host: exchange.imageHost,
    image_bytes: exchange.imageBytes,
    ms: rounded(exchange),
    err: exchange.failure && causesOf(exchange.failure),
  };
}

function rounded({ stages, elapsed }: Exchange): Record<string, number> {
  const times = Object.entries({ ...stages, total: elapsed });
  return Object.fromEntries(times.map(([stage, ms]) => [stage, Math.round(ms * 10) / 10]));
}
