/** What two generators make of the API's description compiles, runs, and reads what the built service answers. */
import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { collectExamples } from '../../tools/docs/api-examples.ts';
import { cleanupAfterAll } from '../cleanup.ts';
import { prepareGenerators } from '../sdks/prepare.ts';
import { command, serve } from './serving.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

const run = promisify(execFile);
const PROGRAMS = fileURLToPath(new URL('../sdks/generated/', import.meta.url));
const EXAMPLES = new URL('../../src/server/api-examples.json', import.meta.url);
const PORTRAIT = readFileSync(new URL('../../examples/pass.jpg', import.meta.url));
const NAMES = ['with-openapi-fetch', 'with-hey-api'];
const COMPILER = [
  '--strict',
  '--skipLibCheck',
  '--noEmit',
  '--target',
  'es2023',
  '--lib',
  'es2023,dom,dom.iterable',
];

const generators = await prepareGenerators();

describe.skipIf(generators === undefined)('a generated client', () => {
  const cleanup = cleanupAfterAll();
  let folder: string;
  let env: NodeJS.ProcessEnv;
  const node = (...args: string[]) => run(process.execPath, args, { cwd: folder, env });
  const tool = (path: string) => join(folder, 'node_modules', path);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lpd-generated-'));
    cleanup(() => rmSync(folder, { recursive: true, force: true }));
    symlinkSync(join(generators ?? '', 'node_modules'), join(folder, 'node_modules'));
    writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
    const data = join(folder, 'data');
    const key = (await command(data, 'keys', 'create', '--name', 'one', '--qps', '1000')).trim();
    const { url } = await serve(cleanup, data);
    const server = createServer((_request, response) => response.end(PORTRAIT));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    cleanup(() => void server.close());
    const picture = `http://127.0.0.1:${(server.address() as AddressInfo).port}/pass.jpg`;
    env = { PATH: process.env.PATH, HOME: folder, BASE: url, KEY: key, PICTURE: picture };
    writeFileSync(join(folder, 'openapi.json'), await (await fetch(`${url}/openapi.json`)).text());
    for (const name of NAMES) copyFileSync(join(PROGRAMS, `${name}.ts`), join(folder, `${name}.ts`));
    await node(tool('openapi-typescript/bin/cli.js'), 'openapi.json', '-o', 'schema.d.ts');
    const hey = ['-i', 'openapi.json', '-o', 'hey', '-c', '@hey-api/client-fetch'];
    await node(tool('@hey-api/openapi-ts/bin/run.js'), ...hey);
  });

  it('compiles strictly', async () => {
    const files = NAMES.map((name) => `${name}.ts`);
    const modules = ['--module', 'esnext', '--moduleResolution', 'bundler'];
    await node(tool('typescript/bin/tsc'), ...COMPILER, ...modules, ...files).catch(({ stdout }) => {
      throw new Error(stdout);
    });
    // A member that is not there, and a status that is none, are told.
    const wrong = readFileSync(join(folder, 'with-openapi-fetch.ts'), 'utf8').replace('?.total', '?.totals');
    writeFileSync(join(folder, 'wrong.ts'), wrong);
    const failed = node(tool('typescript/bin/tsc'), ...COMPILER, ...modules, 'wrong.ts');
    await expect(failed).rejects.toMatchObject({ stdout: expect.stringContaining("'totals'") });
  });

  it.each(NAMES)('runs: %s', async (name) => {
    const outfile = join(folder, `${name}.js`);
    const options = { bundle: true, format: 'esm', platform: 'node', logLevel: 'silent' } as const;
    await build({ ...options, entryPoints: [join(folder, `${name}.ts`)], outfile });
    const { stdout } = await node(outfile);
    expect(JSON.parse(stdout)).toEqual({
      output: { pass: true, message: '' },
      images: 1,
      code: 'InvalidParameter',
      id: true,
      pass: true,
      checks: true,
      upload: 'string',
      total: 1,
    });
  });
});

it('the examples of the description are what the service answers', async () => {
  const ids = /"(?:[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{16}|\d{4}-\d\d-\d\dT[^"]*|[A-Za-z0-9+/=_-]{24,})"/g;
  const plain = (examples: object) =>
    JSON.stringify(examples)
      // What differs from one run to the next, and from one machine to the next.
      .replace(ids, '"…"')
      .replace(/(?:[0-9a-f]{8}-[0-9a-f-]{27}|dashscope-instant[^"\\]*)/g, '…')
      .replace(/-?\d+\.\d+(?:e-?\d+)?/g, '0.0');
  expect(plain(await collectExamples()), 'run: npx tsx tools/docs/api-examples.ts').toBe(
    plain(JSON.parse(readFileSync(EXAMPLES, 'utf8'))),
  );
});
