import type { FastifyInstance } from 'fastify';
import type { StoreState } from '../../store/open.ts';
import type { Lifecycle } from '../lifecycle.ts';
import type { InspectPool } from '../pool.ts';

/** What is answered even while the process is on its way out. */
export const HEALTH_PATHS: ReadonlySet<string> = new Set(['/healthz', '/readyz']);

/** What tells how the service is. */
export interface HealthDeps {
  readonly pool: Pick<InspectPool, 'state'>;
  readonly lifecycle: Lifecycle;
  readonly storeState: () => StoreState;
}

/**
 * `GET /healthz`: the process answers. `GET /readyz`: it can inspect, and wants more work. With a store that is away
 * it is ready as long as known keys are served: were it not, a balancer would be left without any replica.
 */
export function healthRoutes(app: FastifyInstance, { pool, lifecycle, storeState }: HealthDeps): void {
  app.get('/healthz', { schema: { hide: true } }, async () => ({ status: 'ok' }));

  app.get('/readyz', { schema: { hide: true } }, async (_request, reply) => {
    const { wanted, alive } = pool.state;
    const store = storeState();
    const works = alive === 0 ? 'no workers' : store === 'lost' ? 'no store' : 'ready';
    const status = lifecycle.draining ? 'draining' : works;
    return reply.status(status === 'ready' ? 200 : 503).send({ status, workers: { wanted, alive }, store });
  });
}
