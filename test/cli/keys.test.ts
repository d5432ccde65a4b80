/** `keys` and `usage`, through commander, on real files. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import widthOf from 'string-width';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newKey } from '../../src/store/new-key.ts';
import { openStore } from '../../src/store/open.ts';
import { digestOf } from '../../src/store/secret.ts';
import type { Store, Verdict } from '../../src/store/store.ts';
import { run as runCli } from './run.ts';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'lpd-keys-'));
});
afterEach(() => rm(dataDir, { recursive: true }));

const run = (...args: string[]) => runCli(args, { env: { LPD_DATA_DIR: dataDir } });

async function onStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore({ dataDir });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

async function answer(secret: string, ...verdicts: Verdict[]): Promise<void> {
  await onStore(async (store) => {
    const key = await store.keyByDigest(digestOf(secret));
    for (const verdict of verdicts) await (await store.reserve(key!))?.commit(verdict);
  });
}

const today = () => new Date().toISOString().slice(0, 10);

describe('keys', () => {
  it('create prints the key and nothing else on stdout, and it works', async () => {
    const { code, out, err } = await run(
      'keys',
      'create',
      '--name',
      'bob',
      '--qps',
      '2.5',
      '--models',
      'a, b',
    );
    expect(code).toBe(0);
    expect(out).toMatch(/^sk-[0-9a-f]{64}\n$/);
    expect(err).toContain('cannot be shown again');
    expect(await onStore((store) => store.keyByDigest(digestOf(out.trim())))).toMatchObject({
      name: 'bob',
      qps: 2.5,
      quota: null,
      models: ['a', 'b'],
    });
  });

  it('create tells of models that may be misspelt, and of no others', async () => {
    const create = (name: string, models: string) =>
      run('keys', 'create', '--name', name, '--models', models);
    const { code, err } = await create('bob', 'emo-detect-v1,liveportrait_detect');
    expect([code, err]).toEqual([0, expect.stringContaining('"liveportrait_detect" is a model only where')]);
    expect(err).not.toContain('"emo-detect-v1" is');
    expect((await create('eve', 'emo-detect-v1')).err).not.toContain('is a model only where');
  });

  it('create --secret-stdin adopts a key, without printing it, once', async () => {
    const secret = 'sk-9c41f7a03be84d2f95d06e1c7ab38f52';
    const adopt = (stdin: string, name: string, ...more: string[]) =>
      runCli(['keys', 'create', '--name', name, '--secret-stdin', ...more], {
        env: { LPD_DATA_DIR: dataDir },
        stdin: Buffer.from(stdin),
      });
    const { code, out, err } = await adopt(`${secret}\r\n`, 'theirs');
    expect([code, out]).toEqual([0, expect.stringMatching(/^[0-9a-f]{16}\n$/)]);
    expect(out + err).not.toContain(secret);
    expect(await onStore((store) => store.keyByDigest(digestOf(secret)))).toMatchObject({ name: 'theirs' });
    expect(await adopt(secret, 'again')).toMatchObject({
      code: 2,
      err: expect.stringContaining('exists already'),
    });
    for (const [text, problem] of [
      ['', 'does not hold a key'],
      ['short', 'does not hold a key'],
      [`${secret}\n${secret}\n`, 'does not hold a key'],
      [`a ${secret}`, 'does not hold a key'],
      ['x'.repeat(5_000), 'does not hold a key'],
      ['aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'could be guessed'],
      ['sk-your-key-from-the-console-here', 'could be guessed'],
      ['abababababababababababababababababa', 'could be guessed'],
    ] as const) {
      const refused = await adopt(text, 'other');
      expect([refused.code, refused.out], text).toEqual([2, '']);
      expect(refused.err).toContain(problem);
      if (text.length > 20) expect(refused.err).not.toContain(text.slice(0, 20));
    }
    const { out: json } = await adopt('sk-52f9c41f7a03be84d2f95d06e1c7ab38', 'json', '--json');
    expect(JSON.parse(json)).toMatchObject({ name: 'json', prefix: 'sk-52f9c' });
    expect(json).not.toContain('7ab38');
  });

  it('create --json prints the key with what is known of it', async () => {
    const { out } = await run('keys', 'create', '--name', 'bob', '--quota', '9', '--json');
    expect(JSON.parse(out)).toMatchObject({
      key: expect.stringMatching(/^sk-/),
      name: 'bob',
      qps: 5,
      quota: 9,
    });
  });

  it('list and show never hold a key, but its beginning', async () => {
    const secret = (await run('keys', 'create', '--name', 'bob', '--quota', '9')).out.trim();
    await answer(secret, 'pass', 'pass', 'fail');
    const outputs = [
      await run('keys', 'list'),
      await run('keys', 'list', '--json'),
      await run('keys', 'show', 'bob'),
      await run('keys', 'show', secret.slice(0, 9), '--json'),
    ];
    for (const { code, out } of outputs) {
      expect(code).toBe(0);
      expect(out).toContain(secret.slice(0, 9));
      expect(out).not.toContain(secret.slice(0, 10));
    }
    expect(outputs[2]?.out).toContain('9 images, 6 left');
    expect(outputs[2]?.out).toContain('3 images: 2 pass, 1 fail');
    expect(JSON.parse(outputs[3]!.out)).toMatchObject({
      name: 'bob',
      usage: { images: 3, pass: 2, fail: 1 },
    });
  });

  it('create --expires says when it ends, and list and show tell', async () => {
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    const { out } = await run('keys', 'create', '--name', 'brief', '--expires', '90d', '--json');
    const { expiresAt } = JSON.parse(out) as { expiresAt: string };
    expect([inDays(89), inDays(90)]).toContain(expiresAt.slice(0, 10));
    const day = inDays(2);
    await run('keys', 'create', '--name', 'until', '--expires', day);
    await run('keys', 'create', '--name', 'good');
    await onStore((store) =>
      store.createKey(newKey({ name: 'old', expiresAt: '2020-01-01T00:00:00.000Z' }).key),
    );
    const listed = (await run('keys', 'list')).out;
    for (const part of ['EXPIRES', expiresAt, `${day}T00:00:00.000Z`, '2020-01-01T00:00:00.000Z (expired)'])
      expect(listed).toContain(part);
    expect((await run('keys', 'show', 'good')).out).toMatch(/expires +never/);
    expect((await run('keys', 'show', 'old')).out).toContain('(expired)');
  });

  it('revoke takes a name, a prefix or an id, and says so when there was nothing to do', async () => {
    const made = [];
    for (const name of ['a', 'b', 'c']) {
      made.push(JSON.parse((await run('keys', 'create', '--name', name, '--json')).out));
    }
    for (const wanted of [made[0].name, made[1].prefix, made[2].id]) {
      expect(await run('keys', 'revoke', wanted)).toMatchObject({ code: 0, out: '' });
    }
    expect((await run('keys', 'revoke', 'a')).err).toContain('was already revoked');
    const listed = JSON.parse((await run('keys', 'list', '--json')).out) as { revokedAt: string | null }[];
    expect(listed.map(({ revokedAt }) => typeof revokedAt)).toEqual(['string', 'string', 'string']);
  });

  it.each([
    [['create'], "required option '--name"],
    [['create', '--name', 'a,b'], 'cannot be used'],
    [['create', '--name', 'a', '--qps', 'many'], 'Give a number.'],
    [['create', '--name', 'a', '--qps', '0'], 'more than 0'],
    [['create', '--name', 'a', '--quota', '-1'], '0 or more'],
    [['create', '--name', 'a', '--models', ','], '1 to 16'],
    [['create', '--name', 'a', '--expires', 'soon'], 'write 90d or 12h'],
    [['create', '--name', 'a', '--expires', '2020-01-01'], 'in the future'],
    [['create', '--name', 'taken'], 'There is a key named "taken" already'],
    [['show', 'nobody'], 'keys list'],
    [['revoke', 'nobody'], 'No key has'],
    [['list', '--data-dir', '/nonexistent'], 'There is no store in /nonexistent'],
  ])('%j is refused with exit code 2 and words on stderr', async (args, words) => {
    await run('keys', 'create', '--name', 'taken');
    const { code, out, err } = await run('keys', ...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(words);
  });
});

describe('usage', () => {
  it('has its columns stand below each other in a pipe and in a file, Chinese words and names among them', async () => {
    const made = JSON.parse((await run('keys', 'create', '--name', '影像组', '--json')).out);
    await run('keys', 'create', '--name', 'a-longer-name');
    await answer(made.key, 'pass', 'fail');
    const startsOf = (line: string, cells: readonly string[]) =>
      cells.map((cell) => widthOf(line.slice(0, line.indexOf(cell))));
    const file = join(dataDir, 'usage.txt');
    await run('usage', '--lang', 'zh-CN', '-o', file);
    const counted = (await run('usage', '--lang', 'zh-CN')).out;
    expect(await readFile(file, 'utf8')).toBe(counted);
    const [head = '', first = ''] = counted.split('\n');
    expect(startsOf(first, ['影像组', made.id, 'pass'])).toEqual(startsOf(head, ['名称', 'ID', '结论']));
    const [listHead = '', ...keys] = (await run('keys', 'list', '--lang', 'zh-CN')).out.split('\n');
    const [model] = startsOf(listHead, ['模型']);
    for (const line of keys.slice(0, 2)) expect(startsOf(line, ['liveportrait-detect'])).toEqual([model]);
  });

  it('prints a line for each key, day and verdict, as a table, CSV and JSON', async () => {
    const made = JSON.parse((await run('keys', 'create', '--name', 'bob', '--json')).out);
    await run('keys', 'create', '--name', 'eve');
    await answer(made.key, 'pass', 'fail', 'pass');
    const table = await run('usage');
    expect(table.out.split('\n').map((line) => line.split(/ +/))).toEqual([
      ['DAY', 'NAME', 'ID', 'VERDICT', 'IMAGES'],
      [today(), 'bob', made.id, 'pass', '2'],
      [today(), 'bob', made.id, 'fail', '1'],
      [''],
    ]);
    expect(table.err).toBe('3 images\n');
    expect((await run('usage', '--csv')).out).toBe(
      `day,key_id,key_name,verdict,images\n${today()},${made.id},bob,pass,2\n${today()},${made.id},bob,fail,1\n`,
    );
    const file = join(dataDir, 'usage.csv');
    expect(await run('usage', '--csv', '-o', file)).toEqual({ code: 0, out: '', err: '' });
    expect(await readFile(file, 'utf8')).toBe(`\uFEFF${(await run('usage', '--csv')).out}`);
    await run('usage', '-o', file);
    expect(await readFile(file, 'utf8')).toBe(table.out);
    expect(JSON.parse((await run('usage', '--json', '--key', 'bob', '--since', today())).out)).toHaveLength(
      2,
    );
    expect(JSON.parse((await run('usage', '--json', '--key', 'eve')).out)).toEqual([]);
    expect((await run('usage', '--csv', '--since', '2999-12-31')).out.split('\n')).toHaveLength(2);
  });

  it.each([
    [['--since', 'yesterday'], '2026-01-31'],
    [['--since', '2026-02-30'], '2026-01-31'],
    [['--csv', '--json'], 'cannot be used with'],
    [['--key', 'nobody'], 'No key has'],
  ])('%j is refused with exit code 2', async (args, words) => {
    await run('keys', 'create', '--name', 'a');
    const { code, err } = await run('usage', ...args);
    expect(code).toBe(2);
    expect(err).toContain(words);
  });
});
