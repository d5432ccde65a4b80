/** What reads, feeds and stops the program: readers that go away, full disks, closed streams, signals. */
import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { flat, many, PASS } from '../cli/pictures.ts';
import { BIN, start } from '../cli/spawn.ts';

/** What a shell ended in. */
interface Shell {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lpd-pipes-'));
  await many(join(folder, 'hundred'), 100, await flat(320, 240));
  await writeFile(join(folder, 'labels.tsv'), 'file\texpected\npass.jpg\tpass\n');
  await start(['keys', 'create', '--name', 'one', '--data-dir', join(folder, 'store')]).ended;
  await copyFile(PASS, join(folder, 'pass.jpg'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs a line in bash, in the folder, where `lpd` is the program. */
function shell(line: string): Promise<Shell> {
  const script = `lpd() { ${JSON.stringify(process.execPath)} ${JSON.stringify(BIN)} "$@"; }\n${line}`;
  return new Promise((resolve) => {
    execFile('bash', ['-c', script], { cwd: folder, maxBuffer: 2 ** 26 }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err }),
    );
  });
}

describe('a reader that goes away ends the program quietly, with 141', () => {
  test.each([
    ['check', 'lpd check --jobs 3 hundred', 'head -c 1 > /dev/null'],
    ['check on one thread', 'lpd check --jobs 1 hundred', 'head -c 1 > /dev/null'],
    ['check --json', 'lpd check --json --jobs 3 hundred', 'head -c 1 > /dev/null'],
    ['fix', 'lpd fix hundred pass.jpg -o fixed', 'head -c 1 > /dev/null'],
    ['fix to standard output', 'lpd fix - < pass.jpg', 'true'],
    ['evaluate', 'lpd evaluate labels.tsv', 'true'],
    ['keys', 'lpd keys list --data-dir store', 'true'],
    ['usage', 'lpd usage --csv --data-dir store', 'true'],
    ['--help', 'lpd --help', 'true'],
  ])(
    '%s',
    async (_, command, reader) => {
      // Twice: what a thread was doing when it was ended differed from run to run.
      const line = `for i in 1 2; do ${command} | ${reader}; echo "$PIPESTATUS"; done`;
      expect(await shell(line)).toEqual({ code: 0, out: '141\n141\n', err: '' });
    },
    120_000,
  );

  test('what it wrote before is whole', async () => {
    const { out } = await shell('lpd check --jobs 3 hundred | head -1');
    expect(out).toMatch(/^fail {3}hundred\/00000\.jpg {2}face\.none {2}.*\n$/);
  });
});

describe('a full disk', () => {
  test.each([
    ['check', 'lpd check pass.jpg > /dev/full'],
    ['check -o', 'lpd check -o /dev/full pass.jpg'],
    ['check --report', 'lpd check --report /dev/full pass.jpg'],
    ['fix to standard output', 'lpd fix - < pass.jpg > /dev/full'],
    ['keys', 'lpd keys create --name two --data-dir store > /dev/full'],
  ])('%s: 3, and what to do, without a stack', async (_, command) => {
    const { code, err } = await shell(command);
    expect(code).toBe(3);
    expect(err).toContain('ENOSPC');
    expect(err).toContain('the free space');
    expect(err).not.toMatch(/^ {4}at /m);
  });

  test('below standard error: results and verdict are as ever', async () => {
    expect(await shell('lpd check pass.jpg hundred/00000.jpg 2> /dev/full')).toEqual({
      code: 1,
      out: expect.stringMatching(/^pass .*\nfail .*\n$/),
      err: '',
    });
  });
});

describe('streams that are closed', () => {
  test.each([
    ['standard output', 'lpd check pass.jpg >&-', 0],
    ['standard error', 'lpd check pass.jpg hundred/00000.jpg 2>&-', 1],
    ['standard input', 'lpd check pass.jpg <&-', 0],
    ['standard input, which was to be read', 'lpd check - <&-', 3],
    ['standard input, where it is a folder', 'lpd check - < .', 3],
    ['all three', 'lpd check pass.jpg <&- >&- 2>&-', 0],
  ])('%s', async (_, command, code) => {
    const ended = await shell(command);
    expect(ended.code).toBe(code);
    expect(ended.err).not.toMatch(/^ {4}at /m);
  });
});
