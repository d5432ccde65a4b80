// Takes out of node_modules and dist what the service on this platform never opens. Some packages ship the binaries of
// all platforms, or much besides the one part that is used. Run in the folder that holds node_modules, dist or both; run
// twice, it does nothing the second time. `deploy/try-image.sh` starts the service from what is left.
import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';

const MODULES = resolve('node_modules');
const RUNTIME = resolve('dist', 'onnxruntime', 'bin');

/** onnxruntime keeps its binaries in bin/napi-v<n>/<platform>/<arch>/. */
function pruneRuntime() {
  const own = `${process.platform}${sep}${process.arch}${sep}`;
  keepOnly(RUNTIME, (path) => path.split(sep).slice(1).join(sep).startsWith(own));
}

/** npm installs libsql's binary for musl beside the one for glibc, which the base image has. */
function pruneStore() {
  const scope = join(MODULES, '@libsql');
  for (const name of readdirSync(scope)) {
    if (name.endsWith('-musl')) rmSync(join(scope, name), { recursive: true });
  }
}

/** Removes the files below a folder whose path in it is not wanted, and the folders that are left empty. */
function keepOnly(root, isWanted) {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).map((entry) => {
    return { entry, path: join(entry.parentPath, entry.name) };
  });
  for (const { entry, path } of entries) {
    if (!entry.isDirectory() && !isWanted(relative(root, path))) rmSync(path);
  }
  const folders = entries.filter(({ entry }) => entry.isDirectory());
  for (const { path } of folders.sort((a, b) => b.path.length - a.path.length)) {
    if (readdirSync(path).length === 0) rmdirSync(path);
  }
}

if (existsSync(RUNTIME)) pruneRuntime();
if (existsSync(MODULES)) pruneStore();
