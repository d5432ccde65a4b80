/** `serve --open`: which program is started, with what, and what is said where there is none. */
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeFolder, run } from '../server/process.ts';

const isLinux = process.platform === 'linux';
const WAIT = { timeout: 120_000 };

describe.skipIf(!isLinux)(
  `serve --open${isLinux ? '' : ' (skipped; its stand-in is a shell script of Linux)'}`,
  () => {
    function serve(path: string) {
      const { text } = run(['serve', '--port', '0', '--workers', '1', '--open'], {
        PATH: path,
        LPD_DATA_DIR: makeFolder(),
        LPD_BOOTSTRAP_KEY: 'sk-for-the-tests-of-open',
        PGPASSWORD: 'secret',
        OTHER_DATABASE_URL: 'postgres://a:secret@b/c',
        DISPLAY: ':7',
      });
      return text;
    }

    test('opens the address that it prints, without a key or a secret of the environment', async () => {
      const bin = makeFolder();
      const seen = join(bin, 'seen');
      writeFileSync(
        join(bin, 'xdg-open'),
        `#!/bin/sh\n(printf '%s\\n' "$#" "$@"; env) > ${seen}.new; mv ${seen}.new ${seen}\n`,
      );
      chmodSync(join(bin, 'xdg-open'), 0o755);
      const text = serve(`${bin}:${process.env.PATH}`);
      await expect.poll(() => existsSync(seen), WAIT).toBe(true);
      const [count, address, ...variables] = readFileSync(seen, 'utf8').split('\n');
      expect(count).toBe('1');
      expect(address).toBe(`${/listens on (\S+);/.exec(text())?.[1]}/`);
      expect(variables).toContain('DISPLAY=:7');
      expect(variables.join('\n')).not.toMatch(/LPD_|PGPASSWORD|DATABASE_URL|sk-for/);
    });

    test('goes on without a browser, and says so', async () => {
      const text = serve(makeFolder());
      await expect.poll(text, WAIT).toContain('No browser could be opened.');
      const url = /listens on (\S+);/.exec(text())?.[1];
      expect((await fetch(`${url}/healthz`)).status).toBe(200);
    });
  },
);
