/** Jobs as a customer sends them. */
import { setTimeout as sleep } from 'node:timers/promises';
import { KEY } from './serving.ts';

/** How long to wait when the key has asked too often, in ms. */
const RATE_MS = 100;

/** An answer, with what there is of a job or an error in it. */
interface Told {
  readonly status: number;
  readonly reason: string | null;
  readonly id: string;
  readonly message?: string;
  readonly state?: string;
}

/** An address that nobody answers at, and so the service tries again later: at port 1 it would be refused as it is written. */
const line = (at: number, length: number) => `http://127.0.0.1:2/${at}/`.padEnd(length - 1, 'x');
/** A list of so many bytes. */
export const listOf = (bytes: number, length = 200) =>
  Array.from({ length: Math.floor(bytes / length) }, (_, at) => `${line(at, length)}\n`).join('');

/** Calls `/v1/jobs` of a service with a key, and keeps to its rate. */
export function clientOf(url: string, secret = KEY) {
  const call = async (path: string, method: string, body?: string): Promise<Told> => {
    const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/x-ndjson' };
    const answer = await fetch(`${url}/v1/jobs${path}`, { method, headers, ...(body && { body }) });
    const told = (await answer.json()) as Pick<Told, 'id' | 'message' | 'state'>;
    const reason = answer.headers.get('x-reason');
    if (reason !== 'key.rate') return { status: answer.status, reason, ...told };
    await sleep(RATE_MS);
    return await call(path, method, body);
  };
  return {
    send: (list: string) => call('', 'POST', list),
    cancel: (id: string) => call(`/${id}`, 'DELETE'),
    find: (id: string) => call(`/${id}`, 'GET'),
    /** All of them, as text, once the job has ended. */
    results: async (id: string) => {
      const headers = { authorization: `Bearer ${secret}` };
      return await (await fetch(`${url}/v1/jobs/${id}/results?wait=50`, { headers })).text();
    },
  };
}
