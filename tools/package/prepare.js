// Builds after an installation of this folder. `npm install <path of a clone>` links the folder and runs this with nothing
// installed in it, neither what builds nor what the program needs: then that is installed first. `npx` in a clone runs this too,
// and says nothing meanwhile: what is built already stays, also under a service that runs from it.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isBuilt } from './built.js';
import { installIn, npm } from './npm.js';

const ROOT = new URL('../../', import.meta.url);
const root = fileURLToPath(ROOT);

if (!isBuilt(root)) {
  process.stderr.write(
    'dist/ is not built of these sources yet: it is built now, which takes half a minute.\n',
  );
  if (!existsSync(new URL('node_modules/typescript', ROOT))) installIn(root);
  npm(root, 'run', 'build');
}
