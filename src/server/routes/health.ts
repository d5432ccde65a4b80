import type { FastifyInstance } from 'fastify';
import type { Lifecycle } from '../lifecycle.ts';
import type { InspectPool } from '../pool.ts';

/** What is answered even while the process is on its way out. */
export const HEALTH_PATHS: ReadonlySet<string> = new Set(['/healthz', '/readyz']);

/** `GET /healthz`: the process answers. `GET /readyz`: it can inspect, and wants more work. */
export function healthRoutes(
  app: FastifyInstance,
  pool: Pick<InspectPool, 'state'>,
  lifecycle: Lifecycle,
): void {
  app.get('/healthz', { schema: { hide: true } }, async () => ({ status: 'ok' }));

  app.get('/readyz', { schema: { hide: true } }, async (_request, reply) => {
    const { wanted, alive } = pool.state;
    const status = lifecycle.draining ? 'draining' : alive > 0 ? 'ready' : 'no workers';
    return reply.status(status === 'ready' ? 200 : 503).send({ status, workers: { wanted, alive } });
  });
}
