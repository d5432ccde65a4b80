/** Requests that are well-formed to some and not to others. */
import { expect, it, onTestFinished, vi } from 'vitest';
import { exchangeRaw } from '../server/raw.ts';
import { startService } from './service.ts';

vi.setConfig({ testTimeout: 90_000 });

it('a request names one host, and a verb that its path takes', async () => {
  const { port, url } = await startService(onTestFinished, { keys: ['somebody'] });
  const ask = async (...lines: string[]) => {
    const [answer] = await exchangeRaw(port, [`${lines.join('\r\n')}\r\nConnection: close\r\n\r\n`]);
    return [answer?.status, answer?.headers.get('x-reason'), answer?.headers.get('allow')];
  };
  for (const path of ['/healthz', '/v1/inspect', '/openapi.json', '/nowhere']) {
    const [get, hosts] = [`GET ${path} HTTP/1.1`, ['Host: a', 'hOST: b']];
    for (const lines of [[get, ...hosts], [get, 'Host: a', 'X-Other: 1', 'Host: a'], [get]])
      expect(await ask(...lines), lines.join()).toEqual([400, 'request.malformed', undefined]);
  }
  expect(await ask('GET /healthz HTTP/1.1', 'Host: a', 'X-Host: b')).toEqual([200, undefined, undefined]);
  expect(await ask('GET /healthz HTTP/1.0')).toEqual([200, undefined, undefined]);

  for (const [path, allow] of [
    ['/v1/jobs', 'POST'],
    ['/v1//jobs/', 'POST'],
    ['/v1/jobs/anything', 'DELETE, GET, HEAD'],
    ['/v1/jobs/anything?a=b', 'DELETE, GET, HEAD'],
    ['/v1/jobs/anything/results', 'GET, HEAD'],
    ['/v1/inspect', 'POST'],
    ['/healthz', 'GET, HEAD'],
  ] as const) {
    const answer = await fetch(url + path, { method: 'PUT' });
    expect(await answer.json(), path).toMatchObject({ message: "Request method 'PUT' is not supported." });
    const told = ['x-reason', 'allow'].map((name) => answer.headers.get(name));
    expect([answer.status, ...told], path).toEqual([400, 'request.method', allow]);
  }
  for (const id of ['%ff', '%', 'a'.repeat(101)]) {
    for (const [path, method] of [
      [`/v1/jobs/${id}`, 'GET'],
      [`/v1/jobs/${id}`, 'HEAD'],
      [`/v1/jobs/${id}`, 'DELETE'],
      [`/v1/jobs/${id}/results`, 'GET'],
    ] as const) {
      const answer = await fetch(url + path, { method });
      const told = ['x-reason', 'allow'].map((name) => answer.headers.get(name));
      expect([answer.status, ...told], `${method} ${path}`).toEqual([404, 'request.path', null]);
    }
    const put = await fetch(`${url}/v1/jobs/${id}`, { method: 'PUT' });
    expect([put.status, put.headers.get('allow')], id).toEqual([400, 'DELETE, GET, HEAD']);
  }
  for (const path of ['/v1/jobs/a/b', '/v1/jobs/a/results/b', '/v1', '/v1/jobsx']) {
    const answer = await fetch(url + path, { method: 'PUT' });
    expect([answer.headers.get('x-reason'), answer.headers.get('allow')], path).toEqual([
      'request.path',
      null,
    ]);
  }
});
