// Builds after an installation of this folder. `npm install <path of a clone>` links the folder and runs this with nothing
// installed in it, neither what builds nor what the program needs: then that is installed first.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { installIn, npm } from './npm.js';

const ROOT = new URL('../../', import.meta.url);
const root = fileURLToPath(ROOT);

if (!existsSync(new URL('node_modules/typescript', ROOT))) installIn(root);
npm(root, 'run', 'build');
