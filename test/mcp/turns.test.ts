import { expect, it } from 'vitest';
import { Turns } from '../../src/mcp/turns.ts';

it('a call that was cancelled before it could wait takes no place among those that wait', async () => {
  const turns = new Turns(1, 1);
  const { signal } = new AbortController();
  let end = () => {};
  const held = new Promise<void>((resolve) => {
    end = resolve;
  });
  const working = turns.take(() => held, signal);
  const gone = turns.take(async () => 'done', AbortSignal.abort());
  await expect(gone).rejects.toMatchObject({ code: 'inspect.aborted' });
  const next = turns.take(async () => 'done', signal);
  end();
  expect(await next).toBe('done');
  await working;
});
