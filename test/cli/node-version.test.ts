/** A Node that cannot run us is told so, in a line. The versions that can are those of package.json. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { satisfies } from 'semver';
import { expect, test } from 'vitest';
import { BIN } from './spawn.ts';

const { engines } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

/** Starts the command line in a process that says that it is of these versions. */
function startAs(versions: Readonly<Record<string, string>>): Promise<{ code: unknown; stderr: string }> {
  const claim = `Object.defineProperty(process, 'versions', { value: { ...process.versions, ...${JSON.stringify(versions)} } })`;
  const args = ['--import', `data:text/javascript,${encodeURIComponent(claim)}`, BIN, 'keys', '--help'];
  return new Promise((resolve) => {
    execFile(process.execPath, args, (error, _stdout, stderr) => resolve({ code: error?.code ?? 0, stderr }));
  });
}

test.each([
  '12.22.12',
  '18.20.8',
  '19.9.0',
  '20.18.3',
  '20.19.0',
  '20.20.2',
  '21.7.3',
  '22.11.0',
  '22.12.0',
  '22.23.5',
  '23.11.0',
  '24.0.0',
  '25.1.0',
  '100.0.0',
])('Node %s', async (node) => {
  const needs = `liveportrait-detect needs Node 20.19, 22.12, or 24 and newer; this is ${node}.\n`;
  const told = satisfies(node, engines.node) ? { code: 0, stderr: '' } : { code: 2, stderr: needs };
  expect(await startAs({ node })).toEqual(told);
});

test.each(['bun', 'deno'])('%s runs, whatever Node it resembles', async (name) => {
  expect(await startAs({ node: '18.0.0', [name]: '1.0.0' })).toEqual({ code: 0, stderr: '' });
});
