/** A run that was stopped goes on where it ended: the same rows as one that was not, none twice. */
import { appendFile, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NOTHING, readPast } from '../../src/cli/resume.ts';
import { flat, many, OBSTRUCTED, PASS } from './pictures.ts';
import { run } from './run.ts';
import { runMeasured, start } from './spawn.ts';

const COUNT = 300;

let folder: string;
let pictures: string;
let unbroken: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lpd-resume-'));
  pictures = join(folder, 'pictures');
  const names = await many(pictures, COUNT, await flat(200, 160));
  await writeFile(join(pictures, `${names[COUNT / 2]}.broken.jpg`), 'broken');
  await writeFile(join(pictures, `${names[COUNT / 2]}.pass.jpg`), await readFile(PASS));
  const { out } = await start(['check', '--json', '--jobs', '2', pictures]).ended;
  unbroken = out;
}, 120_000);
afterAll(() => rm(folder, { recursive: true }));

test('the unbroken run has a row for each', () => {
  expect(unbroken.match(/\n/g)).toHaveLength(COUNT + 2);
});

describe('stopped at a random point and resumed', () => {
  test.each<NodeJS.Signals>(['SIGINT', 'SIGKILL'])(
    'by %s, several times',
    async (signal) => {
      const rows = join(folder, `${signal}-${Math.random()}.ndjson`);
      const args = ['check', '--resume', rows, '--jobs', '2', pictures];
      const codes: (number | null)[] = [];
      for (;;) {
        const { child, ended } = start(args);
        const patience = waitForMore(rows, 1 + Math.floor(Math.random() * 200), child);
        patience.then(() => child.kill(signal));
        const { code, err } = await ended;
        // Done before it was stopped: the broken file makes it a 3.
        if (code === 3) break;
        codes.push(code);
        if (code === 130) expect(err).toContain(`--resume ${rows}`);
      }
      // Ctrl-C that comes when all is done, and the process about to go, ends it as any other signal does.
      expect(codes).toContain(signal === 'SIGINT' ? 130 : null);
      expect(await readFile(rows, 'utf8')).toBe(unbroken);
    },
    120_000,
  );
});

/** Resolves when a file has so many lines more, or the process has ended. */
async function waitForMore(file: string, lines: number, child: { exitCode: number | null }): Promise<void> {
  const size = async () => (await stat(file).catch(() => ({ size: 0 }))).size;
  const perLine = unbroken.length / COUNT;
  const wanted = (await size()) + lines * perLine;
  while (child.exitCode === null && (await size()) < wanted) await delay(5);
}

