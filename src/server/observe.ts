import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Exchange } from './exchange.ts';
import type { Metrics } from './metrics.ts';

/** Tells the log and the metrics of each request, once, when its answer has been handed over or given up. */
export function observe(app: FastifyInstance, log: Logger, metrics: Metrics): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.raw.once('close', () => {
      const { exchange } = request;
      const answered = reply.raw.writableFinished;
      const route = request.is404 ? 'none' : (request.routeOptions.url ?? 'none');
      const status = answered ? reply.statusCode : 0;
      metrics.answered({ route, status, code: exchange.failure?.entry.code ?? '', exchange });
      const level =
        status >= 500 ? 'error' : route.startsWith('/api/') || route.startsWith('/v1/') ? 'info' : 'debug';
      log[level](logLine(request, reply, route, status), answered ? 'answered' : 'hung up');
    });
  });
}

/** What the log keeps of a request: no key, no query string, no body, and of the picture's address only the host. */
function logLine(request: FastifyRequest, reply: FastifyReply, route: string, status: number) {
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
    ms: rounded(exchange, reply.elapsedTime),
    err: exchange.failure && causes(exchange.failure),
  };
}

function rounded({ stages }: Exchange, total: number): Record<string, number> {
  const times = Object.entries({ ...stages, total });
  return Object.fromEntries(times.map(([stage, ms]) => [stage, Math.round(ms * 10) / 10]));
}

/** An error and its causes as one line; stacks only where the fault is ours. */
function causes(error: Error): string {
  const parts: string[] = [];
  for (let at: unknown = error; at instanceof Error && parts.length < 5; at = at.cause)
    parts.push(at.message);
  return parts.join(': ');
}
