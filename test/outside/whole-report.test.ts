/** A report is there whole, or what was there before: on a full disk, by a link, and where a run is asked to end. */
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { PASS } from '../cli/pictures.ts';
import { start } from '../cli/spawn.ts';
import { temporaryDirectory } from '../store/temporary.ts';
import { smallDisk } from './small-disk.ts';

/** Less than the sheet of one picture has, in bytes. */
const TOO_LITTLE = 16_384;
const EARLIER = 'of an earlier run';

it('on a full disk, nothing of a report stays, and an earlier one is as it was', async ({ skip }) => {
  const disk = await smallDisk(TOO_LITTLE);
  if (disk === undefined) return skip('a disk of its own needs root and the right to mount one');
  const folder = await temporaryDirectory();
  copyFileSync(PASS, join(folder, 'a.jpg'));
  const labels = join(folder, 'labels.tsv');
  writeFileSync(labels, 'file\texpected\na.jpg\tfail\n');
  const report = join(disk, 'report.html');
  writeFileSync(report, EARLIER);
  const calls = [
    ['check', PASS, '--report', report],
    ['check', PASS, '--format', 'html', '-o', report],
    ['evaluate', labels, '--report', report],
  ];
  for (const call of calls) {
    const { code, err } = await start([...call, '-q', '--lang', 'en']).ended;
    expect(err).toContain(`The disk is full. ${report} is as it was before. (ENOSPC`);
    expect(err).toContain('free space');
    expect(code).toBe(3);
    expect(readdirSync(disk)).toEqual(['report.html']);
    expect(readFileSync(report, 'utf8')).toBe(EARLIER);
  }
});

it.each([
  ['nothing', ''],
  ['a folder', '.'],
  ['a folder that is not there', 'none/'],
  ['a file as a folder', `${PASS}/report.html`],
  ['too long a name', `${'a'.repeat(256)}.html`],
])('a report that cannot be is told before a picture is looked at: %s', async (_, report) => {
  const cwd = await temporaryDirectory();
  const { code, out, err } = await start(['check', PASS, '--report', report, '--lang', 'en'], { cwd }).ended;
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(`${report} cannot be written.`);
  expect(readdirSync(cwd)).toEqual([]);
});

it('by a link, the file that it leads to is written, with the rights that it had', async () => {
  const folder = await temporaryDirectory();
  const [file, link] = [join(folder, 'today.html'), join(folder, 'latest.html')];
  writeFileSync(file, EARLIER, { mode: 0o604 });
  symlinkSync('today.html', link);
  expect((await start(['check', PASS, '-q', '--report', link]).ended).code).toBe(0);
  expect(readFileSync(file, 'utf8')).toMatch(/<article [\s\S]*<\/html>\n$/);
  expect(statSync(file).mode & 0o777).toBe(0o604);
  expect(readdirSync(folder).sort()).toEqual(['latest.html', 'today.html']);
});

it('what a run has looked at when it is asked to end makes a whole report, and until then there is none', async () => {
  const folder = await temporaryDirectory();
  mkdirSync(join(folder, 'in'));
  for (let i = 0; i < 400; i++) copyFileSync(PASS, join(folder, 'in', `${i}.jpg`));
  const report = join(folder, 'report.html');
  writeFileSync(report, EARLIER);
  const { child, ended } = start(['check', join(folder, 'in'), '--report', report]);
  await vi.waitFor(() => expect(drafts(folder)).toHaveLength(1), { timeout: 30_000, interval: 20 });
  expect(readFileSync(report, 'utf8')).toBe(EARLIER);
  child.kill('SIGTERM');
  expect((await ended).code).toBe(143);
  expect(readFileSync(report, 'utf8')).toMatch(/<\/html>\n$/);
  expect(drafts(folder)).toEqual([]);
});

const drafts = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.part'));
