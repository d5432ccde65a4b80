/** Files of this package that the service reads. This file's folder is two below the package's, as a source and in dist/programs. */
import { fileURLToPath } from 'node:url';

const ROOT = new URL('../../', import.meta.url);

/** The page, as `npm run build` makes it of `web/`. */
export const PAGE = fileURLToPath(new URL('dist/web/', ROOT));
/** The drawn pictures that the page offers to try. */
export const EXAMPLES = fileURLToPath(new URL('examples/', ROOT));
/** A drawn portrait that every worker must find a face in before it is given a picture. */
export const PROBE = new URL('examples/pass.jpg', ROOT);
