import { spawn } from 'node:child_process';
import { access, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SCRIPTS = fileURLToPath(new URL('python', import.meta.url));
const REQUIREMENTS = join(SCRIPTS, 'requirements.txt');

/** Runs one of the scripts in `python/`; what it says goes to the terminal. */
export type RunScript = (script: string, ...args: readonly string[]) => Promise<void>;

/**
 * Makes an environment with the pinned libraries, once, and gives a way to run scripts in it.
 *
 * @param folder where the environment is kept
 * @throws Error that says what to install where there is no Python
 */
export async function openPython(folder: string): Promise<RunScript> {
  const environment = join(folder, 'python');
  const own = join(environment, 'bin', 'python');
  const stamp = join(environment, 'requirements.txt');
  const wanted = await readFile(REQUIREMENTS, 'utf8');
  const known = await readFile(stamp, 'utf8').catch(() => '');
  if (known !== wanted) {
    const python = process.env.PYTHON ?? 'python3';
    await start(python, ['-m', 'venv', '--system-site-packages', environment]).catch((cause: Error) => {
      throw new Error(
        `${python} cannot make an environment: ${cause.message}. Training needs Python with venv and PyTorch; ` +
          'install it (Debian 12: apt install python3-venv python3-torch), or say where it is by PYTHON=<path>.',
        { cause },
      );
    });
    await start(own, ['-m', 'pip', 'install', '--quiet', '--requirement', REQUIREMENTS]);
    await writeFile(stamp, wanted);
  }
  await access(own);
  return (script, ...args) => start(own, [join(SCRIPTS, script), ...args]);
}

function start(command: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit' });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`${command} ${args[0]} ended with ${signal ?? `code ${code}`}`));
    });
  });
}
