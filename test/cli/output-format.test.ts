/** How results are printed: by `--format` and its shorthands, in colour or not, and not at all with `--quiet`. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasColors } from '../../src/cli/color.ts';
import { flat, PASS } from './pictures.ts';
import { run } from './run.ts';

let folder: string;
let nobody: string;
let broken: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lpd-format-'));
  nobody = join(folder, 'nobody.png');
  broken = join(folder, 'broken\u001b[2J.jpg');
  await writeFile(nobody, await flat(64, 64, 'png'));
  await writeFile(broken, 'broken');
});
afterAll(() => rm(folder, { recursive: true }));

describe('--format', () => {
  test.each([
    ['json', '--json'],
    ['csv', '--csv'],
  ])('%s is what %s is short for, and both may be given', async (format, flag) => {
    const [long, short, both] = await Promise.all(
      [['--format', format], [flag], ['--format', format, flag]].map((flags) =>
        run(['check', '--jobs', '1', ...flags, nobody]),
      ),
    );
    expect(long).toMatchObject({ code: 1, err: '' });
    expect(short).toEqual(long);
    expect(both).toEqual(long);
  });

  test.each([
    [['check', '--format', 'json', '--csv', 'x'], '--csv', '--format json'],
    [['check', '--json', '--csv', 'x'], '--csv', '--json'],
    [['check', '--format', 'table', '--resume', 'x.ndjson', 'x'], '--resume <file>', '--format table'],
    [['best', '--format', 'table', '--json', 'x'], '--json', '--format table'],
    [['usage', '--format', 'csv', '--json'], '--json', '--format csv'],
  ])('%j contradicts itself', async (args, one, other) => {
    const { code, out, err } = await run(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(`error: option '${one}' cannot be used with option '${other}'\n`);
    const chinese = await run([...args, '--lang', 'zh-CN']);
    expect(chinese.err).toContain(`错误：选项 ${one} 不能与 ${other} 同时使用\n`);
  });

  test('html is the contact sheet, in a file or on standard output', async () => {
    const file = join(folder, 'sheet.html');
    const [piped, written] = await Promise.all([
      run(['check', '--jobs', '1', '--format', 'html', nobody]),
      run(['check', '--jobs', '1', '--format', 'html', '-o', file, nobody]),
    ]);
    expect(piped).toMatchObject({ code: 1, err: '' });
    expect(piped.out).toMatch(/^<!doctype html>[\s\S]*nobody\.png[\s\S]*<\/html>\n$/);
    expect(written).toMatchObject({ code: 1, out: '', err: '' });
    expect(await readFile(file, 'utf8')).toBe(piped.out);
    for (const more of [
      ['--report', 'b.html'],
      ['--sort', 'quality'],
      ['--for', 'all'],
    ]) {
      expect(await run(['check', '--format', 'html', ...more, nobody])).toMatchObject({ code: 2, out: '' });
    }
  });

  test('a name that there is none of is told with those that there are', async () => {
    const { code, err } = await run(['check', '--format', 'xml', nobody]);
    expect(code).toBe(2);
    expect(err).toContain('Allowed choices are table, json, csv, html.');
  });
});

test('a generator that is nearly called so is told', async () => {
  const { code, err } = await run(['check', '--for', 'hallp', nobody]);
  expect(code).toBe(2);
  expect(err).toContain('There is no preset "hallp". Is --for hallo meant?');
  expect((await run(['check', '--for', 'something', nobody])).err).toContain('there are: liveportrait,');
});

describe('--quiet', () => {
  test('says nothing of a picture that passes or fails, but by its exit code', async () => {
    expect(await run(['check', '-q', '--jobs', '1', PASS, nobody])).toEqual({ code: 1, out: '', err: '' });
    expect(await run(['check', '-q', '--format', 'json', nobody])).toEqual({ code: 1, out: '', err: '' });
    expect(await run(['fix', '-q', nobody])).toEqual({ code: 1, out: '', err: '' });
    expect(await run(['best', '-q', nobody])).toEqual({ code: 1, out: '', err: '' });
  });

  test('tells errors, on standard error, with what cannot be seen written out', async () => {
    for (const command of ['check', 'best']) {
      const { code, out, err } = await run([command, '--quiet', broken, nobody]);
      expect({ code, out }).toEqual({ code: 3, out: '' });
      expect(err).toMatch(/broken\\x1b\[2J\.jpg {2}image\.unsupported {2}.+\n$/);
      expect(err.split('\n')).toHaveLength(2);
    }
    expect((await run(['check', '-q', join(folder, 'none')])).err).toContain('There is no file');
  });

  test('still writes the files that were asked for', async () => {
    const file = join(folder, 'quiet.csv');
    expect(await run(['check', '-q', '--csv', '-o', file, nobody])).toEqual({ code: 1, out: '', err: '' });
    expect(await readFile(file, 'utf8')).toContain('nobody.png,fail,face.none');
  });
});

describe('colours', () => {
  const terminal = { isTTY: true } as unknown as NodeJS.WritableStream;
  const pipe = {} as NodeJS.WritableStream;
  test.each<[NodeJS.WritableStream, NodeJS.ProcessEnv, boolean]>([
    [terminal, {}, true],
    [terminal, { NO_COLOR: '' }, true],
    [terminal, { NO_COLOR: '1' }, false],
    [terminal, { TERM: 'dumb' }, false],
    [terminal, { FORCE_COLOR: '0' }, false],
    [pipe, {}, false],
    [pipe, { FORCE_COLOR: '0' }, false],
    [pipe, { FORCE_COLOR: '1', NO_COLOR: '1' }, true],
    [pipe, { FORCE_COLOR: '', TERM: 'dumb' }, true],
  ])('on %j with %j: %j', (stream, env, expected) => {
    expect(hasColors(stream, env)).toBe(expected);
  });

  test('stand around the verdict, and nothing is cut', async () => {
    const { out } = await run(['check', nobody], { env: { FORCE_COLOR: '1' } });
    expect(out).toContain('\u001b[31mfail \u001b[39m  ');
    expect(out).toMatch(/nobody\.png {2}face\.none {2}No face/);
  });
});
