/** More requests, connections and jobs than anybody needs. */
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Attack, DETECT, detectBody, fire, type Means } from './attack.ts';
import { TRICKS } from './hosts.ts';

const BURST = 60;
const IDLE_SOCKETS = 50;
const IDLE_MS = 5_000;
const JOB_LINES = 2_000;
const JSON_TYPE = { 'content-type': 'application/json' };

/** Pictures' addresses whose servers waste time. */
const slowHosts: Attack = {
  name: 'addresses of slow and lying servers',
  everyMs: 100,
  atOnce: 200,
  run: (means) => {
    const body = detectBody(means.hosts.address(means.random.pick(TRICKS)));
    return fire(means, { path: DETECT, headers: JSON_TYPE, body, key: means.random.pick(means.keys) });
  },
};

/** Requests without a key, or with a wrong one, many at once. */
const keyless: Attack = {
  name: 'bursts without a key',
  everyMs: 1_000,
  atOnce: 2,
  run: (means) =>
    burst(BURST, () => {
      const key = means.random.next() < 0.5 ? `sk-${means.random.below(1e9)}` : undefined;
      return fire(means, { path: DETECT, body: detectBody('http://x/'), ...(key && { key }) });
    }),
};

/** Requests that hang up before their answer. */
const hangUps: Attack = {
  name: 'callers who hang up',
  everyMs: 400,
  atOnce: 10,
  run: (means) => {
    const body = detectBody(means.hosts.address('silent'));
    const shot = { path: DETECT, headers: JSON_TYPE, body, key: means.random.pick(means.keys) };
    return fire(means, { ...shot, hangUpMs: 50 + means.random.below(300) });
  },
};

/** Connections that say little, and slowly. */
const idlers: Attack = {
  name: 'connections that say nothing',
  everyMs: 3_000,
  atOnce: 3,
  run: async ({ url, random, signal }) => {
    const { hostname, port } = new URL(url);
    const sockets = Array.from({ length: IDLE_SOCKETS }, () => {
      const socket = connect(Number(port), hostname);
      socket.on('error', () => undefined);
      const said = `POST ${DETECT} HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999\r\n`;
      socket.write(said.slice(0, random.below(said.length)));
      return socket;
    });
    await sleep(IDLE_MS, undefined, { signal }).catch(() => undefined);
    for (const socket of sockets) socket.destroy();
    return 'hung up';
  },
};

/** Jobs that are begun and cancelled, with a webhook that never answers. */
const jobs: Attack = {
  name: 'jobs, cancelled, with a webhook that hangs',
  everyMs: 2_000,
  atOnce: 2,
  run: async (means) => {
    const { url, hosts, random, signal } = means;
    const headers = { authorization: `Bearer ${random.pick(means.keys)}` };
    const lines = `${hosts.address('short')}\n`.repeat(1 + random.below(JOB_LINES));
    const address = `${url}/v1/jobs`;
    try {
      const query = `?webhook=${encodeURIComponent(hosts.tarpit)}`;
      const made = await fetch(`${address}${query}`, { method: 'POST', headers, body: lines, signal });
      const { id } = (await made.json()) as { id?: string };
      if (id !== undefined && random.next() < 0.8) {
        await (await fetch(`${address}/${id}`, { method: 'DELETE', headers, signal })).arrayBuffer();
      }
      return made.status;
    } catch {
      return signal.aborted ? 'siege over' : 'cut off';
    }
  },
};

export const FLOODS: readonly Attack[] = [slowHosts, keyless, hangUps, idlers, jobs];

/** Several at once; what most of them were answered. */
async function burst(size: number, one: (means?: Means) => Promise<string | number>) {
  const answers = await Promise.all(Array.from({ length: size }, () => one()));
  return answers[0];
}
