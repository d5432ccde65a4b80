/** docs/privacy.md, of the library and the commands: what they send, read and write, under strace. */
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { serveHere } from '../serve-here.ts';
import { HAS_FFMPEG, makeFilm } from './films.ts';
import { KEY, serve } from './serving.ts';
import { EXAMPLES, makeTrace, NOTHING, ROOT, run, servePicture, untold, writeProgram } from './traced.ts';
import { CAN_TRACE } from './tracing.ts';

// Each system call of a traced process costs it a stop.
vi.setConfig({ testTimeout: 180_000 });

const LIBRARY = new URL('../../dist/index.js', import.meta.url).href;
/** Where the networks are. */
const WEIGHTS = join(ROOT, 'dist/models/');
const WEIGHTS_USED = ['detector.onnx', 'glance.onnx', 'mesh.onnx', 'surface.onnx'];

describe.skipIf(!CAN_TRACE)('under strace', () => {
  test('a program that sends, looks up, writes and pries is seen doing so', async () => {
    const trace = makeTrace();
    const host = await servePicture();
    const spy = writeProgram(
      trace,
      `import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { lookup } from 'node:dns/promises';
import { Worker, isMainThread } from 'node:worker_threads';
if (isMainThread) new Worker(new URL(import.meta.url));
else {
  mkdirSync(homedir() + '/.cache');
  writeFileSync(tmpdir() + '/mat-debug.log', '');
  try { readFileSync('/etc/machine-id'); } catch {}
  await lookup('localhost');
  await fetch('http://${host}/');
}`,
    );
    expect((await run(trace, [], spy)).code).toBe(0);
    const { sent, written, pried } = trace.seen();
    expect(sent).toContain(host);
    expect(written).toEqual([join(trace.home, '.cache'), join(trace.temporary, 'mat-debug.log')]);
    expect(pried).toEqual(
      expect.arrayContaining(['/etc/machine-id', '/etc/hosts', join(trace.home, '.cache')]),
    );
    expect(untold(trace)).toContain('/etc/machine-id');
    expect(trace.left()).toEqual(['.cache', 'mat-debug.log']);
  });

  test('the library, in a program and in a thread of it', async () => {
    const trace = makeTrace();
    const user = writeProgram(
      trace,
      `import { readFile } from 'node:fs/promises';
import { Worker, isMainThread } from 'node:worker_threads';
import { createInspector } from '${LIBRARY}';
const inspector = await createInspector();
const { pass } = await inspector.inspect(await readFile('${EXAMPLES}pass.jpg'));
await inspector.close();
console.log(pass);
if (isMainThread) new Worker(new URL(import.meta.url));`,
    );
    expect((await run(trace, [], user)).out).toBe('true\ntrue\n');
    expect(trace.seen()).toEqual(NOTHING);
    expect(untold(trace)).toEqual([]);
    // None that tells persons apart.
    const weights = trace.read([]).filter((path) => path.startsWith(WEIGHTS));
    expect(weights.map((path) => path.slice(WEIGHTS.length))).toEqual(WEIGHTS_USED);
    expect(trace.left()).toEqual([]);
  });

  test('check, with everything that it can write', async () => {
    const trace = makeTrace();
    const [sheet, drawn] = [join(trace.folder, 'sheet.html'), join(trace.folder, 'drawn')];
    const { code } = await run(trace, ['check', EXAMPLES, '--report', sheet, '--annotate', drawn]);
    expect(code).toBe(1);
    const { written, ...rest } = trace.seen({ into: [drawn] });
    expect({ ...rest, written: [] }).toEqual(NOTHING);
    // A report is written beside its place, and moved there when it is whole.
    const isDraft = (path: string) => /^\.[0-9a-f]{12}\.part$/.test(relative(trace.folder, path));
    expect(written.filter((path) => path !== sheet && !isDraft(path))).toEqual([]);
    expect(written).toContain(sheet);
    expect(untold(trace, [sheet, drawn])).toEqual([]);
    expect(trace.left()).toEqual([]);
  });

  test('fix', async () => {
    const trace = makeTrace();
    const pictures = join(trace.folder, 'pictures');
    const repaired = join(trace.folder, 'repaired');
    await mkdir(pictures);
    for (const name of ['group.jpg', 'small.jpg']) await copyFile(EXAMPLES + name, join(pictures, name));
    expect((await run(trace, ['fix', pictures, '-o', repaired])).code).toBe(1);
    expect(trace.seen({ into: [repaired] })).toEqual(NOTHING);
    expect(untold(trace, [pictures, repaired])).toEqual([]);
    expect(trace.left()).toEqual([]);
  });

  test('best of pictures, and check --sort, whose rows are in a file that is gone', async () => {
    const trace = makeTrace();
    const chosen = join(trace.folder, 'chosen');
    expect((await run(trace, ['best', EXAMPLES, '--top', '2', '--out', chosen])).code).toBe(0);
    expect(trace.seen({ into: [chosen] })).toEqual(NOTHING);
    expect(untold(trace, [chosen])).toEqual([]);
    const sorting = makeTrace();
    await run(sorting, ['check', '--sort', 'quality', `${EXAMPLES}pass.jpg`, `${EXAMPLES}small.jpg`]);
    const { written, ...rest } = sorting.seen();
    expect({ ...rest, written: [] }).toEqual(NOTHING);
    expect(written.filter((path) => !path.startsWith(join(sorting.temporary, 'lpd-sort-')))).toEqual([]);
    expect(sorting.left()).toEqual([]);
  });

  test.skipIf(!HAS_FFMPEG)('best of a film (skipped without ffmpeg)', async () => {
    const trace = makeTrace();
    const [film, chosen] = [join(trace.folder, 'film.mp4'), join(trace.folder, 'chosen')];
    makeFilm('-loop', '1', '-t', '1', '-i', `${EXAMPLES}pass.jpg`, '-r', '5', '-c:v', 'mpeg4', film);
    const { code } = await run(trace, ['best', film, '--top', '1', '--out', chosen]);
    expect(code).toBe(0);
    expect(trace.seen({ into: [chosen] })).toEqual(NOTHING);
    expect(untold(trace, [film, chosen])).toEqual([]);
    expect(trace.left()).toEqual([]);
  });

  test('evaluate, keys, usage', async () => {
    const trace = makeTrace();
    const labelled = join(trace.folder, 'labelled');
    const labels = join(labelled, 'labels.tsv');
    await mkdir(labelled);
    await copyFile(`${EXAMPLES}pass.jpg`, join(labelled, 'pass.jpg'));
    await writeFile(labels, 'file\texpected\npass.jpg\tpass\n');
    const store = ['--data-dir', trace.data];
    for (const args of [
      ['evaluate', labels],
      ['keys', 'create', '--name', 'somebody', ...store],
      ['usage', ...store],
    ]) {
      expect(await run(trace, args)).toMatchObject({ code: 0 });
      expect(trace.seen({ into: [trace.data] }), args[0]).toEqual(NOTHING);
      expect(untold(trace, [labelled]), args[0]).toEqual([]);
    }
    expect(trace.left()).toEqual([]);
  });

  test('check and fix with addresses ask these and their redirects', async () => {
    const trace = makeTrace();
    const pictures = await servePicture();
    const first = await serveHere((_request, response) =>
      response.writeHead(302, { location: `http://${pictures}/there.jpg` }).end(),
    );
    const outputs = join(trace.folder, 'outputs');
    await mkdir(outputs);
    trace.env.LPD_DOWNLOAD_ALLOW = '127.0.0.0/8';
    for (const args of [['check'], ['fix', '-o', join(outputs, 'it.jpg')]]) {
      expect(await run(trace, [...args, `http://${first}/here.jpg`])).toMatchObject({ code: 0 });
      const { sent, ...rest } = trace.seen({ into: [outputs] });
      expect({ sent: [], ...rest }).toEqual(NOTHING);
      expect([...new Set(sent)], args[0]).toEqual([first, pictures]);
      expect(untold(trace, [outputs])).toEqual([]);
    }
    expect(trace.left()).toEqual([]);
  });

  test('check --server and submit speak to that server only', async () => {
    const trace = makeTrace();
    const service = await serve((task) => onTestFinished(task), join(trace.folder, 'elsewhere'));
    const { host } = new URL(service.url);
    const [list, outputs] = [join(trace.folder, 'list.txt'), join(trace.folder, 'outputs')];
    await mkdir(outputs);
    await writeFile(list, `http://${await servePicture()}/one.jpg\n`);
    trace.env.LPD_API_KEY = KEY;
    for (const args of [
      ['check', `${EXAMPLES}pass.jpg`],
      ['submit', list, '-o', join(outputs, 'results.ndjson')],
    ]) {
      expect(await run(trace, [...args, '--server', service.url])).toMatchObject({ code: 0 });
      const { sent, ...rest } = trace.seen({ into: [outputs] });
      expect({ sent: [], ...rest }).toEqual(NOTHING);
      expect([...new Set(sent)], args[0]).toEqual([host]);
      expect(untold(trace, [list, outputs])).toEqual([]);
    }
    expect(trace.left()).toEqual([]);
  });
});
