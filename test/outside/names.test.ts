/** What may lie in a folder: things that are no files, names that are no text, and results of an earlier run. */
import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { flat, PASS } from '../cli/pictures.ts';
import { BIN, type Ended, start } from '../cli/spawn.ts';

let folder: string;
let nobody: Buffer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lpd-names-'));
  nobody = await flat(64, 64);
});
afterAll(() => rm(folder, { recursive: true }));

/** A folder with these files, of which nothing is a portrait. */
async function folderOf(...names: (string | Buffer)[]): Promise<string> {
  const made = await mkdtemp(join(folder, 'of-'));
  for (const name of names) await writeFile(within(made, name), nobody);
  return made;
}

const within = (parent: string, name: string | Buffer) =>
  Buffer.concat([Buffer.from(`${parent}/`), Buffer.from(name)]);
const check = (...args: string[]): Promise<Ended> => start(['check', '--jobs', '1', ...args]).ended;
const rowsOf = (out: string) =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('what is no file is a row, and the run goes on', () => {
  let odd: string;
  beforeAll(async () => {
    odd = await folderOf('z.jpg');
    await promisify(execFile)('mkfifo', [join(odd, 'fifo.jpg')]);
    await symlink('fifo.jpg', join(odd, 'link.jpg'));
    await symlink('loop.jpg', join(odd, 'loop.jpg'));
    await symlink('nowhere', join(odd, 'dangling.jpg'));
    await symlink('/dev/zero', join(odd, 'zero.jpg'));
    await symlink('.', join(odd, 'self'));
    await mkdir(join(odd, 'folder.jpg'));
    await writeFile(join(odd, 'folder.jpg', 'within.jpg'), nobody);
  });

  test('a pipe, a link to one, a device, a loop, a broken link; a folder is looked into', async () => {
    const socket = createServer();
    await new Promise<void>((resolve) => socket.listen(join(odd, 'socket.jpg'), resolve));
    onTestFinished(() => void socket.close());
    const { code, out } = await check('--json', odd);
    const seen = rowsOf(out).map(({ file, error, reason }) => [
      file.slice(odd.length + 1),
      error?.message.replaceAll(`${odd}/`, '') ?? reason,
    ]);
    expect(seen).toEqual([
      ['dangling.jpg', 'dangling.jpg cannot be read.'],
      ['fifo.jpg', 'fifo.jpg is a pipe, not a file.'],
      ['folder.jpg/within.jpg', 'face.none'],
      ['link.jpg', 'link.jpg is a pipe, not a file.'],
      ['loop.jpg', 'loop.jpg cannot be read.'],
      ['socket.jpg', 'socket.jpg is a socket, not a file.'],
      ['z.jpg', 'face.none'],
      ['zero.jpg', 'zero.jpg is a device, not a file.'],
    ]);
    expect(code).toBe(3);
  });

  test.each([
    ['named', (pipe: string) => ['check', pipe], 3],
    ['a policy', (pipe: string) => ['check', '--policy', pipe, PASS], 2],
    ['a list of addresses', (pipe: string) => ['check', '--urls', pipe], 2],
    ['a manifest', (pipe: string) => ['evaluate', pipe], 2],
    ['rows to resume from', (pipe: string) => ['check', '--resume', pipe, PASS], 2],
    ['a file for results', (pipe: string) => ['check', '-o', pipe, PASS], 2],
    ['a file for the report', (pipe: string) => ['check', '--report', pipe, PASS], 2],
    ['fixed', (pipe: string) => ['fix', pipe], 3],
  ])('a pipe with nobody at the other end, %s, is not waited for', async (_, args, code) => {
    expect((await start(args(join(odd, 'fifo.jpg'))).ended).code).toBe(code);
  });

  test('a pipe with somebody at the other end is a list, and takes results', async () => {
    const line = `"$0" "$1" check --urls <(echo nowhere.invalid/a.jpg) -o >(cat >&2)`;
    const { stderr } = await promisify(execFile)('bash', ['-c', `${line}; exit 0`, process.execPath, BIN]);
    expect(stderr).toMatch(/^error {2}nowhere\.invalid\/a\.jpg {2}url\.invalid/m);
  });
});

