/** Where the upstream may be: the guard's rules, TLS, and what the operator opened. */
import { createServer as createTls } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { generate } from 'selfsigned';
import { expect, it, onTestFinished } from 'vitest';
import { DetectError } from '../../src/errors.ts';
import { causesOf } from '../../src/server/causes.ts';
import { Relay, type RelayOptions } from '../../src/upstream/relay.ts';
import { startDead, startUpstream } from '../outside/upstream-server.ts';

/** Asks for `/api/v1/tasks/1`, and tells the answer's body, or the error and what the log has of it. */
async function ask(url: string, options: Partial<RelayOptions> = {}): Promise<string> {
  const relay = await Relay.open({ url: new URL(url), allow: '', connections: 1, waitMs: 5_000, ...options });
  onTestFinished(() => relay.close());
  const call = { method: 'GET', target: '/api/v1/tasks/1', headers: [], length: undefined, body: null };
  try {
    return await text((await relay.ask({ ...call, signal: new AbortController().signal })).body);
  } catch (error) {
    if (!(error instanceof DetectError)) throw error;
    return `${error.code}: ${causesOf(error.cause)}`;
  }
}

it('an address in digits is opened by being named, a name only by LPD_UPSTREAM_ALLOW', async () => {
  const { url, asked } = await startUpstream(onTestFinished);
  const byName = url.replace('127.0.0.1', 'localhost');
  expect(await ask(url)).toContain('upstream');
  expect(await ask(byName)).toMatch(
    /upstream\.unreachable.*private name.*LPD_UPSTREAM_ALLOW=localhost opens it/,
  );
  expect(asked.length).toBe(1);
  expect(await ask(byName, { allow: 'localhost' })).toContain('upstream');
  expect(await ask(`${url}/prefix/`)).toContain('upstream');
  expect(asked.map(({ url: path }) => path)).toEqual([
    '/api/v1/tasks/1',
    '/api/v1/tasks/1',
    '/prefix/api/v1/tasks/1',
  ]);
});

it('it is not this service itself, nor one that hangs up', async () => {
  const { url, asked } = await startUpstream(onTestFinished);
  const self = { ports: () => [Number(new URL(url).port)] };
  expect(await ask(url, { self })).toMatch(/upstream\.unreachable.*this service itself/);
  expect(asked).toEqual([]);
  expect(await ask(await startDead(onTestFinished))).toMatch(/^upstream\.broken/);
  expect(await ask('http://127.0.0.1:9')).toMatch(/^upstream\.unreachable.*(?:ECONNREFUSED|port refused)/);
});

it('a certificate that nobody vouches for ends it', async () => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }]);
  const server = createTls({ key, cert }, (_request, response) => response.end('reached'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect(await ask(url)).toMatch(/^upstream\.unreachable.*(?:self[- ]signed|certificate)/i);
});
