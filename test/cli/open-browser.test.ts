import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openBrowser } from '../../src/cli/open-browser.ts';
import { temporaryDirectory } from '../store/temporary.ts';

test.skipIf(process.platform !== 'linux')('a browser gets what it needs to start, and no more', async () => {
  const folder = await temporaryDirectory();
  const seen = join(folder, 'seen');
  const script = `#!/bin/sh\n/usr/bin/env > ${seen}.new; /bin/mv ${seen}.new ${seen}\n`;
  writeFileSync(join(folder, 'xdg-open'), script);
  chmodSync(join(folder, 'xdg-open'), 0o755);
  const needed = {
    PATH: folder,
    HOME: '/home/somebody',
    DISPLAY: ':7',
    XDG_RUNTIME_DIR: '/run/user/1',
    LC_ALL: 'zh_CN.UTF-8',
    GTK_IM_MODULE: 'fcitx',
    WSL_INTEROP: '/run/WSL/1',
    SystemRoot: 'C:',
  };
  const secrets = {
    DATABASE_URL: 'postgres://a:secret@b/c',
    REDIS_URL: 'redis://:secret@b',
    https_proxy: 'http://a:secret@b',
    PGPASSWORD: 'secret',
    LPD_BOOTSTRAP_KEY: 'secret',
    MY_TOKEN: 'secret',
    NODE_OPTIONS: '--require secret',
  };
  let failed = false;
  openBrowser('http://127.0.0.1/', { ...needed, ...secrets }, () => {
    failed = true;
  });
  await expect.poll(() => existsSync(seen), { timeout: 10_000 }).toBe(true);
  const variables = readFileSync(seen, 'utf8');
  expect(variables.split('\n')).toEqual(
    expect.arrayContaining(Object.entries(needed).map(([name, value]) => `${name}=${value}`)),
  );
  expect(variables).not.toContain('secret');
  expect(failed).toBe(false);
});