describe('names', () => {
  /** What moves a cursor, or turns the direction of what follows; lines end as they should. */
  const UNSEEN = /(?!\n)[\p{Cc}\u202e]/u;
  const FORGED = 'a\npass   forged.jpg';
  const COLOURED = 'b\u001b[31m\u0007.jpg';
  const TURNED = 'c\u202egpj.exe.jpg';
  const FAMILY = 'd👨‍👩‍👧.jpg';

  test.each(['text', '--csv', '--json'])(
    '%s: a row each, and nothing that a terminal obeys',
    async (format) => {
      const odd = await folderOf(FORGED, COLOURED, TURNED, FAMILY);
      const { out, err } = await check(...(format === 'text' ? [] : [format]), odd);
      expect(out.trimEnd().split('\n')).toHaveLength(format === '--csv' ? 5 : 4);
      expect(out + err).not.toMatch(/^pass/m);
      expect(out + err).not.toMatch(UNSEEN);
      expect(out).toContain(FAMILY);
      if (format !== '--json') expect(out).toContain('a\\npass   forged.jpg');
      else {
        const files = rowsOf(out).map(({ file }) => file.slice(odd.length + 1));
        expect(files).toEqual([FORGED, COLOURED, TURNED, FAMILY]);
      }
    },
  );

  test('nor does what is told of a name that is not there, or of an address', async () => {
    const { out, err } = await check('\u001b]0;title\u0007.jpg');
    expect(out + err).toContain('\\x1b]0;title\\x07.jpg');
    expect((await check('http://nowhere.invalid/\u001b[2J\u202e')).out).not.toMatch(UNSEEN);
  });

  test('the contact sheet shows them as text', async () => {
    const odd = await folderOf('<img src=x onerror=alert(1)>.jpg', TURNED, COLOURED);
    const sheet = join(folder, 'sheet.html');
    await check('--report', sheet, odd);
    const html = await readFile(sheet, 'utf8');
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;.jpg');
    expect(html).not.toContain('<img src=x');
    expect(html).not.toMatch(UNSEEN);
  });

  test('a spreadsheet takes none for a formula', async () => {
    const names = ['=1+1.jpg', '+1.jpg', '@a.jpg'];
    const odd = await folderOf(...names);
    const { out } = await start(['check', '--csv', ...names], { cwd: odd }).ended;
    const cells = out
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',')[0]);
    expect(cells).toEqual(names.map((name) => `'${name}`));
  });

  const LATIN = Buffer.from('caf\xe9.jpg', 'latin1');
  const OTHER = Buffer.from('caf\xe8.jpg', 'latin1');
  test.skipIf(process.platform !== 'linux')(
    'that are no UTF-8 are read, told apart, and named again',
    async () => {
      const odd = await folderOf(LATIN, OTHER);
      await copyFile(PASS, within(odd, LATIN));
      expect((await check(odd)).out).toMatch(/^fail.*caf\\xe8\.jpg.*\npass.*caf\\xe9\.jpg\n$/);
      const { out } = await check('--json', '--annotate', join(folder, 'drawn'), odd);
      expect(out).toContain('caf\\udce9.jpg');
      const drawn = await readdir(join(folder, 'drawn'), { encoding: 'buffer' });
      expect(drawn.map((name) => name.toString('latin1'))).toContain('caf\xe9.jpg.png');
      // As a shell hands it over.
      const line = `"$0" "$1" check caf?.jpg`;
      const named = await promisify(execFile)('bash', ['-c', `${line}; exit 0`, process.execPath, BIN], {
        cwd: odd,
        env: { ...process.env, LC_ALL: 'C' },
      });
      expect(named.stdout).toMatch(/caf\\xe8\.jpg {2}face\.none/);
    },
  );

  test('60,000 addresses that end alike take no longer each than 6,000', async () => {
    const seconds = async (count: number) => {
      const list = join(folder, `${count}.txt`);
      await writeFile(list, Array.from({ length: count }, (_, i) => `x://h/${i}/a.jpg\n`).join(''));
      const begun = performance.now();
      const { out } = await check('--csv', '--fail-fast', '--urls', list);
      expect(out).toContain('url.invalid');
      return performance.now() - begun;
    };
    const few = await seconds(6_000);
    // Ten times as many names; a hundred times the work, some minutes, where each is compared with all.
    expect(await seconds(60_000)).toBeLessThan(few * 12 + 5_000);
  }, 120_000);
});

describe('what is written never goes over what is read', () => {
  test.each([
    ['-o', (own: string) => ['check', own, '-o', join(own, 'a.jpg')]],
    ['--report', (own: string) => ['check', own, '--report', join(own, 'a.jpg')]],
    [
      '--report of evaluate',
      (own: string) => ['evaluate', join(own, 'l.tsv'), '--report', join(own, 'a.jpg')],
    ],
    ['-o, by another path', (own: string) => ['check', own, '-o', `${own}/../${own.split('/').pop()}/a.jpg`]],
    ['fix -o', (own: string) => ['fix', join(own, 'a.jpg'), '-o', join(own, 'a.jpg')]],
    ['fix -o, by a link', (own: string) => ['fix', join(own, 'a.jpg'), '-o', join(own, 'link', 'a.jpg')]],
  ])('%s', async (_, args) => {
    const own = await folderOf();
    await copyFile(PASS, join(own, 'a.jpg'));
    await writeFile(join(own, 'l.tsv'), 'file\texpected\na.jpg\tpass\n');
    await symlink('.', join(own, 'link'));
    const { code, out, err } = await start(args(own)).ended;
    expect(code).toBeGreaterThan(1);
    expect(out + err).toContain('never overwritten');
    expect(await readFile(join(own, 'a.jpg'))).toEqual(await readFile(PASS));
  });

  test('a drawn picture: not over one that is called as it would be', async () => {
    const own = await folderOf('a.jpg', 'a.jpg.png');
    const { err } = await check('--annotate', own, join(own, 'a.jpg'), join(own, 'a.jpg.png'));
    expect(err).toContain('a.jpg.png is one of the given files');
    expect(await readFile(join(own, 'a.jpg.png'))).toEqual(nobody);
  });

  test('the folder for results, below the one that is looked at, is not looked at', async () => {
    const own = await folderOf('a.jpg');
    for (const _ of ['once', 'twice']) {
      const { out } = await check('--annotate', join(own, 'drawn'), own);
      expect(out.trimEnd().split('\n')).toHaveLength(1);
    }
    expect(await readdir(join(own, 'drawn'))).toEqual(['a.jpg.png']);
    expect((await check('--annotate', own, own)).code).toBe(2);
  });

  test('a folder that none can be made in', async () => {
    const { code, err } = await check('--annotate', '/proc/none/drawn', PASS);
    expect(code).toBe(2);
    expect(err).toContain('cannot be written');
  });
});
