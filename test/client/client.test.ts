/** The typed client as it was built, and services that answer wrongly, too late, or far too much. */
import { createServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import type * as Library from '../../src/client/index.ts';
import {
  type Asked,
  cuts,
  INSPECTION,
  JOB,
  json,
  lines,
  PASSES,
  type Reply,
  refusal,
  serveWrong,
  silent,
  type WrongServer,
} from './wrong-server.ts';

const { createClient, ServiceError }: typeof Library = await import(
  new URL('../../dist/client/index.js', import.meta.url).href
);

const ADDRESS = 'https://pictures.example/a.jpg';
const FILE = new Uint8Array([0xff, 0xd8, 0xff]);
const MIB = 1024 * 1024;
const LONG_MS = 60_000;

const clientOf = ({ url }: Pick<WrongServer, 'url'>, options: Partial<Library.ClientOptions> = {}) =>
  createClient({ baseUrl: url, apiKey: 'sk-secret', ...options });
const failureOf = (work: Promise<unknown>): Promise<Library.ServiceError> =>
  work.then(
    () => expect.fail('It should have failed.'),
    (error) => {
      expect(error).toBeInstanceOf(ServiceError);
      return error;
    },
  );
const methods = (asked: readonly Asked[]) => asked.map(({ method }) => method);
const line = (cursor: number) => `${JSON.stringify({ cursor, item: cursor, url: ADDRESS, pass: true })}\n`;
async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe('tries again', () => {
  it.each([429, 503])('after %i, until it is answered', async (status) => {
    const wrong = await serveWrong(
      refusal(status, 'overload.queue'),
      (response) => response.writeHead(status).end('<h1>Busy</h1>'),
      PASSES,
    );
    expect(await clientOf(wrong).detect(ADDRESS)).toMatchObject({ pass: true, message: '', reason: null });
    expect(wrong.asked).toHaveLength(3);
    expect(new Set(wrong.asked.map(({ body }) => body)).size).toBe(1);
  });

  it('after a connection that broke, with the whole picture', async () => {
    const wrong = await serveWrong(cuts, json(200, INSPECTION));
    expect((await clientOf(wrong).inspect(FILE)).inspection.pass).toBe(false);
    expect(wrong.asked.map(({ body }) => body.length)).toEqual([3, 3]);
  });

  it('as often as it was told to, and tells what happened last', async () => {
    const wrong = await serveWrong(refusal(429, 'key.rate'));
    const error = await failureOf(clientOf(wrong).detect(ADDRESS, { busyRetries: 2 }));
    expect(error).toMatchObject({ code: 'key.rate', status: 429, retryable: true, requestId: 'some-id' });
    expect(wrong.asked).toHaveLength(3);
    const away = await serveWrong(cuts);
    const lost = await failureOf(clientOf(away, { retries: 1 }).detect(ADDRESS));
    expect(lost).toMatchObject({ code: 'service.unreachable', status: null, retryable: true });
    expect(away.asked).toHaveLength(2);
  });

  it('seldom where it fails, and oftener where it is busy', async () => {
    const fails = await serveWrong(refusal(500, 'internal'));
    const busy = await serveWrong(refusal(429, 'key.rate'));
    const few = { retries: 1, busyRetries: 3 };
    await Promise.all([fails, busy].map((wrong) => failureOf(clientOf(wrong, few).detect(ADDRESS))));
    expect([fails.asked.length, busy.asked.length]).toEqual([2, 4]);
  });

  it('in the language that is wanted', async () => {
    const wrong = await serveWrong(PASSES);
    await clientOf(wrong, { language: 'zh-CN' }).detect(ADDRESS);
    expect(wrong.asked[0]?.headers['accept-language']).toBe('zh-CN');
  });

  it('no sooner than the service asks, in seconds or by a date', async () => {
    const inSeconds = await serveWrong(refusal(503, 'internal', { 'retry-after': '1' }), PASSES);
    const begun = performance.now();
    await clientOf(inSeconds).detect(ADDRESS);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(1_000);
    const at = Date.now() + 2_000;
    const byDate = await serveWrong(
      refusal(503, 'internal', { 'retry-after': new Date(at).toUTCString() }),
      PASSES,
    );
    await clientOf(byDate).detect(ADDRESS);
    // A date has whole seconds.
    expect(Date.now()).toBeGreaterThanOrEqual(Math.floor(at / 1_000) * 1_000);
  });

  it('not where it would have to wait beyond its deadline, or for longer than anybody waits', async () => {
    for (const [seconds, options] of [
      ['50', { deadlineMs: 20_000 }],
      ['86400', { deadlineMs: Number.POSITIVE_INFINITY }],
    ] as const) {
      const wrong = await serveWrong(refusal(429, 'key.rate', { 'retry-after': seconds }));
      const error = await failureOf(clientOf(wrong).detect(ADDRESS, options));
      expect(error).toMatchObject({ code: 'key.rate', retryAfterMs: Number(seconds) * 1_000 });
      expect(wrong.asked).toHaveLength(1);
    }
  });

  it.each([
    [400, 'image.corrupt'],
    [401, 'key.invalid'],
    [403, 'key.quota'],
    [500, 'inspect.barred'],
  ] as const)('not after %i %s', async (status, reason) => {
    const wrong = await serveWrong(refusal(status, reason));
    const error = await failureOf(clientOf(wrong).inspect(FILE));
    expect(error).toMatchObject({ code: reason, status, retryable: false, contractCode: 'SomeCode' });
    expect(wrong.asked).toHaveLength(1);
  });
});

describe('never sends twice what is not the same when it is done twice', () => {
  const submit = ({ jobs }: Library.Client) => jobs.submit([ADDRESS]);
  it.each<[string, Reply]>([
    ['a broken connection', cuts],
    ['500', refusal(500, 'internal')],
    ['503, which a proxy may say of what was done', refusal(503, 'internal')],
  ])('a job, after %s', async (_name, reply) => {
    const wrong = await serveWrong(reply);
    await failureOf(submit(clientOf(wrong)));
    expect(wrong.asked).toHaveLength(1);
  });

  it('a job is sent again after 429, by which it has not begun', async () => {
    const wrong = await serveWrong(refusal(429, 'job.too_many'), json(202, JOB));
    expect(await submit(clientOf(wrong))).toMatchObject({ id: 'a-job' });
    expect(wrong.asked.map(({ body }) => body)).toEqual(Array(2).fill(`{"url":"${ADDRESS}"}\n`));
  });

  it('nor a list that came from a stream, even then', async () => {
    const wrong = await serveWrong(refusal(429, 'job.too_many'));
    async function* list() {
      yield ADDRESS;
    }
    expect((await failureOf(clientOf(wrong).jobs.submit(list()))).code).toBe('job.too_many');
    expect(wrong.asked).toHaveLength(1);
  });

  it('the end of a job: a second one would forget it', async () => {
    const wrong = await serveWrong(json(200, JOB), cuts);
    expect((await failureOf(clientOf(wrong).jobs.cancel('a-job'))).code).toBe('service.unreachable');
    expect(methods(wrong.asked)).toEqual(['GET', 'DELETE']);
    const done = await serveWrong(json(200, { ...JOB, state: 'done' }));
    expect(await clientOf(done).jobs.cancel('a-job')).toMatchObject({ state: 'done' });
    expect(methods(done.asked)).toEqual(['GET']);
  });

  it.each(['..', 'a/b', '', 'a?b', '%2e%2e'])('nothing for "%s", which is no job', async (id) => {
    const wrong = await serveWrong(json(200, JOB));
    const { jobs } = clientOf(wrong);
    for (const work of [jobs.find(id), jobs.cancel(id), all(jobs.results(id))]) {
      expect((await failureOf(work)).code).toBe('job.unknown');
    }
    expect(wrong.asked).toEqual([]);
  });
});

describe('ends', () => {
  it('a try that is not answered, and says how often it was tried by what was asked', async () => {
    const wrong = await serveWrong(silent);
    const error = await failureOf(clientOf(wrong).detect(ADDRESS, { timeoutMs: 150, retries: 1 }));
    expect(error).toMatchObject({ code: 'service.timeout', message: expect.stringContaining('150 ms') });
    expect(wrong.asked).toHaveLength(2);
    await wrong.cut;
  });

  it('an answer that stands still in its middle', async () => {
    const wrong = await serveWrong((response) => void response.writeHead(200).write('{"output":'));
    const error = await failureOf(clientOf(wrong).detect(ADDRESS, { timeoutMs: 150, retries: 0 }));
    expect(error.code).toBe('service.timeout');
    await wrong.cut;
  });

  it('the whole call at its deadline, pauses and uploads included', async () => {
    const wrong = await serveWrong(refusal(429, 'key.rate'), silent);
    const error = await failureOf(clientOf(wrong).detect(FILE, { deadlineMs: 900, busyRetries: 100 }));
    expect(error).toMatchObject({ code: 'service.timeout', message: expect.stringContaining('900 ms') });
    await wrong.cut;
  });

  it('where its signal is aborted: before, meanwhile, and in a pause', async () => {
    const wrong = await serveWrong(silent);
    const why = new Error('enough');
    const early = await failureOf(clientOf(wrong).detect(ADDRESS, { signal: AbortSignal.abort(why) }));
    expect([early.code, early.cause, wrong.asked.length]).toEqual(['inspect.aborted', why, 0]);
    const controller = new AbortController();
    const work = failureOf(clientOf(wrong).detect(ADDRESS, { signal: controller.signal }));
    await expect.poll(() => wrong.asked.length).toBe(1);
    controller.abort(why);
    expect(await work).toMatchObject({ code: 'inspect.aborted', cause: why, retryable: false });
    await wrong.cut;
    const busy = await serveWrong(refusal(429, 'key.rate', { 'retry-after': '60' }));
    const pausing = new AbortController();
    const waiting = failureOf(clientOf(busy, { signal: pausing.signal }).detect(ADDRESS));
    await expect.poll(() => busy.asked.length).toBe(1);
    pausing.abort(why);
    expect((await waiting).code).toBe('inspect.aborted');
  });

  it('lets go of a signal that outlives it', async () => {
    const wrong = await serveWrong(PASSES);
    const { signal } = new AbortController();
    let listening = 0;
    const { addEventListener: add, removeEventListener: remove } = signal;
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      listening++;
      add.apply(signal, args);
    };
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      listening--;
      remove.apply(signal, args);
    };
    await clientOf(wrong).detect(ADDRESS, { signal });
    expect(listening).toBe(0);
  });
});

