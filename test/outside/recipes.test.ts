/** The recipes of docs/recipes.md, run as they are against the built service: one that passes, one that is refused, a wrong key. */
import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { KEY, type Serving, serve } from './serving.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** Each recipe, with what tells whether its language is here. */
const RECIPES = [
  { name: 'check.py', run: ['python3'], probe: ['--version'] },
  { name: 'check.php', run: ['php'], probe: ['-r', 'exit(extension_loaded("curl") ? 0 : 1);'] },
  { name: 'Check.java', run: ['java'], probe: ['--version'] },
  { name: 'check.go', run: ['go', 'run'], probe: ['version'] },
] as const;

// Compilers take their time on a busy machine.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let service: Serving;
const ends: (() => Promise<void>)[] = [];
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lpd-recipes-'));
  service = await serve((task) => ends.push(task), folder);
  return async () => {
    for (const end of ends) await end();
    await rm(folder, { recursive: true, force: true });
  };
});

function run([program, ...args]: readonly string[], recipe: string, picture: string, key: string) {
  const env = { ...process.env, LPD_API_KEY: key };
  return new Promise<{ code: number; lines: string[] }>((resolve) => {
    const file = [...args, `examples/recipes/${recipe}`, service.url, `examples/${picture}`];
    const child = execFile(program ?? '', file, { cwd: ROOT, env }, (_error, out) => {
      // `go run` ends with 1 whatever the program ends with, and tells the program's code on stderr.
      resolve({ code: child.exitCode ?? -1, lines: out.trim().split('\n') });
    });
  });
}

describe.each(RECIPES)('$name', ({ name, run: command, probe }) => {
  const isHere = spawnSync(command[0], [...probe], { stdio: 'ignore' }).status === 0;
  const title = isHere
    ? 'passes, refuses and tells of a wrong key'
    : `skipped: ${command[0]} is not installed`;
  it.skipIf(!isHere)(title, async () => {
    expect(await run(command, name, 'pass.jpg', KEY)).toEqual({ code: 0, lines: ['pass'] });
    const refused = await run(command, name, 'profile.jpg', KEY);
    expect(refused.code).toBe(1);
    expect(refused.lines[0]).toBe('face.profile');
    expect(refused.lines.join('\n')).toContain('Use a picture that shows both eyes and both cheeks.');
    const wrong = await run(command, name, 'pass.jpg', 'sk-of-nobody-whatsoever-here');
    expect(wrong.code).toBe(command[0] === 'go' ? 1 : 2);
    expect(wrong.lines.join('\n')).toContain('Invalid API-key provided.');
  });
});
