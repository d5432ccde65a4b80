/** What `check` writes besides its rows: a file of results, annotated pictures, and the contact sheet. */
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { flat, OBSTRUCTED, PASS } from './pictures.ts';
import { run } from './run.ts';

let folder: string;
let nobody: string;
let broken: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lpd-reports-'));
  nobody = join(folder, 'no & "body" <1>.png');
  broken = join(folder, 'broken.jpg');
  await writeFile(nobody, await flat(400, 300, 'png'));
  await writeFile(broken, 'broken');
});
afterAll(() => rm(folder, { recursive: true }));

const check = (...args: string[]) => run(['check', '--jobs', '1', ...args]);

describe('-o', () => {
  test.each([
    ['--json', ''],
    ['--csv', '\uFEFF'],
    ['--csv --for all', '\uFEFF'],
  ])(
    '%s: a file has what standard output would have had, CSV with the mark that Excel wants',
    async (format, mark) => {
      const flags = format.split(' ');
      const file = join(folder, `rows${format}`);
      await writeFile(file, 'something longer that was here before'.repeat(1000));
      const { out } = await check(...flags, '-o', file, PASS, nobody);
      expect(out).toBe('');
      expect(await readFile(file, 'utf8')).toBe(mark + (await check(...flags, PASS, nobody)).out);
    },
  );

  test('a pipe has no mark', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const [read] = await Promise.all([readFile(pipe, 'utf8'), check('--csv', '-o', pipe, nobody)]);
    expect(read).toMatch(/^file,outcome,/);
  });

  test('a file that cannot be written is a wrong call', async () => {
    const { code, err } = await check('-o', join(folder, 'none', 'rows.txt'), PASS);
    expect(code).toBe(2);
    expect(err).toContain('cannot be written');
  });

  test('--resume has a file of its own', async () => {
    expect((await check('--resume', 'a', '-o', 'b', PASS)).code).toBe(2);
  });
});

describe('--annotate', () => {
  test('writes each picture that was inspected, under its own name', async () => {
    const [one, two, out] = ['one', 'two', 'annotated'].map((name) => join(folder, name));
    for (const place of [one, two]) {
      await mkdir(place, { recursive: true });
      await writeFile(join(place, 'a.jpg'), await readFile(PASS));
    }
    await check('--annotate', out, join(one, 'a.jpg'), join(two, 'a.jpg'), broken);
    expect((await readdir(out)).sort()).toEqual(['a-2.jpg.png', 'a.jpg.png']);
    // From memory: this process has the program's own loaders, and they open no file by its name.
    const [drawn, plain] = await Promise.all(
      [join(out, 'a.jpg.png'), PASS].map(async (file) =>
        sharp(await readFile(file))
          .removeAlpha()
          .raw()
          .toBuffer({ resolveWithObject: true }),
      ),
    );
    expect(drawn.info.width).toBe(plain.info.width);
    // The verdict is below.
    expect(drawn.info.height).toBeGreaterThan(plain.info.height);
    expect(drawn.data.subarray(0, plain.data.length).equals(plain.data)).toBe(false);
  });

  test('a name that has no room for the ending is shortened, and one that begins the same has another', async () => {
    // 83 characters of three bytes and six more: 255, as long as a name may be.
    const long = '\u4e2d'.repeat(83);
    const [home, out] = [join(folder, 'long'), join(folder, 'long-out')];
    await mkdir(home);
    for (const end of ['ab.jpg', 'cd.jpg']) await writeFile(join(home, long + end), await readFile(PASS));
    const { code, err } = await check('--annotate', out, home);
    expect(err).toContain('2 pass');
    expect(code).toBe(0);
    const names = await readdir(out);
    expect(names).toHaveLength(2);
    for (const name of names) expect(name).toMatch(/^\u4e2d{70,}~[0-9a-f]{8}\.png$/);
    expect((await run(['best', '--out', out, '--jobs', '1', home])).code).toBe(0);
    expect((await run(['fix', join(home, `${long}ab.jpg`)])).code).toBe(0);
    expect((await readdir(home)).filter((name) => /~[0-9a-f]{8}\.jpg$/.test(name))).toHaveLength(1);
  });
});

describe('--report', () => {
  let html: string;
  beforeAll(async () => {
    const file = join(folder, 'sheet.html');
    await check('--report', file, PASS, nobody, broken, OBSTRUCTED);
    html = await readFile(file, 'utf8');
  });

  test('has a card a picture with its reason, and a thumbnail of what could be read', () => {
    expect(html.match(/<article [^>]*>/g)).toHaveLength(4);
    expect(html.match(/data-reason="([^"]*)"/g)).toEqual([
      'data-reason="pass"',
      'data-reason="face.none"',
      'data-reason="image.unsupported"',
      'data-reason="face.obstructed"',
    ]);
    expect(html.match(/<img src="data:image\/jpeg;base64,/g)).toHaveLength(3);
  });

  test('can be sorted by quality, which a picture without a face lacks', () => {
    expect(html).toContain('<option value="quality">');
    const cards = html.match(/<article [^>]*>/g) ?? [];
    expect(cards.map((card) => /data-quality="([\d.]+)"/.test(card))).toEqual([true, false, false, true]);
    expect(html).toMatch(/ · quality \d+\.\d/);
  });

  test('says what covers a face, and tints it', () => {
    expect(html.match(/A mask or cloth covers the nose, mouth and chin/g)?.length).toBeGreaterThan(0);
    expect(html.match(/<path class="cover" d="M[\d. -]+Z/g)).toHaveLength(1);
  });

  test('escapes what comes from outside', () => {
    expect(html).toContain('no &amp; &quot;body&quot; &lt;1&gt;.png');
    expect(html).not.toContain('<1>');
  });

  test('loads nothing, and runs its own script only', () => {
    expect(html).toMatch(/Content-Security-Policy" content="default-src 'none'; img-src data:;/);
    expect(html.match(/(?:src|href)="(?!data:)[^"]*"/g)).toBeNull();
    expect(html).toMatch(/<\/html>\n$/);
  });

  test('a thumbnail is small', async () => {
    const uri = /<img src="data:image\/jpeg;base64,([^"]+)"/.exec(html)?.[1] ?? '';
    const { width, height } = await sharp(Buffer.from(uri, 'base64')).metadata();
    expect(Math.max(width, height)).toBe(320);
  });
});

test('with several faces, the line says which one LivePortrait takes', async () => {
  const group = new URL('../../examples/group.jpg', import.meta.url).pathname;
  expect((await check(group)).out).toMatch(
    /\(LivePortrait takes face \d of \d: \d+ x \d+ px at \d+, \d+\)$/m,
  );
});
