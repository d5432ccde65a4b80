/**
 * The attackers' side, a process of its own: hostile hosts, expensive files, and all that is sent. It works at low priority, since
 * real attackers have machines of their own and this one has two cores: what they compute to make and send their traffic is
 * not to be taken from the service, nor from the honest customer, whose times are measured. What the service has to
 * compute for them is its own affair, at its own priority. Whether they came to send what was planned, the table tells.
 */
import { setPriority } from 'node:os';
import type { Orders, Report } from './army.ts';
import type { Attack } from './attack.ts';
import { hugeBodies } from './bodies.ts';
import { wage } from './campaign.ts';
import { badFiles, bombs, fixBombs, makeBombs } from './files.ts';
import { FLOODS } from './floods.ts';
import { openHostileHosts } from './hosts.ts';
import { Random } from './random.ts';

/** Low enough to make way, and high enough to send over nine tenths of what is planned. */
const NICE = 10;

setPriority(NICE);
const files = await makeBombs();
const hosts = await openHostileHosts();
const over = new AbortController();

process.on('message', async (message: Orders) => {
  if ('end' in message) return over.abort();
  const { url, keys, seed, only } = message;
  const all: readonly Attack[] = [...FLOODS, hugeBodies, bombs(files), fixBombs(files), badFiles()];
  const attacks = all.filter(({ name }) => only === undefined || name.includes(only));
  const random = new Random(seed);
  const tolls = await wage(attacks, { url, hosts, random, keys, signal: over.signal });
  hosts.close();
  const { user, system } = process.cpuUsage();
  tell({ tolls, cpuMs: (user + system) / 1_000 });
  process.disconnect();
});
tell({ ready: true });

function tell(report: Report): void {
  process.send?.(report);
}