describe('reads no more than it needs, and believes nothing', () => {
  it.each<[string, Reply]>([
    ['a page', (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Log in</h1>')],
    ['nothing', (response) => response.writeHead(200).end()],
    ['other JSON', json(200, { hello: 'world' })],
    ['a verdict that is none', json(200, { output: { pass: 'yes' } })],
    ['a list', json(200, [1, 2, 3])],
  ])('%s in place of an answer is told at once', async (_name, reply) => {
    const wrong = await serveWrong(reply);
    const error = await failureOf(clientOf(wrong).detect(ADDRESS));
    expect(error).toMatchObject({ code: 'service.answer', status: 200, retryable: false });
    expect(wrong.asked).toHaveLength(1);
  });

  it.each<[string, (client: Library.Client) => Promise<unknown>]>([
    ['a verdict', ({ detect }) => detect(ADDRESS)],
    ['an inspection', ({ inspect }) => inspect(ADDRESS)],
    ['a job', ({ jobs }) => jobs.find('a-job')],
    ['results', ({ jobs }) => all(jobs.follow('a-job'))],
  ])('%s without an end is given up', async (_name, ask) => {
    let sent = 0;
    const wrong = await serveWrong((response) => {
      response.writeHead(200);
      const piece = Buffer.alloc(MIB / 4, 'a');
      const more = () => {
        while (!response.destroyed) {
          sent += piece.length;
          if (!response.write(piece)) return void response.once('drain', more);
        }
      };
      more();
    });
    expect((await failureOf(ask(clientOf(wrong)))).code).toBe('service.answer');
    await wrong.cut;
    // What it reads at most, and what the sockets hold.
    expect(sent).toBeLessThan(64 * MIB);
  });

  it('an error that unpacks to 64 MiB is still the error of its status', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * MIB));
    const wrong = await serveWrong((response) => {
      response.writeHead(403, { 'content-encoding': 'gzip', 'x-reason': 'key.quota' }).end(bomb);
    });
    expect(await failureOf(clientOf(wrong).detect(ADDRESS))).toMatchObject({
      status: 403,
      code: 'key.quota',
    });
  });

  it('follows no redirect: the key goes nowhere else', async () => {
    const other = await serveWrong(PASSES);
    const wrong = await serveWrong((response) => {
      response.writeHead(307, { location: `${other.url}/elsewhere` }).end();
    });
    expect(await failureOf(clientOf(wrong).detect(ADDRESS))).toMatchObject({
      code: 'service.answer',
      message: expect.stringContaining('redirect'),
    });
    expect(other.asked).toEqual([]);
  });

  it('knows the vendor’s own words, which come without a token; and passes on what it does not know', async () => {
    const format = {
      code: 'InvalidParameter.UnsupportedFileFormat',
      message: 'Input files format not supported.',
    };
    const vendor = await serveWrong(json(400, { ...format, request_id: 'theirs' }));
    expect(await failureOf(clientOf(vendor).detect(ADDRESS))).toMatchObject({
      code: 'download.not_image',
      contractCode: format.code,
      requestId: 'theirs',
    });
    const newer = await serveWrong(refusal(422, 'something.new'));
    expect(await failureOf(clientOf(newer).detect(ADDRESS))).toMatchObject({
      code: 'service.refused',
      contractCode: 'SomeCode',
      message: 'Some sentence.',
    });
  });
});

