import type { FastifyInstance } from 'fastify';
import { HEALTHY, type HealthDeps, readinessOf } from '../readiness.ts';

/** What is answered even while the process is on its way out. */
export const HEALTH_PATHS: ReadonlySet<string> = new Set(['/healthz', '/readyz']);

/** `GET /healthz`: the process answers. `GET /readyz`: it can inspect, and wants more work. */
export function healthRoutes(app: FastifyInstance, deps: HealthDeps): void {
  app.get('/healthz', { schema: { hide: true } }, async () => HEALTHY);

  app.get('/readyz', { schema: { hide: true } }, async (_request, reply) => {
    const readiness = readinessOf(deps);
    return reply.status(readiness.status === 'ready' ? 200 : 503).send(readiness);
  });
}
