/** The requests to copy are run as they are, against a real service. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Asked, LANGUAGES, type Language, snippet } from '../../web/src/snippets/writers.ts';
import { cleanupAfterAll } from '../cleanup.ts';
import { build, serve } from '../server/build.ts';
import { PORTRAIT } from '../server/pictures.ts';

const run = promisify(execFile);
const EXAMPLES = fileURLToPath(new URL('../../examples/', import.meta.url));
const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** How the text of each language is run. */
const RUNNERS: Readonly<Record<Language, (code: string) => readonly [string, readonly string[]]>> = {
  curl: (code) => ['/bin/sh', ['-c', code]],
  TypeScript: (code) => [
    process.execPath,
    ['--import', `${ROOT}node_modules/tsx/dist/loader.mjs`, '--input-type=module', '-e', code],
  ],
  Python: (code) => ['/usr/bin/python3', ['-c', code]],
};
const NEEDS: Partial<Record<Language, string>> = { curl: '/usr/bin/curl', Python: '/usr/bin/python3' };

describe('the requests to copy', () => {
  const cleanup = cleanupAfterAll();
  let service: Awaited<ReturnType<typeof build>>;
  let host: string;
  beforeAll(async () => {
    service = await build(cleanup);
    host = await serve(cleanup, (_request, response) => response.end(PORTRAIT));
  });

  describe.each(LANGUAGES)('%s', (language) => {
    const needed = NEEDS[language];
    const missing = needed !== undefined && !existsSync(needed);
    const policies = [{}, { minFaceWidth: 640, enforce: ['eyes'] }];
    test.skipIf(missing).each(policies)(
      `with limits %o${missing ? ` (skipped: no ${needed})` : ''}`,
      async (policy) => {
        const pictures: Asked['picture'][] = [{ file: 'pass.jpg' }, { url: `${host}/it's "one".jpg` }];
        for (const picture of pictures) {
          const code = snippet(language, { origin: service.url, picture, policy });
          const [command, args] = RUNNERS[language](code);
          const env = { PATH: process.env.PATH, LPD_API_KEY: service.key.secret };
          const { stdout } = await run(command, args, { cwd: EXAMPLES, env });
          // Each language prints the answer in its own way.
          const refused = /["']?reason["']?: ?["']face\.small["']/.test(stdout);
          expect(stdout).toContain('checks');
          expect(refused).toBe('minFaceWidth' in policy);
        }
      },
    );
  });
});
