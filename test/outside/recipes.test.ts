/** The recipes of docs/recipes.md, run as they are against the built service: one that passes, one that is refused, and no verdict. */
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { freePort } from '../free-port.ts';
import { KEY, type Serving, serve } from './serving.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** Each recipe, with what tells whether its language is here. */
const RECIPES = [
  { name: 'check.py', program: 'python3', probe: ['--version'] },
  { name: 'check.php', program: 'php', probe: ['-r', 'exit(extension_loaded("curl") ? 0 : 1);'] },
  { name: 'Check.java', program: 'java', probe: ['--version'] },
  { name: 'check.go', program: 'go', probe: ['version'] },
] as const;

// Compilers take their time on a busy machine.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let service: Serving;
let folder: string;
const ends: (() => Promise<void>)[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lpd-recipes-'));
  service = await serve((task) => ends.push(task), folder);
  return async () => {
    for (const end of ends) await end();
    await rm(folder, { recursive: true, force: true });
  };
});

/** Runs a recipe with its arguments. @param key empty for a variable that is not set */
function run(command: readonly string[], args: readonly string[], key: string = KEY) {
  const { LPD_API_KEY: _, ...others } = process.env;
  const env = key === '' ? others : { ...others, LPD_API_KEY: key };
  const [program = '', ...before] = command;
  return new Promise<{ code: number; lines: string[] }>((resolve) => {
    const child = execFile(program, [...before, ...args], { cwd: ROOT, env }, (_error, out) => {
      resolve({ code: child.exitCode ?? -1, lines: out.trim().split('\n') });
    });
  });
}

/** What starts a recipe: its language, or what Go makes of it. */
function commandOf(name: string, program: string): readonly string[] {
  const source = join('examples/recipes', name);
  if (program !== 'go') return [program, source];
  const built = join(folder, 'check');
  execFileSync('go', ['build', '-o', built, source], { cwd: ROOT });
  return [built];
}

describe.each(RECIPES)('$name', ({ name, program, probe }) => {
  const isHere = spawnSync(program, [...probe], { stdio: 'ignore' }).status === 0;
  const title = isHere ? 'passes, refuses, or has no verdict' : `skipped: ${program} is not installed`;
  it.skipIf(!isHere)(title, async () => {
    const command = commandOf(name, program);
    const { url } = service;
    const passing = 'examples/pass.jpg';
    expect(await run(command, [url, passing])).toEqual({ code: 0, lines: ['pass'] });
    const refused = await run(command, [url, 'examples/profile.jpg']);
    expect(refused.code).toBe(1);
    expect(refused.lines[0]).toBe('face.profile');
    expect(refused.lines.join('\n')).toContain('Use a picture that shows both eyes and both cheeks.');
    const wrong = await run(command, [url, passing], 'sk-of-nobody-whatsoever-here');
    expect(wrong.code).toBe(2);
    expect(wrong.lines.join('\n')).toContain('Invalid API-key provided.');

    const nobody = `http://127.0.0.1:${await freePort()}`;
    for (const [args, key, told] of [
      [[], KEY, 'usage: LPD_API_KEY='],
      [[url], KEY, 'usage: LPD_API_KEY='],
      [[url, passing], '', 'usage: LPD_API_KEY='],
      [[url, 'examples/none-such.jpg'], KEY, 'none-such.jpg'],
      [[nobody, passing], KEY, ''],
      [['no address', passing], KEY, ''],
      [[`${url}/openapi.json?`, passing], KEY, ''],
    ] as const) {
      const { code, lines } = await run(command, args, key);
      expect({ args, code }).toEqual({ args, code: 2 });
      expect(lines[0]).toMatch(/./);
      expect(lines.join('\n')).toContain(told);
    }
  });
});