describe('uploads', () => {
  const grant = (host: string) =>
    json(200, {
      data: {
        policy: 'p',
        signature: 's',
        upload_dir: 'folder',
        upload_host: host,
        oss_access_key_id: 'k',
        x_oss_object_acl: 'private',
        x_oss_forbid_overwrite: 'true',
      },
    });

  it('without the key, and takes "it is there" for a success: an earlier try has put it there', async () => {
    const host = await serveWrong(cuts, refusal(409, 'upload.exists'));
    const wrong = await serveWrong(grant(`${host.url}/objects`), PASSES);
    expect((await clientOf(wrong).detect(FILE)).pass).toBe(true);
    expect(host.asked.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined]);
    expect(wrong.asked.map(({ headers }) => headers.authorization)).toEqual(
      Array(2).fill('Bearer sk-secret'),
    );
    expect(wrong.asked[1]).toMatchObject({
      body: expect.stringContaining('"image_url":"oss://folder/picture"'),
      headers: { 'x-dashscope-ossresourceresolve': 'enable' },
    });
  });

  it('nothing to where no TLS is, if the service is called by TLS, nor to what is no address', async () => {
    for (const host of ['http://pictures.example/', 'file:///etc/passwd', 'nowhere']) {
      const asked: string[] = [];
      const wrong = await serveWrong(grant(host));
      const client = createClient({
        baseUrl: 'https://service.example',
        fetch: (address, init) => {
          asked.push(String(address));
          return fetch(String(address).replace('https://service.example', wrong.url), init);
        },
      });
      expect((await failureOf(client.detect(FILE))).code).toBe('service.answer');
      expect(asked).toHaveLength(1);
    }
  });

  it('no file that the service would refuse', async () => {
    const wrong = await serveWrong(silent);
    for (const name of ['detect', 'inspect'] as const) {
      const error = await failureOf(clientOf(wrong)[name](new Blob([new Uint8Array(10 * MIB)])));
      expect(error).toMatchObject({ code: 'image.bytes', message: expect.stringContaining('10485760') });
    }
    expect((await failureOf(clientOf(wrong).fix(new Uint8Array(14 * MIB)))).code).toBe('body.too_large');
    expect(wrong.asked).toEqual([]);
  });

  it('nothing that is no picture', async () => {
    const wrong = await serveWrong(PASSES);
    for (const given of [undefined, null, 7, [0xff, 0xd8], {}]) {
      const error = await failureOf(clientOf(wrong).inspect(given as unknown as Library.Picture));
      expect(error).toMatchObject({ code: 'image.unsupported', message: expect.stringContaining('Blob') });
    }
    expect(wrong.asked).toEqual([]);
  });
});

