/** `check`: what it prints and ends with. In this process on one thread; what needs threads or pipes is started. */
import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { flat, noise, OBSTRUCTED, PASS } from './pictures.ts';
import { run } from './run.ts';
import { start } from './spawn.ts';

let folder: string;
let nobody: string;
let broken: string;
let text: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lpd-check-'));
  nobody = join(folder, 'nobody.png');
  broken = join(folder, 'broken.jpg');
  text = join(folder, 'text.jpg');
  await writeFile(nobody, await flat(320, 240, 'png'));
  await writeFile(broken, (await noise(320, 240)).subarray(0, 2000));
  await writeFile(text, 'no picture at all');
});
afterAll(() => rm(folder, { recursive: true }));

const check = (...args: string[]) => run(['check', '--jobs', '1', ...args]);
const rowsOf = (out: string) =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('the line of a picture', () => {
  test('that passes', async () => {
    expect(await check(PASS)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^pass {3}.*pass\.jpg/),
      err: '',
    });
  });

  test('that fails has its reason and what to do', async () => {
    const { code, out } = await check(nobody);
    expect(code).toBe(1);
    expect(out).toMatch(/^fail {3}\S*nobody\.png {2}face\.none {2}\S+/);
  });

  test('that cannot be inspected has the token and the advice', async () => {
    const { code, out } = await check(broken);
    expect(code).toBe(3);
    expect(out).toMatch(/^error {2}\S*broken\.jpg {2}image\.corrupt {2}.*Open the picture in an editor/);
  });

  test('that is no picture', async () => {
    expect((await check(text)).out).toMatch(/^error {2}\S*text\.jpg {2}image\.unsupported /);
  });
});

describe('the exit code', () => {
  test.each([
    ['0: all pass', () => [PASS], 0],
    ['1: one fails', () => [PASS, nobody], 1],
    ['3: one could not be inspected, whatever the others', () => [PASS, nobody, broken], 3],
    ['2: no such file', () => [PASS, join(folder, 'nowhere.jpg')], 2],
    ['2: no argument', () => [], 2],
    ['2: an unknown option', () => ['--quickly', PASS], 2],
    ['2: --csv and --json', () => ['--csv', '--json', PASS], 2],
    ['2: --jobs 0', () => ['--jobs', '0', PASS], 2],
  ])('%s', async (_, args, code) => {
    expect((await check(...args())).code).toBe(code);
  });

  test('a wrong call prints nothing on stdout', async () => {
    const { out, err } = await check(join(folder, 'nowhere.jpg'));
    expect(out).toBe('');
    expect(err).toContain('nowhere.jpg');
  });
});

test('a broken file is a row, and the pictures behind it are inspected', async () => {
  const { out, err } = await check(broken, PASS, text, nobody);
  expect(out.match(/^\w+/gm)).toEqual(['error', 'pass', 'error', 'fail']);
  expect(err).toBe('1 pass, 1 fail, 2 could not be inspected\n');
});

test('--json prints a line a picture: the whole inspection, or the error', async () => {
  const { out } = await check('--json', PASS, nobody, broken);
  const [passed, failed, unread] = rowsOf(out);
  expect(passed).toMatchObject({ file: PASS, pass: true, reason: null, image: { format: 'jpeg' } });
  expect(passed.subject.mesh).toHaveLength(468 * 3);
  expect(failed).toMatchObject({ file: nobody, pass: false, reason: 'face.none', subject: null });
  expect(unread).toEqual({
    file: broken,
    error: { code: 'image.corrupt', message: expect.any(String), advice: expect.any(String) },
  });
});

test('--csv has a line of names and a line a picture, quoted where needed', async () => {
  const odd = join(folder, 'a "b", c.png');
  await writeFile(odd, await flat(100, 80, 'png'));
  const { out } = await check('--csv', odd, PASS, OBSTRUCTED);
  const lines = out.trimEnd().split('\n');
  expect(lines[0]).toMatch(/^file,outcome,reason,advice,format,width,height,faces,/);
  expect(lines[1]).toContain(`${folder}/a ""b"", c.png",fail,face.none,`);
  expect(lines[1]).toContain(',png,100,80,0,');
  expect(lines[0]).toMatch(/,cover,covered,quality$/);
  expect(lines[2]).toMatch(/,pass,,.*,,,[\d.]+$/);
  expect(lines[3]).toMatch(/,cloth,nose mouth chin,[\d.]+$/);
  expect(lines).toHaveLength(4);
});

