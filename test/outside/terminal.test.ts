/** The program in a real terminal of several widths: what a person sees, and in what state the terminal is left. */
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { flat, many, PASS } from '../cli/pictures.ts';
import { BIN, start } from '../cli/spawn.ts';
import { HAS_TMUX, Terminal } from './terminal.ts';

const EXAMPLES = join(PASS, '..');
const SIZES = [
  [80, 24],
  [200, 50],
  [40, 24],
] as const;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lpd-terminal-'));
  await mkdir(join(folder, 'mixed'));
  for (const name of ['cut_off', 'group', 'none', 'pass', 'profile', 'small', 'tilted']) {
    await copyFile(join(EXAMPLES, `${name}.jpg`), join(folder, 'mixed', `${name}.jpg`));
  }
  const names = await many(join(folder, 'many'), 200, await flat(320, 240));
  const labels = names.map((name) => `many/${name}\tfail\n`).join('');
  await writeFile(join(folder, 'labels.tsv'), `file\texpected\n${labels}`);
  await start(['keys', 'create', '--name', 'a key with a name', '--data-dir', join(folder, 'store')]).ended;
});
afterAll(() => rm(folder, { recursive: true }));

/** A terminal with this line typed into it. */
async function typed(
  line: string,
  [columns, lines]: readonly [number, number] = [80, 24],
): Promise<Terminal> {
  const terminal = await Terminal.open(columns, lines, folder);
  onTestFinished(() => terminal.close());
  await terminal.type(line);
  return terminal;
}

/** The words, wherever the lines were broken. */
const wordsOf = (text: string) => text.split(/\s+/).filter((word) => word !== '');
const NODE = `"${process.execPath}" "${BIN}"`;
const AS_IT_WAS = 'cursor 1, wrap 1';

describe.skipIf(!HAS_TMUX)(
  'a terminal (skipped without tmux: apt-get install tmux)',
  { timeout: 120_000 },
  () => {
    test.each(SIZES)(
      'of %i columns has every word of the results, in order, then the summary',
      async (...size) => {
        const { out, err } = await start(['check', join(folder, 'mixed')]).ended;
        const terminal = await typed('lpd check mixed', size);
        const answer = await terminal.answer();
        expect(wordsOf(answer)).toEqual(wordsOf((out + err).replaceAll(`${folder}/`, '')));
        expect(await terminal.state()).toBe(AS_IT_WAS);
      },
    );

    test.each(SIZES)('of %i columns breaks between words, and sets off what goes on', async (...size) => {
      const answer = await (await typed('lpd check mixed 2> /dev/null', size)).answer();
      const lines = answer.trimEnd().split('\n');
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(size[0]);
      for (const line of lines) expect(line).toMatch(/^(?:pass {3}\S|fail {3}\S| {7,}\S)/);
      // Everything of 200 columns but one row needs no second line; of 80 and of 40 most do.
      expect(lines.length > 8).toBe(size[0] < 200);
    });

    test.each(SIZES)('of %i columns has a table that fits, or lists', async (...size) => {
      const answer = await (await typed('lpd keys list --data-dir store', size)).answer();
      const lines = answer.trimEnd().split('\n');
      expect(answer).toContain('a key with a name');
      if (size[0] === 200) expect(lines[0]).toMatch(/^ID +NAME +KEY +QPS/);
      else expect(lines[1]).toMatch(/^NAME +a key with a name$/);
    });

    test('shows how far a run is below its rows, and then nothing of it', async () => {
      const terminal = await typed('lpd check many; echo "[$?]"');
      const during = await terminal.until((text) => /^\[=* *\] \d+\/200/m.test(text));
      expect(during.trimEnd().split('\n').at(-1)).toMatch(/^\[=* *\] \d+\/200/);
      const after = await terminal.answer();
      expect(after).not.toMatch(/\/200/);
      const rows = after.match(/^fail {3}many\/\d{5}\.jpg {2}face\.none/gm);
      expect(rows).toHaveLength(200);
      expect(after).toMatch(/\n0 pass, 200 fail, 0 could not be inspected\n\[1\]\n$/);
    });

    test.each([
      ['Ctrl-C', 'lpd check many', 'C-c', 130, /not looked at\n/],
      ['Ctrl-C, fix', 'lpd fix many -o fixed', 'C-c', 130, /\d+ repaired, .*\n/],
      ['Ctrl-C, evaluate', 'lpd evaluate labels.tsv', 'C-c', 130, /Stopped after \d+ of 200 pictures\.\n/],
    ])('is as it was after %s', async (_, line, key, code, told) => {
      const terminal = await typed(`${line}; echo "[$?]"`);
      await terminal.until((text) => /\] [1-9]\d*\/200/.test(text));
      await terminal.press(key);
      const text = await terminal.answer();
      expect(text).not.toMatch(/\/200/);
      expect(text).toMatch(told);
      expect(text).toContain(`\n[${code}]\n`);
      expect(await terminal.state()).toBe(AS_IT_WAS);
    });

    test('has nothing of the line that shows how far a run is after a second Ctrl-C, which ends it at once', async () => {
      const terminal = await typed('lpd check many');
      await terminal.until((text) => /\] [1-9]\d*\/200/.test(text));
      await terminal.press('C-c');
      await terminal.press('C-c');
      expect(await terminal.answer()).not.toMatch(/\/200/);
      expect(await terminal.state()).toBe(AS_IT_WAS);
    });

    test.each([
      ['SIGTERM', 143],
      ['SIGKILL', 137],
    ] as const)('is as it was after %s', async (signal, code) => {
      const terminal = await typed(`bash -c 'echo $$ > pid; exec ${NODE} check many'; echo "[$?]"`);
      await terminal.until((text) => /\] [1-9]\d*\/200/.test(text));
      process.kill(Number(await readFile(join(folder, 'pid'), 'utf8')), signal);
      await terminal.until((text) => text.includes(`[${code}]`));
      expect(await terminal.state()).toBe(AS_IT_WAS);
    });

    test('is as it was after a reader that went away, and shows what that one let through', async () => {
      const terminal = await typed('lpd check many | head -2; echo "[$PIPESTATUS]"');
      const text = await terminal.answer();
      expect(text.match(/^fail {3}many/gm)).toHaveLength(2);
      expect(text).not.toMatch(/\/200/);
      expect(text).toMatch(/\n\[141\]\n$/);
      expect(await terminal.state()).toBe(AS_IT_WAS);
    });

    test('gets no colours and no moving line where it says that it is dumb', async () => {
      const terminal = await typed(
        'TERM=dumb lpd check mixed 2>&1 | cat -v; TERM=dumb lpd check mixed | cat',
      );
      expect(await terminal.answer()).not.toMatch(/\^\[|\d\/7/);
    });
  },
);