describe('follows a job', () => {
  it('behind the last whole line, however often the connection breaks', async () => {
    const halves = (text: string): Reply => {
      return (response) => {
        response.writeHead(200, { 'x-job-state': 'running' });
        response.write(text, () => setTimeout(() => response.destroy(), 50));
      };
    };
    const wrong = await serveWrong(
      halves(`${line(1)}${line(2)}{"cursor":3,"it`),
      cuts,
      halves(line(3)),
      refusal(503, 'internal'),
      lines('running', line(4)),
      lines('done', line(5)),
    );
    const cursors = (await all(clientOf(wrong).jobs.follow('a-job'))).map(({ cursor }) => cursor);
    expect(cursors).toEqual([1, 2, 3, 4, 5]);
    expect(wrong.asked.map(({ path }) => /after=(\d+)/.exec(path)?.[1])).toEqual([
      '0',
      '2',
      '2',
      '3',
      '3',
      '4',
    ]);
  });

  it('to its end where a proxy keeps the header back', async () => {
    const wrong = await serveWrong(
      lines(null, line(1)),
      json(200, JOB),
      lines(null, line(2)),
      json(200, { ...JOB, state: 'cancelled' }),
      lines(null, line(3)),
    );
    expect(await all(clientOf(wrong).jobs.follow('a-job'))).toHaveLength(3);
    expect(wrong.asked).toHaveLength(5);
  });

  it.each([
    ['comes again', `${line(2)}${line(2)}`],
    ['has no cursor', '{"url":"https://a/"}\n'],
    ['is no JSON', 'hello\n'],
  ])('not where a line %s', async (_name, text) => {
    const wrong = await serveWrong(lines('running', text));
    expect((await failureOf(all(clientOf(wrong).jobs.follow('a-job')))).code).toBe('service.answer');
  });

  it('no further than its reader, whose end is the end of the connection', async () => {
    const wrong = await serveWrong((response) => {
      response.writeHead(200, { 'x-job-state': 'running' }).write(line(1));
    });
    for await (const { cursor } of clientOf(wrong).jobs.follow('a-job')) {
      expect(cursor).toBe(1);
      break;
    }
    await wrong.cut;
  });
});

