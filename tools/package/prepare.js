// Builds after an installation of this folder. `npm install <path of a clone>` links the folder and runs this with nothing
// installed in it, neither what builds nor what the program needs: then that is installed first.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = new URL('../../', import.meta.url);

/** Runs the npm that runs this; on Windows, its command can be started by a shell only. */
function npm(...args) {
  const [command, first] = process.env.npm_execpath
    ? [process.execPath, [process.env.npm_execpath]]
    : ['npm', []];
  execFileSync(command, [...first, ...args], { cwd: fileURLToPath(ROOT), stdio: 'inherit' });
}

if (!existsSync(new URL('node_modules/typescript', ROOT))) {
  // Whoever installs may leave out development dependencies, or install for the whole machine; neither is meant for here.
  const here = ['--include=dev', '--no-global', '--location=project', '--ignore-scripts'];
  npm('ci', ...here, '--no-audit', '--no-fund');
}
npm('run', 'build');
