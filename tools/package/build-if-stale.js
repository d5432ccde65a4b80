// Builds before the tests, unless dist/ is what a build would make: `npm ci` has built a moment ago in CI.
import { fileURLToPath } from 'node:url';
import { isBuilt } from './built.js';
import { npm } from './npm.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

if (isBuilt(root)) process.stdout.write('dist/ is built of these sources already.\n');
else npm(root, 'run', 'build');
