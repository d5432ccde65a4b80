/** `evaluate`: a labelled set, its table and its floors. */
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { flat, OBSTRUCTED, PASS } from './pictures.ts';
import { run } from './run.ts';

let folder: string;
let manifest: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lpd-evaluate-'));
  manifest = join(folder, 'labels.tsv');
  await copyFile(PASS, join(folder, 'good.jpg'));
  await writeFile(join(folder, 'nobody.png'), await flat(320, 240, 'png'));
  await writeFile(join(folder, 'odd.png'), await flat(320, 240, 'png'));
  await writeFile(join(folder, 'text.jpg'), 'no picture');
  const rows = [
    'file\tgroup\texpected\treason\tyaw',
    'good.jpg\tpeople\tpass\t\t0',
    'odd.png\tpeople\tpass\t\t0',
    'nobody.png\tthings\tfail\tno_face\t',
    'text.jpg\tthings\tfail\tunsupported\t',
    'good.jpg\tpeople\teither\t\t',
  ];
  await writeFile(manifest, `${rows.join('\n')}\n`);
});
afterAll(() => rm(folder, { recursive: true }));

const evaluate = (...args: string[]) => run(['evaluate', '--jobs', '1', ...args]);

test('the table says how many were judged as expected, and names those that were not', async () => {
  const { code, out } = await evaluate(manifest);
  expect(code).toBe(0);
  expect(out).toMatch(/^people +pass +– +2 +1 +1 +0 +50\.0% +9\.5% – 90\.5% +– +face\.none 1$/m);
  expect(out).toMatch(
    /^things +fail +no_face +1 +0 +1 +0 +100\.0% +20\.7% – 100\.0% +100\.0% +face\.none 1$/m,
  );
  expect(out).toMatch(
    /^things +fail +unsupported +1 +0 +0 +1 +100\.0% +20\.7% – 100\.0% +100\.0% +image\.unsupported 1$/m,
  );
  expect(out).toMatch(/^people +either .* – /m);
  expect(out).toMatch(/^2 of 2 rightly refused for the true reason \(100\.0%\)$/m);
  expect(out).toMatch(/^1 misjudged\nodd\.png +expected pass +got fail +face\.none$/m);
});

test.each(['utf8', 'utf16le'] as const)(
  'labels as Excel saves them are read: %s with a mark',
  async (encoding) => {
    const saved = join(folder, `labels-${encoding}.tsv`);
    const text = (await readFile(manifest, 'utf8')).replaceAll('\n', '\r\n').replaceAll('people', '人像');
    await writeFile(saved, `\uFEFF${text}`, encoding);
    const { code, out } = await evaluate(saved);
    expect(code).toBe(0);
    expect(out).toContain('人像');
  },
);

test('--report writes one file with the misjudged picture in it, --sweep proposes limits', async () => {
  const report = join(folder, 'report.html');
  const { code, out } = await evaluate('--report', report, '--sweep', '50', manifest);
  expect(code).toBe(0);
  expect(out).toMatch(/^LIMIT +NOW +CATCHES/m);
  expect(out).toMatch(/^minHuman +0\.75 /m);
  const html = await readFile(report, 'utf8');
  expect(html).toContain('odd.png');
  expect(html).toContain('data:image/jpeg;base64,');
});

test('what covers a face is named in the table, in the list, in JSON and in the report', async () => {
  await copyFile(OBSTRUCTED, join(folder, 'mask.jpg'));
  const labels = join(folder, 'masks.tsv');
  await writeFile(labels, 'file\texpected\treason\nmask.jpg\tfail\tobstructed\nmask.jpg\tpass\t\n');
  const report = join(folder, 'masks.html');
  const { out } = await evaluate('--report', report, labels);
  expect(out).toMatch(/^all +fail +obstructed .* face\.obstructed 1 \(cloth 1\)$/m);
  expect(out).toMatch(/^mask\.jpg +expected pass +got fail +face\.obstructed \(cloth\)$/m);
  expect(await readFile(report, 'utf8')).toContain(
    'got face.obstructed</p><p>A mask or cloth covers the nose, mouth and chin.',
  );
  const { groups, misjudged } = JSON.parse((await evaluate('--json', labels)).out);
  expect(groups[0]).toMatchObject({ covers: { cloth: 1 } });
  expect(misjudged[0].cover).toEqual({ class: 'cloth', regions: ['nose', 'mouth', 'chin'] });
});

test('--sweep wants a percentage', async () => {
  expect(await evaluate('--sweep', 'many', manifest)).toMatchObject({ code: 2, out: '' });
});

test('--json gives the same for a program', async () => {
  const { groups, misjudged } = JSON.parse((await evaluate('--json', manifest)).out);
  expect(groups).toContainEqual(expect.objectContaining({ group: 'people', expected: 'pass', right: 0.5 }));
  expect(misjudged).toEqual([
    expect.objectContaining({ file: 'odd.png', outcome: 'fail', token: 'face.none' }),
  ]);
});

describe('--floor', () => {
  const held = async (floors: unknown) => {
    const file = join(folder, 'floors.json');
    await writeFile(file, typeof floors === 'string' ? floors : JSON.stringify(floors));
    return evaluate('--floor', file, manifest);
  };
  const people = { name: 'people pass', where: { expected: ['pass'], group: ['people'] }, outcome: ['pass'] };

  test('is held at exactly its share', async () => {
    const { code, err } = await held([{ ...people, share: 0.5 }]);
    expect(code).toBe(0);
    expect(err).toMatch(/^held +people pass +50\.0% +of 2 +50\.0% wanted$/m);
  });

  test('above the share ends with 1', async () => {
    const { code, err } = await held([{ ...people, share: 0.51 }]);
    expect(code).toBe(1);
    expect(err).toMatch(/^BELOW +people pass/m);
  });

  test('one of several that is not held is enough', async () => {
    const tokens = { name: 'x', where: { reason: ['no_face'] }, token: ['face.none'], share: 1 };
    expect((await held([tokens])).code).toBe(0);
    expect((await held([tokens, { ...people, share: 1 }])).code).toBe(1);
  });

  test('that finds no picture is not held', async () => {
    const { code, err } = await held([{ ...people, where: { group: ['nobody'] }, share: 0 }]);
    expect(code).toBe(1);
    expect(err).toMatch(/^BELOW +people pass +– +no picture matches +0\.0% wanted$/m);
  });

  test.each(['[{"name": "x"}]', '{no JSON'])('%s: cannot be read', async (floors) => {
    expect((await held(floors)).code).toBe(2);
  });
});

test.each([
  ['no such column', 'path\texpected\nx\tpass\n'],
  ['an expectation that does not exist', 'file\texpected\nx\tperhaps\n'],
])('a manifest with %s is a wrong call', async (_, text) => {
  const file = join(folder, 'wrong.tsv');
  await writeFile(file, text);
  const { code, out, err } = await evaluate(file);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain('manifest');
});

test('a manifest that is not there is a wrong call', async () => {
  expect((await evaluate(join(folder, 'none.tsv'))).code).toBe(2);
});
