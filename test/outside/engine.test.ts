/** Native code and WebAssembly: installed without native parts, both beside each other, and other runtimes than Node. */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Inspection } from '../../src/core/inspection.ts';
import { createInspector, type NodeInspector } from '../../src/index.ts';
import { start } from '../cli/spawn.ts';
import { manyScans } from '../core/image/jpeg-writer.ts';
import { binaryOf, emptyProject, getTools, pack, QUIET, ROOT, runNode } from './installing.ts';
import { KEY, serve } from './serving.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 300_000 });

const execute = promisify(execFile);
const NOTE =
  'Native code does not load here: networks and decoding run in WebAssembly, which is slower (docs/engines.md).\n';
const EXAMPLES = join(ROOT, 'examples');
const PORTRAIT = readFileSync(join(EXAMPLES, 'pass.jpg'));

const PROGRAM = `import { readFile } from 'node:fs/promises';
import { createInspector } from 'liveportrait-detect';
const inspector = await createInspector();
const { pass, reason } = await inspector.inspect(await readFile(process.argv[2]));
console.log(JSON.stringify({ pass, reason, ...inspector.engines }));
await inspector.close();`;

const tools = await getTools();
if (tools === null) process.stderr.write('The npm registry is out of reach: no engine is tried installed.\n');

describe.skipIf(tools === null)('installed', () => {
  const tool = tools!;
  let archive = '';
  let project = '';
  let program = '';
  const cleanups: (() => unknown)[] = [];
  beforeAll(async () => {
    archive = await pack();
    project = emptyProject({ 'program.mjs': PROGRAM });
    cleanups.push(...[dirname(archive), project].map((folder) => () => rmSync(folder, { recursive: true })));
    const npm = tool('npm', 'bin/npm-cli.js');
    await runNode([npm, 'install', archive, '--omit=optional', ...QUIET], project);
    const installed = join(project, 'node_modules', 'liveportrait-detect');
    program = join(installed, 'bin', 'liveportrait-detect.js');
    rmSync(join(installed, 'dist', 'onnxruntime'), { recursive: true });
  });
  afterAll(async () => {
    for (const cleanup of cleanups.reverse()) await cleanup();
  });
  const call = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    start(args, { env, cwd: project }, program).ended;

  test('has no native part of ours, and says which engine runs', async () => {
    // npm leaves the empty folder of a scope.
    const { packages } = JSON.parse(
      readFileSync(join(project, 'node_modules', '.package-lock.json'), 'utf8'),
    );
    const native = /node_modules\/(?:sharp|@img\/.*|@libsql\/.*|@tensorflow\/.*)$/;
    expect(Object.keys(packages).filter((path) => native.test(path))).toEqual([]);
    expect(await call(['--version'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^\S+ \(wasm\)\n$/),
    });
    const { code, err } = await call(['--version'], { LPD_ENGINE: 'native' });
    expect([code, err]).toEqual([3, expect.stringContaining(' does not load')]);
  });

  test('check says the same of every example as the native one, and once that it is slower', async () => {
    const args = ['check', EXAMPLES];
    const [without, native] = [await call(args), await start(args).ended];
    expect(without.out).toBe(native.out);
    expect(without.err.split(NOTE)).toHaveLength(2);
    expect(native.err).not.toContain('WebAssembly');
  });

  test('the library says nothing and tells; nothing is made of text and run', async () => {
    const args = ['--disallow-code-generation-from-strings', 'program.mjs', join(EXAMPLES, 'pass.jpg')];
    const { stdout, stderr } = await execute(process.execPath, args, { cwd: project });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({ pass: true, networks: 'wasm', decoding: 'wasm' });
  });

  test('the store says what it lacks', async () => {
    const { code, err } = await call(['keys', 'create', '--name', 'a', '--data-dir', join(project, 'data')]);
    expect([code, err]).toEqual([3, expect.stringContaining('install with optional dependencies')]);
  });

  test('serve answers, draws and repairs, and bad pictures get the same answers', async () => {
    // The store is another subject.
    for (const name of ['libsql', '@libsql']) {
      const place = join(project, 'node_modules', name);
      rmSync(place, { recursive: true, force: true });
      symlinkSync(join(ROOT, 'node_modules', name), place);
    }
    const { url, said } = await serve((task) => cleanups.push(task), join(project, 'served'), {
      program,
      args: ['--metrics-port', '0', '--deadline-ms', '60000'],
    });
    const post = async (path: string, body: Uint8Array) => {
      const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/octet-stream' };
      const answer = await fetch(url + path, { method: 'POST', headers, body });
      return { status: answer.status, reason: answer.headers.get('x-reason'), text: await answer.text() };
    };
    const drawn = await post('/v1/inspect?annotated=png', PORTRAIT);
    expect(drawn).toMatchObject({
      status: 200,
      text: expect.stringContaining('data:image/png;base64,iVBOR'),
    });
    expect(await post('/v1/fix', readFileSync(join(EXAMPLES, 'small.jpg')))).toMatchObject({ status: 200 });
    expect(await post('/v1/inspect', manyScans(4096, 3000))).toMatchObject({
      status: 400,
      reason: 'image.too_complex',
    });
    expect(await post('/v1/inspect', PORTRAIT.subarray(0, PORTRAIT.length >> 1))).toMatchObject({
      status: 400,
      reason: 'image.corrupt',
    });
    const [, metrics = ''] = /"metrics":"([^"]+)"/.exec(said()) ?? [];
    expect(await (await fetch(metrics)).text()).toContain(
      'lpd_engine_info{networks="wasm",decoding="wasm"} 1',
    );
    expect(said().split(NOTE)).toHaveLength(2);
  });

  test.each([
    ['bun', ['run']],
    ['deno', ['run', '--allow-all', '--node-modules-dir=manual']],
  ] as const)('%s runs the library', async (name, args) => {
    const folder = emptyProject({ 'program.mjs': PROGRAM });
    cleanups.push(() => rmSync(folder, { recursive: true }));
    await runNode([tool('npm', 'bin/npm-cli.js'), 'install', archive, ...QUIET], folder);
    const binary = binaryOf(dirname(tool(name, 'package.json')), name);
    if (binary === null) {
      process.stderr.write(`There is no ${name} for this machine: it is not tried.\n`);
      return;
    }
    const picture = join(EXAMPLES, 'pass.jpg');
    const { stdout } = await execute(binary, [...args, 'program.mjs', picture], { cwd: folder });
    expect(JSON.parse(stdout)).toMatchObject({ pass: true });
  });
});