describe('what is there already', () => {
  test('a torn last line is dropped and inspected again', async () => {
    const rows = join(folder, 'torn.ndjson');
    const cut = Math.floor(unbroken.length * 0.9);
    await writeFile(rows, unbroken.slice(0, cut));
    expect((await readPast(rows)).length).toBe(unbroken.lastIndexOf('\n', cut - 1) + 1);
    await start(['check', '--resume', rows, '--jobs', '2', pictures]).ended;
    expect(await readFile(rows, 'utf8')).toBe(unbroken);
  }, 60_000);

  test('a complete run is left alone, and ends with its exit code', async () => {
    const rows = join(folder, 'complete.ndjson');
    await writeFile(rows, unbroken);
    const { code, err } = await run(['check', '--jobs', '1', '--resume', rows, pictures]);
    expect(code).toBe(3);
    expect(err).toBe(`1 pass, ${COUNT} fail, 1 could not be inspected\n`);
    expect(await readFile(rows, 'utf8')).toBe(unbroken);
  });

  test('what is no row is not overwritten', async () => {
    const rows = join(folder, 'letter.txt');
    await writeFile(rows, 'Dear reader,\n');
    const { code, err } = await run(['check', '--resume', rows, pictures]);
    expect(code).toBe(2);
    expect(err).toContain('Line 1');
    expect(await readFile(rows, 'utf8')).toBe('Dear reader,\n');
  });

  test.each([
    ['a letter of one line', 'my diary, one line, no newline'],
    ['other JSON', '{"file":"a.jpg","size":3}'],
    ['rows, and then something else', '{"file":"a.jpg","pass":true}\nand my diary'],
  ])('%s that lacks its line end is not overwritten', async (_, text) => {
    const rows = join(folder, 'diary.txt');
    await writeFile(rows, text);
    const { code, err } = await run(['check', '--resume', rows, PASS]);
    expect(code).toBe(2);
    expect(err).toContain(`Line ${text.split('\n').length}`);
    expect(await readFile(rows, 'utf8')).toBe(text);
  });

  test('a line that is longer than any row ends it before all of it is in memory', async () => {
    const rows = join(folder, 'endless.txt');
    await writeFile(rows, '{"file":"');
    // A hole on most disks: it takes no place.
    await truncate(rows, 600 * 2 ** 20);
    const { code, err, maxRss } = await runMeasured(['check', '--resume', rows, PASS]);
    expect(err).toContain('Line 1');
    expect(code).toBe(2);
    expect(maxRss).toBeLessThan(300);
    expect((await stat(rows)).size).toBe(600 * 2 ** 20);
  });

  test.each(['', '{', '{"file":"', '{"file":"a.jpg","im', '{"file":"a.jpg","pass":true}'])(
    'a first row torn after "%s" is dropped',
    async (text) => {
      const rows = join(folder, 'first.ndjson');
      await writeFile(rows, text);
      expect(await readPast(rows)).toEqual(NOTHING);
    },
  );

  test('pictures that could not be looked at, for a reason that may be gone, are looked at again', async () => {
    const rows = join(folder, 'again.ndjson');
    const away = JSON.stringify({ file: PASS, error: { code: 'service.unreachable' } });
    const broken = JSON.stringify({ file: 'broken.jpg', error: { code: 'image.corrupt' } });
    await writeFile(rows, `${away}\n${broken}\n{"file":"torn`);
    const { code, err } = await run(['check', '--jobs', '1', '--resume', rows, PASS, OBSTRUCTED]);
    expect(err).toBe('1 pass, 1 fail, 1 could not be inspected\n');
    expect(code).toBe(3);
    const [first, ...others] = (await readFile(rows, 'utf8')).trim().split('\n');
    expect(first).toBe(broken);
    expect(others.map((row) => JSON.parse(row).file)).toEqual([PASS, OBSTRUCTED]);
  });

  test('people are told that the same command tries again', async () => {
    const rows = join(folder, 'told.ndjson');
    const key = `sk-${'a'.repeat(64)}`;
    // A port of nobody's.
    const args = ['check', '--server', 'http://127.0.0.1:9', '--key', key, '--resume', rows, PASS];
    expect((await run(args)).err).toContain(
      `1 picture could not be looked at this time. To try again, run the same command again: --resume ${rows}`,
    );
  });

  test('what is said of pictures of another run stays, and stays whole where it is not UTF-8', async () => {
    const rows = join(folder, 'others.ndjson');
    const away = (file: string) => JSON.stringify({ file, error: { code: 'file.unreadable' } });
    const foreign = [Buffer.from('{"file":"caf'), Buffer.from([0xe9]), Buffer.from('.jpg","pass":true}\n')];
    await writeFile(rows, Buffer.concat([Buffer.from(`${away('gone.jpg')}\n${away(PASS)}\n`), ...foreign]));
    const { err } = await run(['check', '--jobs', '1', '--resume', rows, PASS]);
    expect(err).toBe('');
    const lines = (await readFile(rows, 'utf8')).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).file)).toEqual(['gone.jpg', 'caf\ufffd.jpg', PASS]);
    expect(JSON.parse(lines[2] ?? '').pass).toBe(true);
  });

  test.skipIf(process.platform !== 'linux')(
    'a file in whose place no other one can be put stays as it was',
    async () => {
      const rows = `${JSON.stringify({ file: PASS, error: { code: 'service.unreachable' } })}\n${JSON.stringify({ file: 'b', pass: true })}\n`;
      const path = join(folder, 'open.ndjson');
      await writeFile(path, rows);
      const { code, err } = await run(['check', '--resume', `/proc/self/root${path}`, PASS]);
      expect(code).toBe(2);
      expect(err).toContain('cannot be written');
      expect(await readFile(path, 'utf8')).toBe(rows);
    },
  );

  test('pictures that came since are added', async () => {
    const rows = join(folder, 'added.ndjson');
    await run(['check', '--resume', rows, PASS]);
    const first = await readFile(rows, 'utf8');
    await run(['check', '--jobs', '1', '--resume', rows, PASS, join(pictures, '00000.jpg')]);
    const both = await readFile(rows, 'utf8');
    expect(both.startsWith(first)).toBe(true);
    expect(both.match(/\n/g)).toHaveLength(2);
  });

  test('rows with line breaks of any length in chunks of any size', async () => {
    const rows = join(folder, 'long.ndjson');
    const long = 'x'.repeat(70_000);
    await writeFile(rows, '');
    for (const file of ['a', long, 'é']) await appendFile(rows, `${JSON.stringify({ file, pass: true })}\n`);
    const past = await readPast(rows);
    expect([...past.files]).toEqual(['a', long, 'é']);
    expect(past.length).toBe((await stat(rows)).size);
  });
});
