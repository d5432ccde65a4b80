/** `--for`: one generator's limits, or a column for each. */
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { PRESET_NAMES } from '../../src/core/checks/presets.ts';
import { build } from '../server/build.ts';
import { OBSTRUCTED, PASS } from './pictures.ts';
import { run } from './run.ts';

let folder: string;
let text: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lpd-for-'));
  text = join(folder, 'text.jpg');
  await writeFile(text, 'no picture at all');
});
afterAll(() => rm(folder, { recursive: true }));

const check = (...args: string[]) => run(['check', '--jobs', '1', ...args]);

describe('one generator', () => {
  test('judges by its limits', async () => {
    expect((await check(PASS)).code).toBe(0);
    const { code, out } = await check('--for', 'hallo', PASS);
    expect(code).toBe(1);
    expect(out).toMatch(/face\.small .*limit 50%/);
  });

  test('goes with a policy, whose limits override it', async () => {
    const policy = join(folder, 'policy.json');
    await writeFile(policy, JSON.stringify({ minFaceShare: 0.1, maxShape: 2, for: 'wav2lip' }));
    expect((await check('--for', 'hallo', '--policy', policy, PASS)).code).toBe(0);
    expect((await check('--policy', policy, PASS)).code).toBe(0);
  });

  test.each(['check', 'fix', 'evaluate', 'submit'])(
    'an unknown one ends %s, with those that there are',
    async (command) => {
      const rest = command === 'submit' ? ['--server', 'http://127.0.0.1:9', '--key', 'sk-x'] : [];
      const labels = join(folder, 'labels.tsv');
      await writeFile(labels, 'file\texpected\nnone.jpg\tpass\n');
      const input = { check: PASS, fix: PASS, evaluate: labels, submit: labels }[command] ?? '';
      const { code, out, err } = await run([command, '--for', 'halo', ...rest, input]);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toContain('no preset "halo"');
      expect(err).toContain(PRESET_NAMES.join(', '));
    },
  );

  test('evaluate counts by its limits', async () => {
    const labels = join(folder, 'own.tsv');
    await copyFile(PASS, join(folder, 'own.jpg'));
    await writeFile(labels, 'file\texpected\nown.jpg\tpass\n');
    const passed = async (name: string) =>
      JSON.parse((await run(['evaluate', '--jobs', '1', '--json', '--for', name, labels])).out).groups[0]
        .passed;
    expect(await passed('liveportrait')).toBe(1);
    expect(await passed('hallo')).toBe(0);
  });
});

describe('all of them', () => {
  test('as JSON: a verdict each, as if each had been asked alone', async () => {
    const { code, out, err } = await check('--for', 'all', '--json', PASS, OBSTRUCTED, text);
    expect(code).toBe(3);
    const [good, covered, broken] = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(Object.keys(good.for)).toEqual(PRESET_NAMES);
    expect(good).toMatchObject({ file: PASS, pass: true });
    expect(good.for.liveportrait).toEqual({ pass: true, reason: null, advice: '' });
    expect(good.for.hallo).toMatchObject({
      pass: false,
      reason: 'face.small',
      advice: expect.stringContaining('50%'),
    });
    expect(covered).toMatchObject({ pass: false, for: { sadtalker: { reason: 'face.obstructed' } } });
    expect(broken).toMatchObject({ file: text, error: { code: 'image.unsupported' } });
    expect(err).toContain('1 pass, 1 fail, 1 could not be inspected');
    expect(err).toMatch(/Of 2 inspected: liveportrait 1 \(50%\), .*hallo 0 \(0%\)/);
    for (const name of ['ditto', 'hallo', 'emo']) {
      const [alone] = (await check('--for', name, '--json', PASS)).out
        .split('\n')
        .map((line) => line && JSON.parse(line));
      expect(good.for[name]).toMatchObject({ pass: alone.pass, reason: alone.reason });
    }
  });

  test('as CSV: pass or the reason, a column each', async () => {
    const { out } = await check('--for', 'all', '--csv', PASS, text);
    const [head, good, broken] = out
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','));
    expect(head).toEqual(['file', 'outcome', ...PRESET_NAMES]);
    expect(good?.[head?.indexOf('liveportrait') ?? -1]).toBe('pass');
    expect(good?.[head?.indexOf('hallo') ?? -1]).toBe('face.small');
    expect(broken?.slice(1)).toEqual(['error', ...PRESET_NAMES.map(() => 'image.unsupported')]);
  });

  test('as a table whose columns stand below their names', async () => {
    const { out } = await check('--for', 'all', PASS, OBSTRUCTED, text);
    const [head, good, covered, broken] = out.trimEnd().split('\n') as [string, string, string, string];
    for (const [name, verdict] of [
      ['liveportrait', 'pass'],
      ['hallo', 'fail'],
      ['wav2lip', 'pass'],
    ] as const) {
      expect(good.slice(head.indexOf(name)).split(' ')[0], name).toBe(verdict);
      expect(covered.slice(head.indexOf(name)).split(' ')[0], name).toBe('fail');
    }
    expect(good.endsWith(`  ${PASS}`)).toBe(true);
    expect(broken).toContain('image.unsupported');
  });

  test('inspect each picture once', async () => {
    // The books of a service say how often one was.
    const service = await build(onTestFinished);
    const { id, secret } = service.key;
    const { code, out } = await check(
      '--for',
      'all',
      '--csv',
      '--server',
      service.url,
      '--key',
      secret,
      PASS,
    );
    expect(code).toBe(0);
    expect(out).toContain(',face.small,');
    expect(await service.store.usage({ keyId: id })).toMatchObject([{ count: 1 }]);
  });

  test('go on where a run ended', async () => {
    const output = join(folder, 'rows.ndjson');
    const all = await check('--for', 'all', '--resume', output, PASS);
    expect(all.code).toBe(0);
    const again = await check('--for', 'all', '--resume', output, PASS, OBSTRUCTED);
    expect(again.code).toBe(1);
    expect(again.err).toContain('1 pass, 1 fail');
  });

  test('have no report', async () => {
    const { code, err } = await check('--for', 'all', '--report', join(folder, 'r.html'), PASS);
    expect(code).toBe(2);
    expect(err).toContain('one generator');
  });
});
