import { expect, it } from 'vitest';
import { troubleLog } from '../../src/server/trouble.ts';

it('tells of trouble that goes on once a minute, and at once of what is new, or comes again', () => {
  let now = 0;
  const lines: unknown[] = [];
  const tell = troubleLog({ warn: (...line: unknown[]) => lines.push(line) }, () => now);
  const gone = new Error('gone');
  for (; now <= 60_000; now += 1_000) tell('jobs had to wait', gone);
  tell('jobs had to wait', new Error('full'));
  tell('the database is away', gone);
  now += 20_000;
  tell('the database is away', gone);
  expect(lines).toEqual([
    [{ err: 'gone' }, 'jobs had to wait'],
    [{ err: 'gone', again: 59 }, 'jobs had to wait'],
    [{ err: 'full' }, 'jobs had to wait'],
    [{ err: 'gone' }, 'the database is away'],
    [{ err: 'gone' }, 'the database is away'],
  ]);
});

it('remembers no more than some lines', () => {
  let lines = 0;
  const tell = troubleLog({ warn: () => void lines++ }, () => 0);
  for (let at = 0; at < 1_000; at++) tell('jobs had to wait', new Error(String(at)));
  tell('jobs had to wait', new Error('0'));
  expect(lines).toBe(1_001);
});
