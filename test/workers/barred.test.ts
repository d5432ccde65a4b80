import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import { BarredPictures } from '../../src/workers/barred.ts';

it('bars the same bytes for ten minutes, and no others', async () => {
  let now = 1_000;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => now);
  onTestFinished(() => clock.mockRestore());
  const barred = new BarredPictures();
  const bytes = new Uint8Array(100).fill(7);
  for (let time = 0; time < 3; time++) {
    barred.check(bytes);
    barred.add(bytes);
    const again = () => barred.check(Uint8Array.from(bytes));
    expect(again).toThrow(expect.objectContaining({ code: 'inspect.barred' }));
    barred.check(new Uint8Array(100));
    barred.check(new Uint8Array(99).fill(7));
    now += 11 * 60_000;
    // It asks for the time once in a millisecond.
    await sleep(10);
  }
  barred.check(bytes);
});
