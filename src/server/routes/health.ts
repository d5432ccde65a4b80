import type { FastifyInstance } from 'fastify';
import type { InspectPool } from '../pool.ts';

/** `GET /healthz`: the process answers. `GET /readyz`: it can inspect, and wants more work. */
export function healthRoutes(
  app: FastifyInstance,
  pool: Pick<InspectPool, 'state'>,
  draining: () => boolean,
): void {
  app.get('/healthz', { schema: { hide: true } }, async () => ({ status: 'ok' }));

  app.get('/readyz', { schema: { hide: true } }, async (_request, reply) => {
    const { wanted, alive } = pool.state;
    const status = draining() ? 'draining' : alive > 0 ? 'ready' : 'no workers';
    return reply.status(status === 'ready' ? 200 : 503).send({ status, workers: { wanted, alive } });
  });
}
