/**
 * The service under siege: `npm run build && npm run siege`. An honest customer asks for two pictures a second, first alone and
 * then beside ten minutes of hostile traffic: expensive pictures, slow hosts, huge bodies, floods, flawed files, killed workers, and
 * other processes on the same store. It ends with a table, and with 1 if one of the promises below did not hold.
 *
 * `--seconds 600` is how long the siege lasts, `--quiet 60` the time before it, and `--seed 1` decides what is sent when. With
 * `--shared` the promises that hang on time are looser, for a machine that does other things as well.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { describeMachine, thisMachine, warnIfBusy } from '../machine.ts';
import { ms, spread, table } from '../statistics.ts';
import { raiseArmy } from './army.ts';
import { bookedFor } from './books.ts';
import { type Toll, wage } from './campaign.ts';
import { raise, untilReady } from './fortress.ts';
import { type Answer, askHonestly } from './honest.ts';
import { openHonestHost } from './hosts.ts';
import { KILLS } from './kills.ts';
import { watchMemory } from './memory.ts';
import { Random } from './random.ts';
import { waitsOf } from './waits.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '600' },
    quiet: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    shared: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
});
const SIEGE_MS = Number(values.seconds) * 1_000;
const QUIET_MS = Number(values.quiet) * 1_000;
/**
 * What is allowed: how much slower the honest customer's 95th percentile may get, how much more memory the last third of the
 * siege may take than its first, and which share of the honest requests has to be answered 200. On a machine that others share
 * a worker that hangs can cost an honest request its place, and the third of a short siege is too short to tell a leak.
 */
const { mostRatio, mostGrowth, leastGood } = values.shared
  ? { mostRatio: 10, mostGrowth: 2, leastGood: 0.8 }
  : { mostRatio: 3, mostGrowth: 1.25, leastGood: 1 };
/** Attackers, and the requests a second that each one's key allows: four times what a key has by default. */
const ATTACKERS = 4;
const ATTACKER_QPS = 20;
/** How long the service has to be ready again after the siege, in milliseconds, and to end. */
const RECOVERY_MS = 10_000;
const END_MS = 20_000;
const HONEST = 'honest';

warnIfBusy();
process.stdout.write(`${describeMachine(thisMachine())}; seed ${values.seed}\n\n`);
const army = await raiseArmy();
const portrait = readFileSync(new URL('../../examples/pass.jpg', import.meta.url));
const host = await openHonestHost(portrait);
const fortress = await raise(HONEST);
await untilReady(fortress);
const key = await fortress.makeKey(HONEST);
const keys: string[] = [];
for (let i = 0; i < ATTACKERS; i++) keys.push(await fortress.makeKey(`attacker-${i}`, ATTACKER_QPS));

const honest = { url: fortress.url, key, picture: `${host.url}/portrait.jpg` };
const quiet = await askHonestly(honest, QUIET_MS);

const over = new AbortController();
const servedBefore = await fortress.cpuMs();
const memory = watchMemory(fortress, over.signal);
const seed = Number(values.seed);
army.attack({ url: fortress.url, keys, seed, only: values.only });
const kills = KILLS.filter(({ name }) => values.only === undefined || name.includes(values.only));
const killing = wage(kills, { fortress, random: new Random(seed), signal: over.signal });
const besieged = await askHonestly(honest, SIEGE_MS);
over.abort();
const losses = await army.end();
const tolls = [...losses.tolls, ...(await killing)];
const course = await memory;

const recovered = await Promise.race([untilReady(fortress).then(() => true), sleep(RECOVERY_MS, false)]);
const waits = waitsOf(besieged, fortress.stages);
const served = (await fortress.cpuMs()) - servedBefore;
const booked = await bookedFor(fortress, HONEST);
const end = await fortress.stop();
host.close();

const answered = [...quiet, ...besieged].filter(({ status }) => status === 200).length;
const asked = quiet.length + besieged.length;
const quietHigh = spread(quiet.map((answer) => answer.ms)).high;
const besiegedHigh = spread(besieged.map((answer) => answer.ms)).high;

process.stdout.write(
  `${table(
    ['honest customer', 'requests', 'answered 200', 'other', 'median ms', '95 % ms'],
    [row('alone', quiet), row('under siege', besieged)],
  )}\n${table(['attack', 'planned', 'begun', 'answers'], tolls.map(tollRow))}\n${table(['the honest customer waited, mean ms', 'of the slowest 5 %', 'of all'], waits.map(waitRow))}\n`,
);
process.stdout.write(
  `processor time a second of siege: ${perSecond(served)} ms of the process that answers, ${perSecond(losses.cpuMs)} of the attackers\n\n`,
);

const promises: readonly { readonly text: string; readonly holds: boolean }[] = [
  {
    text: `${answered} of ${asked} honest requests were answered 200; ${100 * leastGood} % wanted`,
    holds: answered >= leastGood * asked,
  },
  {
    text: `95 % under siege is ${(besiegedHigh / quietHigh).toFixed(2)} times that alone; ${mostRatio} allowed`,
    holds: besiegedHigh <= mostRatio * quietHigh,
  },
  {
    text: `memory: ${course.first.toFixed(0)} MB in the first third, ${course.last.toFixed(0)} in the last, ${course.most.toFixed(0)} at most`,
    holds: course.last <= mostGrowth * course.first,
  },
  {
    text: `the books have ${booked} images of the honest customer; ${answered} were answered`,
    holds: booked === answered,
  },
  { text: `ready again within ${RECOVERY_MS / 1000} s`, holds: recovered },
  {
    text: `SIGTERM ended it after ${(end.tookMs / 1000).toFixed(1)} s with code ${end.code}`,
    holds: end.code === 0 && end.tookMs < END_MS,
  },
];
for (const { text, holds } of promises) process.stdout.write(`${holds ? 'holds ' : 'BROKEN'}  ${text}\n`);
process.exit(promises.every(({ holds }) => holds) ? 0 : 1);

function row(name: string, answers: readonly Answer[]): string[] {
  const good = answers.filter(({ status }) => status === 200).length;
  const others: Record<string, number> = {};
  for (const { status } of answers) if (status !== 200) others[status] = (others[status] ?? 0) + 1;
  const { median, high } = spread(answers.map((answer) => answer.ms));
  return [name, String(answers.length), String(good), inWords(others), ms(median), ms(high)];
}

function tollRow({ name, begun, planned, answers }: Toll): string[] {
  return [name, String(planned), String(begun), inWords(answers)];
}

function inWords(counts: Readonly<Record<string, number>>): string {
  return (
    Object.entries(counts)
      .map(([answer, count]) => `${answer}: ${count}`)
      .join(', ') || 'none'
  );
}

function waitRow([stage, slowest, all]: ReturnType<typeof waitsOf>[number]): string[] {
  return [stage, ms(slowest), ms(all)];
}

function perSecond(timeMs: number): string {
  return ((timeMs * 1_000) / SIEGE_MS).toFixed(0);
}
