/** The package in the projects of others: packed, installed where nothing but the registry is reached, and used. */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { copyFile, mkdir, symlink } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { emptyProject, getTools, pack, QUIET, ROOT, run, runNode } from './installing.ts';
import { PICTURE, PROGRAMS, USED } from './library-use.ts';

// Programs start, compilers run and packages are unpacked, on machines that others share.
vi.setConfig({ testTimeout: 180_000 });

const TYPED = `
async function judge(bytes: Uint8Array): Promise<string> {
  const inspector: Inspector = await createInspector({ policy: { minFaceWidth: DEFAULT_POLICY.minFaceWidth } });
  const onStage = (stage: 'header' | 'decode' | 'detect' | 'mesh' | 'checks') => console.log(stage);
  const { pass, reason, subject }: Inspection = await inspector.inspect(bytes, { onStage, signal: AbortSignal.timeout(9) });
  const { steps, picture } = await repair(bytes, { inspect: (view) => inspector.inspect(view) });
  const freed: Promise<void> = inspector[Symbol.asyncDispose]();
  await freed;
  // @ts-expect-error a policy has no such limit, which shows that types are there at all
  await createInspector({ policy: { minimum: 1 } });
  return \`\${pass} \${reason} \${subject?.pose.yaw} \${steps.length} \${picture?.bytes.length}\`;
}
async function ask(client: Client, picture: Blob | Uint8Array, signal: AbortSignal): Promise<string> {
  const { pass, requestId } = await client.detect(picture, { signal });
  const { inspection } = await client.inspect('https://a.example/', { policy: { maxYaw: 30 } });
  for await (const line of client.jobs.follow('id', { after: 1 })) if ('error' in line) console.log(line.error.code);
  // @ts-expect-error an address of a service is needed
  createClient({ apiKey: 'key' });
  return \`\${pass} \${requestId} \${inspection.subject?.pose.yaw}\`;
}
ask(createClient({ baseUrl: new URL('https://a.example'), fetch }), new Blob([]), AbortSignal.timeout(9)).catch((error: unknown) => {
  const status: number | null = error instanceof ServiceError ? error.status : null;
  console.log(status);
});
judge(new Uint8Array(1)).catch((error: unknown) => {
  const code: ErrorCode | null = error instanceof DetectError ? error.code : null;
  console.log(code);
});`;
const NAMES =
  'createInspector, DEFAULT_POLICY, DetectError, repair, type ErrorCode, type Inspection, type Inspector';
const IMPORTS = `import { ${NAMES} } from 'liveportrait-detect';
import { type Client, createClient, ServiceError } from 'liveportrait-detect/client';`;
const TYPED_PROGRAMS = { 'typed.mts': IMPORTS + TYPED, 'typed.cts': IMPORTS + TYPED };

/** What pages tell those who have the repository. */
const OF_THE_REPOSITORY = /^CONTRIBUTING\.md$|^bench\//;

const tools = await getTools();
if (tools === null) process.stderr.write('The npm registry is out of reach: no installation is tried.\n');

