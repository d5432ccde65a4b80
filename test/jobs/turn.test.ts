/** One turn at a batch: pictures that kill, hosts that are busy. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { DetectError } from '../../src/errors.ts';
import { Hosts } from '../../src/jobs/hosts.ts';
import type { Answer, Batch } from '../../src/jobs/job.ts';
import { type Inspect, ITEMS_PER_LANE, MOST_CLAIMS, takeTurn } from '../../src/jobs/turn.ts';

const reserve = async () => ({ release: () => undefined });

async function turn(claims: number, inspect: Inspect, { hosts = new Hosts(), turnMs = 200 } = {}) {
  const answers: Answer[] = [];
  const items = Array.from({ length: 8 }, (_, i) => ({ no: i + 1, url: `http://a/${i + 1}` }));
  const batch: Batch = {
    id: 'x',
    jobId: 'j',
    keyId: 'k',
    quota: null,
    attempt: 0,
    claims,
    generator: null,
    items,
  };
  const parts = await takeTurn(batch, {
    jobs: { reserve },
    answers: { add: async (answer) => void answers.push(answer) },
    inspect,
    hosts,
    retryDelaysMs: [1_000],
    turnMs,
    signal: new AbortController().signal,
  });
  return { answers, parts };
}

const fail: Inspect = async () => {
  throw new DetectError('image.corrupt');
};

it('answers for the picture that ended its process, again and again, and goes on with the others one by one', async () => {
  let busy = 0;
  let most = 0;
  const { answers, parts } = await turn(MOST_CLAIMS + 1, async (url, by) => {
    most = Math.max(most, ++busy);
    await sleep(1);
    busy--;
    return await fail(url, by);
  });
  expect(answers.map(({ no, result }) => [no, 'error' in result && result.error.code])).toEqual([
    [1, 'inspect.failed'],
    ...[2, 3, 4, 5, 6, 7, 8].map((no) => [no, 'image.corrupt']),
  ]);
  expect([most, parts]).toEqual([1, []]);
});

it('accuses none before that', async () => {
  const { answers } = await turn(MOST_CLAIMS, fail);
  expect(answers.every(({ result }) => 'error' in result && result.error.code === 'image.corrupt')).toBe(
    true,
  );
});

it('puts back what there was no room for among others that failed, and takes that for no attempt', async () => {
  const { answers, parts } = await turn(1, async (url) => {
    const no = Number(url.split('/').at(-1));
    if (no === 2 || no === 8) throw new DetectError('overload.queue');
    throw new DetectError(no === 3 || no === 4 || no === 6 ? 'download.timeout' : 'image.corrupt');
  });
  expect(answers.map(({ no }) => no).sort()).toEqual([1, 5, 7]);
  expect(parts.map(({ first, last, attempt }) => [first, last, attempt])).toEqual([
    [2, 2, 0],
    [3, 6, 1],
    [8, 8, 0],
  ]);
});

it('puts back what waits for a busy host at the end of the turn, and what failed apart from it', async () => {
  const hosts = new Hosts(ITEMS_PER_LANE);
  const held = Promise.all(
    Array.from({ length: 3 }, () => hosts.visit('a', 'k', () => sleep(400), new AbortController().signal)),
  );
  const { answers, parts } = await turn(
    1,
    async () => {
      await sleep(150);
      throw new DetectError('download.timeout');
    },
    { hosts },
  );
  await held;
  expect(answers).toEqual([]);
  // One place was free: two items got to it within the turn.
  expect(parts).toHaveLength(2);
  const [later, again] = parts;
  expect(later).toMatchObject({ first: 1, attempt: 1 });
  expect(again).toMatchObject({ last: 8, attempt: 0, inMs: 0 });
  expect(again!.first).toBe(later!.last + 1);
  // Those who left the line are not let in any more.
  expect(await hosts.visit('a', 'k', async () => 'free', new AbortController().signal)).toBe('free');
});

it('has keys take turns at a host that many wait for', async () => {
  const hosts = new Hosts(1);
  const order: string[] = [];
  const { signal } = new AbortController();
  const visit = (key: string) => hosts.visit('a', key, async () => void order.push(key), signal);
  await Promise.all(['k', 'k', 'k', 'k', 'other', 'other'].map(visit));
  expect(order.join(' ')).toBe('k k other k other k');
});