describe('--policy', () => {
  const withPolicy = async (policy: string) => {
    const file = join(folder, 'policy.json');
    await writeFile(file, policy);
    return check('--policy', file, PASS);
  };

  test('is what the picture is judged by', async () => {
    const { code, out } = await withPolicy('{"minFaceWidth": 1280}');
    expect(code).toBe(1);
    expect(out).toContain('face.small');
  });

  test.each([
    ['a limit that does not exist', '{"minFaceWith": 70}', 'minFaceWith'],
    ['a value out of range', '{"maxYaw": 100}', 'maxYaw'],
    ['no JSON', '{maxYaw: 10}', 'is not JSON'],
  ])('%s ends the call before a picture is read', async (_, policy, named) => {
    const { code, out, err } = await withPolicy(policy);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(named);
  });

  test('a file that is not there', async () => {
    expect((await check('--policy', join(folder, 'none.json'), PASS)).code).toBe(2);
  });
});

test('--fail-fast ends at the first that does not pass, and says how many are left', async () => {
  const { code, out, err } = await check('--fail-fast', PASS, nobody, broken, text);
  expect(out.match(/^\w+/gm)).toEqual(['pass', 'fail']);
  expect(code).toBe(1);
  expect(err).toContain('2 not looked at');
});

describe('what the arguments name', () => {
  let tree: string;
  beforeAll(async () => {
    tree = join(folder, 'tree');
    await mkdir(join(tree, 'below'), { recursive: true });
    for (const name of ['b.png', 'a.PNG', 'below/c.png', '.hidden.png', 'notes.txt']) {
      await writeFile(join(tree, name), await flat(64, 64, 'png'));
    }
    await writeFile(join(tree, 'odd.heic'), 'ftypheic');
  });
  const filesOf = async (...args: string[]) =>
    rowsOf((await check('--json', ...args)).out).map(({ file }) => file.slice(tree.length + 1));

  test('a folder is all pictures below it by name, those that are refused too', async () => {
    expect(await filesOf(tree)).toEqual(['a.PNG', 'b.png', 'below/c.png', 'odd.heic']);
  });

  test('a glob pattern that the shell left alone', async () => {
    expect(await filesOf(join(tree, '**', '[bc].png'))).toEqual(['b.png', 'below/c.png']);
  });

  test('a file named twice is inspected once', async () => {
    expect(await filesOf(join(tree, 'b.png'), join(tree, 'b.png'))).toEqual(['b.png']);
  });

  test.each(['empty', 'none*.png'])('%s: names nothing', async (name) => {
    await mkdir(join(folder, 'empty'), { recursive: true });
    expect((await check(join(folder, name))).code).toBe(2);
  });
});

test('- is the picture on standard input', async () => {
  const stdin = await flat(64, 64);
  const { code, out } = await run(['check', '-'], { stdin });
  expect(code).toBe(1);
  expect(out).toMatch(/^fail {3}- {2}face\.none/);
});

describe('10 MiB and more', () => {
  test('a file is refused without being read: this one could not be', async () => {
    const vast = join(folder, 'vast.jpg');
    const file = await open(vast, 'w');
    await file.truncate(2 ** 36);
    await file.close();
    const { code, out } = await check('--json', vast);
    expect(code).toBe(3);
    expect(rowsOf(out)[0].error.code).toBe('image.bytes');
  });

  test('standard input is refused too', async () => {
    const { out } = await run(['check', '--json', '-'], { stdin: new Uint8Array(10 * 1024 * 1024) });
    expect(rowsOf(out)[0].error.code).toBe('image.bytes');
  });
});

describe('many pictures, on threads', () => {
  test('rows come in the order of the arguments, however long each takes', async () => {
    const [slow, quick] = [join(folder, 'slow.jpg'), join(folder, 'quick.png')];
    await writeFile(slow, await noise(2000, 2000));
    await writeFile(quick, await flat(64, 64, 'png'));
    const files = [slow, quick, broken, PASS, nobody];
    const { code, out } = await start(['check', '--json', '--jobs', '3', ...files]).ended;
    expect(rowsOf(out).map(({ file }) => file)).toEqual(files);
    expect(code).toBe(3);
  });
});
