/** The port for operators: its three paths, what they say in each state, and that nothing else is served. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { Lifecycle } from '../../src/server/lifecycle.ts';
import { Metrics } from '../../src/server/metrics.ts';
import { createOperatorServer } from '../../src/server/operator-server.ts';
import type { StoreState } from '../../src/store/open.ts';

async function listen() {
  const now = { alive: 2, store: 'ready' as StoreState };
  const lifecycle = new Lifecycle();
  const metrics = new Metrics();
  const server = createOperatorServer({
    pool: {
      get state() {
        return { wanted: 2, alive: now.alive, busy: 0, stuck: 0 };
      },
    },
    lifecycle,
    metrics,
    storeState: () => now.store,
  }).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const call = (path: string, method = 'GET') => fetch(`http://127.0.0.1:${port}${path}`, { method });
  return { now, lifecycle, metrics, call };
}

it('tells whether the process lives and wants work', async () => {
  const { now, lifecycle, call } = await listen();
  const readiness = async () => {
    const answer = await call('/readyz');
    expect(answer.headers.get('content-type')).toBe('application/json');
    return [answer.status, await answer.json()];
  };
  const workers = { wanted: 2, alive: 2 };
  expect(await readiness()).toEqual([200, { status: 'ready', workers, store: 'ready' }]);
  now.store = 'away';
  expect(await readiness()).toEqual([200, { status: 'ready', workers, store: 'away' }]);
  now.store = 'lost';
  expect(await readiness()).toEqual([503, { status: 'no store', workers, store: 'lost' }]);
  now.alive = 0;
  expect((await readiness())[1]).toMatchObject({ status: 'no workers' });
  await lifecycle.drain(0);
  expect((await readiness())[1]).toMatchObject({ status: 'draining' });
  const alive = await call('/healthz');
  expect([alive.status, await alive.json()]).toEqual([200, { status: 'ok' }]);
});

it('shows the metrics, in the type that Prometheus asks for', async () => {
  const { metrics, call } = await listen();
  const answer = await call('/metrics?from=anywhere');
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe(metrics.registry.contentType);
  expect(await answer.text()).toContain('lpd_workers_lost_total 0');
});

it.each(['/', '/v1/inspect', '/metrics/', '/../healthz/x', '/__proto__', '/toString'])(
  'has no %s',
  async (path) => {
    const { call } = await listen();
    const answer = await call(path);
    expect([answer.status, await answer.text()]).toEqual([404, '']);
  },
);

it('is only ever read', async () => {
  const { call } = await listen();
  expect((await call('/metrics', 'POST')).status).toBe(405);
  const head = await call('/healthz', 'HEAD');
  expect([head.status, await head.text()]).toEqual([200, '']);
});

it('answers 500 when the metrics cannot be read', async () => {
  const { metrics, call } = await listen();
  metrics.watchStore({
    state: () => {
      throw new Error('nobody knows');
    },
    awayMs: () => 0,
    spooled: async () => 0,
  });
  expect((await call('/metrics')).status).toBe(500);
  expect((await call('/healthz')).status).toBe(200);
});
