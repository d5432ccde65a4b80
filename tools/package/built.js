// Whether dist/ is what a build would make of the sources as they are. The note of a build has a hash of all that it could have read,
// and the names, sizes and times of all that it wrote. It lies in node_modules, and goes with the packages that the build used.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What no build reads, in the folder itself. What is not named here counts: a build too many is no harm, one too few is. */
const UNREAD = new Set(['dist', 'bench', 'coverage', 'data', 'deploy', 'docs', 'shots', 'test']);
const UNREAD_FILE = /\.(?:md|log)$|^\./;
/** Nor anything in folders of this name: packages, which the lock tells of, and what training keeps. */
const UNREAD_ANYWHERE = new Set(['node_modules', 'cache']);
const NOTE = 'node_modules/.cache/liveportrait-detect/built.json';

/** Notes that dist/ of this folder has just been built. */
export function noteBuilt(root) {
  const file = join(root, NOTE);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, stateOf(root));
}

/** Whether nothing has changed since the last build that was noted, neither what it read nor what it wrote. */
export function isBuilt(root) {
  try {
    return readFileSync(join(root, NOTE), 'utf8') === stateOf(root);
  } catch (error) {
    if (error.code === 'ENOENT') return false;
    throw error;
  }
}

function stateOf(root) {
  const hash = createHash('sha256').update(process.version);
  for (const file of filesBelow(root, isRead)) {
    hash.update(`\n${file.slice(root.length)}\n`).update(readFileSync(file));
  }
  const written = createHash('sha256');
  for (const file of filesBelow(join(root, 'dist'), () => true)) {
    const { size, mtimeMs } = statSync(file);
    written.update(`${file.slice(root.length)} ${size} ${mtimeMs}\n`);
  }
  return JSON.stringify({ read: hash.digest('hex'), written: written.digest('hex') });
}

/** Whether an entry of a folder may be read by a build. */
function isRead({ name }, isTop) {
  return !UNREAD_ANYWHERE.has(name) && !(isTop && (UNREAD.has(name) || UNREAD_FILE.test(name)));
}

/** Paths of all files in a folder and below, in order, of entries that count. */
function filesBelow(folder, counts, isTop = true) {
  const entries = readdirSync(folder, { withFileTypes: true }).filter((entry) => counts(entry, isTop));
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesBelow(path, counts, false);
      return entry.isFile() ? [path] : [];
    });
}
