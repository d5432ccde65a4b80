/** What is logged of errors: what lies behind the catalogue's sentences. */
import { createConnection } from 'node:net';
import { expect, it } from 'vitest';
import { DetectError, relayed } from '../../src/errors.ts';
import { causesOf } from '../../src/server/causes.ts';

it('tells an error and its causes, and of an endless chain its beginning', () => {
  const refused = new DetectError('store.unavailable', relayed('No database.'), {
    cause: new Error('deadlock detected'),
  });
  expect(causesOf(refused)).toBe('No database.: deadlock detected');
  const endless = new Error('round');
  endless.cause = endless;
  expect(causesOf(endless)).toBe('round: round: round: round: round');
  expect(causesOf('a word')).toBe('a word');
});

it('names what an error without a message is', async () => {
  const failure = await new Promise((resolve) => {
    const addresses = [1, 2].map((last) => ({ address: `127.0.0.${last}`, family: 4 }));
    // Port 1 of loopback: nobody listens there.
    createConnection({
      host: 'anywhere',
      port: 1,
      autoSelectFamily: true,
      lookup: (_, __, answer) => answer(null, addresses),
    }).on('error', resolve);
  });
  expect(failure).toMatchObject({ message: '' });
  expect(causesOf(failure)).toBe('ECONNREFUSED');
});
