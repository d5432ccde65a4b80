// Lays onnxruntime into dist/onnxruntime: its JavaScript as one file, and its libraries for all platforms. It is no
// dependency, because its install script fetches CUDA from a host of its own, and fails the whole installation where that host
// is out of reach. It is installed in a folder of its own (`native/`), without running the script; what is laid here has none.
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { installIn } from './npm.js';

const TARGET = fileURLToPath(new URL('../../dist/onnxruntime/', import.meta.url));
const NATIVE = fileURLToPath(new URL('native/', import.meta.url));

const wanted = JSON.parse(readFileSync(join(NATIVE, 'package.json'), 'utf8')).dependencies[
  'onnxruntime-node'
];
if (installedVersion() !== wanted) installIn(NATIVE);

const ENTRY = createRequire(join(NATIVE, 'package.json')).resolve('onnxruntime-node');
const SOURCE = dirname(dirname(ENTRY));
const LIBRARIES = join(SOURCE, 'bin');

/**
 * Left out: DirectML and the shader compiler, which the library loads for graphics cards only and which are under
 * licences of their own, and macOS's second copy of the library, by a name that nothing asks for.
 */
const UNUSED = /(?:^DirectML|^dxcompiler|^dxil|^libonnxruntime\.\d+\.\d+\.\d+)\.(?:dll|dylib)$/;

const { version } = JSON.parse(readFileSync(join(SOURCE, 'package.json'), 'utf8'));
const libraries = readdirSync(LIBRARIES, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !UNUSED.test(entry.name))
  .map((entry) => relative(LIBRARIES, join(entry.parentPath, entry.name)))
  .sort();
// Written last, so that a folder that has it is whole. A build of the same version has nothing to do.
const manifest = `${JSON.stringify({ name: 'onnxruntime-node', version, license: 'MIT', libraries }, null, 2)}\n`;
const manifestPath = join(TARGET, 'manifest.json');
if (!existsSync(manifestPath) || readFileSync(manifestPath, 'utf8') !== manifest) {
  rmSync(TARGET, { recursive: true, force: true });
  // Its entry looks for the libraries in ../bin; onnxruntime-common goes in, so that another copy of it elsewhere in
  // somebody's program, where runtimes register by name, does not meet ours.
  const bundle = await rolldown({ input: ENTRY, platform: 'node' });
  await bundle.write({ dir: join(TARGET, 'lib'), format: 'cjs', entryFileNames: 'index.cjs' });
  await bundle.close();
  for (const path of libraries) lay(join(LIBRARIES, path), join(TARGET, 'bin', path));
  writeFileSync(manifestPath, manifest);
}

/** Of onnxruntime in its own folder; undefined where it is not there. */
function installedVersion() {
  const file = join(NATIVE, 'node_modules/onnxruntime-node/package.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).version : undefined;
}

/** Links a file, which takes neither time nor space; copies it where the folders are on two disks. */
function lay(source, target) {
  mkdirSync(dirname(target), { recursive: true });
  try {
    linkSync(source, target);
  } catch {
    copyFileSync(source, target);
  }
}
