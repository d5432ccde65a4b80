// The last step of a build: notes that dist/ is of these sources.
import { fileURLToPath } from 'node:url';
import { noteBuilt } from './built.js';

noteBuilt(fileURLToPath(new URL('../../', import.meta.url)));
