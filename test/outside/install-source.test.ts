/** The package installed from its source, which is built on the way, as `npm install <path>` and a git address do. */
import { lstatSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { emptyFolder, emptyProject, getTools, QUIET, ROOT, run, runNode } from './installing.ts';
import { PICTURE, PROGRAMS, USED } from './library-use.ts';

// A minute and more each, since all that builds is installed first: in CI only.
const isThorough = (await getTools()) !== null && Boolean(process.env.CI);
if (!isThorough)
  process.stderr.write(
    'Installations from a fresh clone are not tried: they take minutes; CI=1 tries them.\n',
  );

describe.skipIf(!isThorough)('installed from a fresh clone, with nothing in it', () => {
  const folder = emptyFolder();
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.concurrent.each([
    ['by its path', (clone: string) => clone],
    ['as a repository', (clone: string) => `git+file://${clone}`],
  ])(
    '%s',
    async (name, nameOf) => {
      const clone = join(folder, name.replaceAll(' ', '-'));
      await run('git', ['clone', '--quiet', '--no-hardlinks', ROOT, clone], folder);
      const project = emptyProject(PROGRAMS);
      await run('npm', ['install', nameOf(clone), ...QUIET], project);
      expect(JSON.parse(await runNode(['program.mjs', PICTURE], project))).toEqual(USED);
      const isLink = lstatSync(join(project, 'node_modules', 'liveportrait-detect')).isSymbolicLink();
      expect(isLink).toBe(name === 'by its path');
      rmSync(project, { recursive: true });
    },
    900_000,
  );
});
