import type { StoreState } from '../store/open.ts';
import type { InspectPool } from '../workers/pool.ts';
import type { Lifecycle } from './lifecycle.ts';

/** What tells how a process is. */
export interface HealthDeps {
  readonly pool: Pick<InspectPool, 'state'>;
  readonly lifecycle: Pick<Lifecycle, 'draining'>;
  readonly storeState: () => StoreState;
}

/** What `/readyz` says. */
export interface Readiness {
  readonly status: 'ready' | 'draining' | 'no workers' | 'no store';
  readonly workers: { readonly wanted: number; readonly alive: number };
  readonly store: StoreState;
}

/** What `/healthz` says, for as long as anything is said. */
export const HEALTHY = { status: 'ok' } as const;

/**
 * Whether a process can inspect, and wants work. With a store that is away it is ready as long as known keys are
 * served: were it not, a balancer would be left without any replica.
 */
export function readinessOf({ pool, lifecycle, storeState }: HealthDeps): Readiness {
  const { wanted, alive } = pool.state;
  const store = storeState();
  const works = alive === 0 ? 'no workers' : store === 'lost' ? 'no store' : 'ready';
  return { status: lifecycle.draining ? 'draining' : works, workers: { wanted, alive }, store };
}
