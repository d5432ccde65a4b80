/** What an installation of a clone builds: nothing, where dist/ is what a build would make. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../store/temporary.ts';

const TOOLS = fileURLToPath(new URL('../../../tools/package', import.meta.url));
const BUILD = `require('node:fs').appendFileSync('dist/builds', 'x')`;

test('a clone is built once, and again when its sources change; it says so', async () => {
  const root = await temporaryDirectory();
  cpSync(TOOLS, join(root, 'tools/package'), { recursive: true });
  for (const folder of ['dist', 'src', 'node_modules/typescript']) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  const build = `node -e "${BUILD}" && node tools/package/note-built.js`;
  writeFileSync(join(root, 'package.json'), JSON.stringify({ type: 'module', scripts: { build } }));
  const prepare = () => {
    const { status, stderr } = spawnSync(process.execPath, ['tools/package/prepare.js'], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(status, stderr).toBe(0);
    return { builds: readFileSync(join(root, 'dist/builds'), 'utf8').length, stderr };
  };
  const says = expect.stringContaining('it is built now');
  expect(prepare()).toEqual({ builds: 1, stderr: says });
  expect(prepare()).toEqual({ builds: 1, stderr: '' });
  appendFileSync(join(root, 'src/a.ts'), ' ');
  expect(prepare()).toEqual({ builds: 2, stderr: says });
});
