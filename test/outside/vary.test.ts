/** What caches between a browser and the page are told. */
import { expect, it, onTestFinished, vi } from 'vitest';
import { startService } from './service.ts';

vi.setConfig({ testTimeout: 90_000 });

it.each([
  ['without origins', [], 'accept-encoding'],
  ['with origins', ['--cors-origins', 'https://app.example'], 'Origin, accept-encoding'],
])('the page and its parts go by the coding, %s', async (_name, args, vary) => {
  const { url } = await startService(onTestFinished, { keys: [], args });
  const html = await (await fetch(url)).text();
  const script = /src="\.(\/assets\/[^"]+\.js)"/.exec(html)?.[1];
  for (const path of ['/', script]) {
    for (const [coding, told] of [
      ['br', 'br'],
      ['gzip', 'gzip'],
      ['identity', null],
    ] as const) {
      const { status, headers } = await fetch(url + path, { headers: { 'accept-encoding': coding } });
      expect([status, headers.get('content-encoding'), headers.get('vary')], path).toEqual([200, told, vary]);
    }
  }
});