describe('both in one process', () => {
  let native: NodeInspector;
  let wasm: NodeInspector;
  beforeAll(async () => {
    native = await createInspector({ engine: 'native' });
    wasm = await createInspector({ engine: 'wasm' });
  });
  afterAll(async () => {
    await Promise.all([native.close(), wasm.close()]);
  });

  const folders = [EXAMPLES, join(ROOT, 'test', 'fixtures', 'drawn')];
  const files = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.jpg'))
      .map((name) => join(folder, name)),
  );
  test.each(files)('%s: the same verdict, and points less than a pixel apart', async (file) => {
    const bytes = readFileSync(file);
    const [one, other] = [await native.inspect(bytes), await wasm.inspect(bytes)];
    const told = ({ pass, reason, checks, faces }: Inspection) => ({
      pass,
      reason,
      faces: faces.length,
      checks: checks.map(({ id, status }) => `${id} ${status}`),
    });
    expect(told(other)).toEqual(told(one));
    const [mesh, otherMesh] = [one.subject?.mesh ?? [], other.subject?.mesh ?? []];
    expect(otherMesh).toHaveLength(mesh.length);
    const furthest = Array.from(mesh, (value, i) => Math.abs(value - Number(otherMesh[i])));
    expect(Math.max(0, ...furthest)).toBeLessThan(1);
  });
});

test.each([['check', EXAMPLES], ['--version'], ['serve', '--port', '0']])(
  'an unknown engine is a wrong call of %s',
  async (...args) => {
    const { code, err } = await start(args, { env: { LPD_ENGINE: 'gpu' } }).ended;
    expect([code, err]).toEqual([
      2,
      expect.stringContaining('LPD_ENGINE: "gpu" is neither native nor wasm.'),
    ]);
    await expect(createInspector({ engine: 'gpu' as 'wasm' })).rejects.toMatchObject({
      code: 'option.invalid',
      message: 'engine: "gpu" is neither native nor wasm.',
    });
  },
);