describe.skipIf(tools === null)('packed and installed', () => {
  const tool = tools!;
  const folders: string[] = [];
  let archive = '';
  let project = '';
  beforeAll(async () => {
    archive = await pack();
    project = emptyProject({ ...PROGRAMS, ...TYPED_PROGRAMS });
    folders.push(dirname(archive), project);
    // The npm that comes with Node 20 and 22 runs the install scripts of dependencies without asking.
    const npm = tool('npm', 'bin/npm-cli.js');
    await runNode([npm, 'install', archive, '--engine-strict', ...QUIET], project);
  }, 300_000);
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  test('nothing that came along wants to run anything while it is installed', () => {
    const manifests = readdirSync(join(project, 'node_modules'), { recursive: true, encoding: 'utf8' })
      .filter((path) => /(?:^|node_modules[\\/])(?:@[^\\/]+[\\/])?[^\\/@]+[\\/]package\.json$/.test(path))
      .map((path) => JSON.parse(readFileSync(join(project, 'node_modules', path), 'utf8')));
    expect(manifests.length).toBeGreaterThan(50);
    const scripted = manifests.filter(({ scripts = {} }) =>
      ['preinstall', 'install', 'postinstall'].some((name) => name in scripts),
    );
    expect(scripted.map(({ name }) => name)).toEqual([]);
  });

  test('all that came along is from the registry', async () => {
    const registry = await runNode([tool('npm', 'bin/npm-cli.js'), 'config', 'get', 'registry'], project);
    const lock = JSON.parse(readFileSync(join(project, 'node_modules', '.package-lock.json'), 'utf8'));
    const packages = Object.values<{ resolved?: string }>(lock.packages);
    // Users can have npm leave out the addresses in the registry; it tells all others then.
    const sources = packages.flatMap(({ resolved }) => (resolved === undefined ? [] : [resolved]));
    const others = sources
      .filter((source) => !source.startsWith('file:'))
      .map((source) => new URL(source).origin);
    expect(sources.length - others.length, 'our own').toBe(1);
    // npm writes the public registry's name for a mirror, too.
    const known = [new URL(registry.trim()).origin, 'https://registry.npmjs.org'];
    expect(others.filter((origin) => !known.includes(origin))).toEqual([]);
  });

  test('it holds what its pages lead to, and nothing of the machine that packed it', () => {
    const home = join(project, 'node_modules', 'liveportrait-detect');
    const files = readdirSync(home, { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(home, join(entry.parentPath, entry.name)));
    expect(
      files.filter((file) => /\.map$|\.test\.|(?<!\.d)\.ts$|^(?:test|src|tools|bench)\//.test(file)),
    ).toEqual([]);
    const texts = files.filter((file) => /\.(?:[cm]?js|json|md|html|css|ts|cts)$/.test(file));
    const read = (file: string) => readFileSync(join(home, file), 'utf8');
    expect(
      texts.filter((file) => [ROOT, join(homedir(), '/')].some((path) => read(file).includes(path))),
    ).toEqual([]);
    const pages = files.filter((file) => /^(?!dist\/).*\.md$/.test(file));
    expect(pages.length).toBeGreaterThan(30);
    const dead = pages.flatMap((page) =>
      [...read(page).matchAll(/\]\((?!https?:)([^)\s#]+)/g)]
        .map(([, target = '']) => join(dirname(page), target))
        .filter((target) => !OF_THE_REPOSITORY.test(target) && !existsSync(join(home, target)))
        .map((target) => `${page}: ${target}`),
    );
    expect(dead).toEqual([]);
  });

  const nodes = [
    ['20', () => process.execPath],
    ['22', () => tool('node22', 'bin/node')],
    ['24', () => tool('node24', 'bin/node')],
  ] as const;
  describe.concurrent.each(nodes)('on Node %s', (major, node) => {
    test.each(Object.keys(PROGRAMS))('%s', async (program) => {
      if (major !== '20') expect(await runNode(['--version'], project, node())).toMatch(`v${major}.`);
      expect(JSON.parse(await runNode([program, PICTURE], project, node()))).toEqual(USED);
    });

    test('the command line', async () => {
      const bin = join('node_modules', 'liveportrait-detect', 'bin', 'liveportrait-detect.js');
      expect(await runNode([bin, 'check', PICTURE], project, node())).toMatch(/^pass /);
    });
  });

  describe.each(['typescript-5.4', 'typescript-7'] as const)('types, with %s', (typescript) => {
    const check = (folder: string, ...options: string[]) => {
      const strict = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--target', 'es2022'];
      return runNode([tool(typescript, 'bin/tsc'), ...strict, ...options], folder);
    };
    test('as Node resolves modules, ESM and CommonJS', async () => {
      expect(await check(project, '--module', 'node16', 'typed.mts', 'typed.cts')).toBe('');
    });

    // TypeScript 7 has it no longer.
    if (typescript !== 'typescript-7') {
      test('as TypeScript resolved modules for CommonJS before', async () => {
        const options = ['--module', 'commonjs', '--moduleResolution', 'node10'];
        expect(await check(project, ...options, 'typed.cts')).toBe('');
      });
    }

    test('with the types of Node, without those of a browser; as a bundler resolves modules', async () => {
      const folder = join(project, typescript);
      await mkdir(join(folder, 'node_modules', '@types'), { recursive: true });
      await symlink(tool('types-node', ''), join(folder, 'node_modules', '@types', 'node'));
      await copyFile(join(project, 'typed.mts'), join(folder, 'typed.mts'));
      const options = ['--module', 'es2022', '--moduleResolution', 'bundler', '--lib', 'es2022'];
      expect(await check(folder, ...options, '--types', 'node', 'typed.mts')).toBe('');
    });
  });

  test('pnpm installs it too, which hides what a package does not name', async () => {
    const other = emptyProject(PROGRAMS);
    folders.push(other);
    await runNode([tool('pnpm', 'bin/pnpm.cjs'), 'add', archive, '--prefer-offline', '--silent'], other);
    expect(JSON.parse(await runNode(['program.mjs', PICTURE], other))).toEqual(USED);
    const shim = join(other, 'node_modules', '.bin', 'liveportrait-detect');
    expect(await run(shim, ['check', PICTURE], other)).toMatch(/^pass /);
  });
});
