/** Bodies that cost more to read than to send. */
import { type Attack, DETECT, detectBody, fire } from './attack.ts';

const BLANKS = 50_000;
const MEGABYTE = 1024 * 1024;
const MANY = 1_000_000;

/** A body and where it goes. */
interface Worst {
  readonly path: string;
  readonly make: () => string;
}

/** The worst body that was found for each way of reading one. */
const WORST: readonly Worst[] = [
  { path: DETECT, make: () => detectBody(`http://${' '.repeat(BLANKS)}x`) },
  { path: DETECT, make: () => `{"model":${'['.repeat(MEGABYTE / 2)}` },
  { path: DETECT, make: () => `{${manyMembers(60_000)}}` },
  { path: '/v1/inspect', make: () => JSON.stringify({ data: `${'A'.repeat(13 * MEGABYTE)}!` }) },
  { path: '/v1/inspect', make: () => JSON.stringify({ data: `${'\\n'.repeat(6 * MEGABYTE)}` }) },
  {
    path: '/v1/inspect',
    make: () => JSON.stringify({ url: 'http://x/', policy: { enforce: Array(MANY).fill('x') } }),
  },
  { path: '/v1/inspect', make: () => `{"url":"http://x/",${manyMembers(MANY)}}` },
  { path: '/v1/inspect', make: () => `{"policy":${'{"a":'.repeat(2 * MEGABYTE)}` },
  { path: '/v1/jobs', make: () => JSON.stringify({ urls: Array(80_000).fill('http://x/') }) },
  { path: '/v1/fix', make: () => ' '.repeat(13 * MEGABYTE) },
];

function manyMembers(count: number): string {
  return Array.from({ length: count }, (_, i) => `"k${i}":0`).join(',');
}

/** Made once: what is measured is the service, and not the making of bodies. */
let made: readonly { readonly path: string; readonly body: string }[] | undefined;

export const hugeBodies: Attack = {
  name: 'bodies that are dear to read',
  everyMs: 500,
  atOnce: 4,
  run: (means) => {
    made ??= WORST.map(({ path, make }) => ({ path, body: make() }));
    const headers = { 'content-type': 'application/json' };
    const { path, body } = means.random.pick(made);
    return fire(means, { path, body, headers, key: means.random.pick(means.keys) });
  },
};
