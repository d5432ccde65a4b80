/** Projects of others that use the judge in a page: their bundlers, our packed archive, and the examples that people copy. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build as buildByEsbuild } from 'esbuild';
import { build as buildByVite, createServer as createViteServer } from 'vite';
import { freePort } from '../free-port.ts';
import { emptyProject, pack, QUIET, ROOT, run } from './installing.ts';

const execute = promisify(execFile);

/** What is not among our own development dependencies, as whoever follows the examples gets it. */
const BUNDLERS = { webpack: '5.113.0', react: '19.3.1', 'react-dom': '19.3.1' };
/** Takes 300 MB. */
const NEXT = { next: '16.4.6' };

/** Files that the bundle of a page looks for beside it. */
const JUDGE_FILE = /^worker\.js$|\.(?:wasm|bin|json)$/;

/** A folder with the examples, their bundlers, and our archive unpacked: in a page it needs no other package. */
export async function makeProject(withNext: boolean): Promise<string> {
  const folder = emptyProject();
  const dependencies = { ...BUNDLERS, ...(withNext && NEXT) };
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ private: true, type: 'module', dependencies }),
  );
  await run('npm', ['install', '--ignore-scripts', ...QUIET], folder);
  const ours = join(folder, 'node_modules/liveportrait-detect');
  mkdirSync(ours);
  await execute('tar', ['xzf', await pack(), '-C', ours, '--strip-components=1']);
  cpSync(join(ROOT, 'examples/integrations'), folder, { recursive: true });
  return folder;
}

/** What builds an example of a project; gives the folder that a server of files can serve. */
export const BUILDS: Readonly<Record<string, (project: string) => Promise<string>>> = {
  async 'no bundler'(project) {
    const out = copyPage(project, 'file-input', 'plain');
    cpSync(join(project, 'file-input/main.js'), join(out, 'main.js'));
    cpSync(join(project, 'node_modules/liveportrait-detect/dist/browser'), join(out, 'judge'), {
      recursive: true,
    });
    return out;
  },
  async esbuild(project) {
    const out = copyPage(project, 'upload-form', 'esbuild');
    await buildByEsbuild({
      absWorkingDir: project,
      entryPoints: ['upload-form/main.js'],
      outdir: out,
      bundle: true,
      format: 'esm',
    });
    // The step that docs/integrations.md names.
    const judge = join(project, 'node_modules/liveportrait-detect/dist/browser');
    for (const file of readdirSync(judge).filter((name) => JUDGE_FILE.test(name))) {
      cpSync(join(judge, file), join(out, file));
    }
    return out;
  },
  async 'webpack 5'(project) {
    const out = copyPage(project, 'upload-form', 'webpack');
    writeFileSync(join(project, 'build.js'), WEBPACK);
    await execute(process.execPath, ['build.js', out], { cwd: project });
    return out;
  },
  async Vite(project) {
    const outDir = join(project, 'out/vite');
    await buildByVite({
      root: join(project, 'upload-form'),
      base: './',
      logLevel: 'error',
      build: { outDir },
    });
    return outDir;
  },
  async 'Vite, with React'(project) {
    const outDir = join(project, 'out/react');
    await buildByVite({ root: join(project, 'react'), base: './', logLevel: 'error', build: { outDir } });
    return outDir;
  },
};

/** Its own defaults but for the minifier, which takes longer than all the rest. */
const WEBPACK = `
import webpack from 'webpack';
const path = process.argv[2];
webpack({ entry: './upload-form/main.js', mode: 'production', optimization: { minimize: false }, output: { path, filename: 'main.js' } }, (error, stats) => {
  if (error || stats.hasErrors()) throw error ?? new Error(stats.toString());
});`;

/** A folder with an example's page and nothing else. */
function copyPage(project: string, example: string, name: string): string {
  const out = join(project, 'out', name);
  mkdirSync(out, { recursive: true });
  cpSync(join(project, example, 'index.html'), join(out, 'index.html'));
  return out;
}

/** A server of a page that a bundler runs. */
interface Server {
  readonly address: string;
  close(): Promise<void>;
}

/** Vite's server for development, which bundles packages beforehand. */
export async function serveByVite(project: string): Promise<Server> {
  const server = await createViteServer({
    root: join(project, 'react'),
    server: { host: '127.0.0.1' },
    logLevel: 'error',
  });
  await server.listen();
  return { address: server.resolvedUrls?.local[0] ?? '', close: () => server.close() };
}

/** Builds the example for Next.js, and starts it. */
export async function serveByNext(project: string): Promise<Server> {
  const cwd = join(project, 'nextjs');
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' } as const;
  const next = join(project, 'node_modules/next/dist/bin/next');
  writeFileSync(join(cwd, 'package.json'), '{ "private": true }');
  await execute(process.execPath, [next, 'build'], { cwd, env });
  const port = await freePort();
  const child = spawn(process.execPath, [next, 'start', '-H', '127.0.0.1', '-p', String(port)], { cwd, env });
  for await (const text of child.stdout) if (String(text).includes('Ready')) break;
  return {
    address: `http://127.0.0.1:${port}/`,
    async close() {
      child.kill();
      await once(child, 'exit');
    },
  };
}
