import { execFileSync } from 'node:child_process';

/**
 * Whoever builds may leave out development dependencies, install for the whole machine, or only try what would happen; none of
 * these is meant for what a build installs for itself.
 */
const HERE = [
  '--include=dev',
  '--no-global',
  '--location=project',
  '--dry-run=false',
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
];

/** Runs the npm that runs this, in a folder; on Windows, its command can be started by a shell only. */
export function npm(cwd, ...args) {
  const [command, first] = process.env.npm_execpath
    ? [process.execPath, [process.env.npm_execpath]]
    : ['npm', []];
  execFileSync(command, [...first, ...args], { cwd, stdio: 'inherit' });
}

/** Installs what a folder's lock names, and runs none of its scripts. */
export function installIn(cwd) {
  npm(cwd, 'ci', '--loglevel=error', ...HERE);
}