describe('is made', () => {
  it.each([
    ['nowhere', 'option.invalid'],
    ['ftp://a.example', 'option.invalid'],
    ['https://user:secret@a.example', 'option.invalid'],
  ])('not of %s', (baseUrl, code) => {
    expect(() => createClient({ baseUrl })).toThrow(expect.objectContaining({ code }));
  });

  it('not with a key that no header holds, or times that are none', () => {
    const baseUrl = 'https://a.example';
    expect(() => createClient({ baseUrl, apiKey: 'sk-one\r\nx: y' })).toThrow(
      expect.objectContaining({ code: 'key.invalid' }),
    );
    for (const options of [{ timeoutMs: -1 }, { deadlineMs: Number.NaN }, { retries: '3' as never }]) {
      expect(() => createClient({ baseUrl, ...options })).toThrow(
        expect.objectContaining({ code: 'option.invalid' }),
      );
    }
  });

  it.each(['', '/', '/prefix', '/prefix/', '/api/v1', '/prefix/api/v1/'])(
    'of an address with "%s"',
    async (end) => {
      const wrong = await serveWrong(PASSES);
      await clientOf({ url: `${wrong.url}${end}` }).detect(ADDRESS);
      const prefix = end.startsWith('/prefix') ? '/prefix' : '';
      expect(wrong.asked[0]?.path).toBe(`${prefix}/api/v1/services/aigc/image2video/face-detect`);
    },
  );

  it('without a key, and sends none then', async () => {
    const wrong = await serveWrong(PASSES);
    await createClient({ baseUrl: wrong.url }).detect(ADDRESS);
    expect(wrong.asked[0]?.headers.authorization).toBeUndefined();
  });
});

it('a port where nobody listens is told of soon', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  server.close();
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${port}`;
  expect(await failureOf(clientOf({ url }).detect(ADDRESS, { deadlineMs: LONG_MS }))).toMatchObject({
    code: 'service.unreachable',
    message: `The service at ${url} cannot be reached.`,
  });
});
