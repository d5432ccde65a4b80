/** What shells make of a call: thousands of names from `check *.jpg` in a full folder, and a limit on open files. */
import { linkSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { start } from '../cli/spawn.ts';

const PASS = fileURLToPath(new URL('../../examples/pass.jpg', import.meta.url));
const NAMES = 5_000;

test('check takes 5,000 names on its command line', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lpd-names-'));
  try {
    const empty = join(folder, 'no-picture.jpg');
    writeFileSync(empty, 'no picture');
    const names = Array.from({ length: NAMES - 1 }, (_, i) =>
      join(folder, `a-name-as-cameras-give-them-${i}.jpg`),
    );
    for (const name of names) linkSync(empty, name);
    // Some 400 kB; the kernel takes 2 MB.
    const { code, signal, out } = await start(['check', ...names, PASS]).ended;
    expect({ code, signal }).toEqual({ code: 3, signal: null });
    const rows = out.trimEnd().split('\n');
    expect(rows).toHaveLength(NAMES);
    expect(rows.at(-1)).toMatch(/^pass .*pass\.jpg/);
    expect(rows.filter((row) => row.includes('image.unsupported'))).toHaveLength(NAMES - 1);
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 180_000);

// With 22, not all of our own modules can be loaded.
test.skipIf(process.platform === 'win32').each([64, 22])(
  'serve says which limit to raise where it may open too few files: %d',
  async (files) => {
    const folder = mkdtempSync(join(tmpdir(), 'lpd-files-'));
    try {
      const env = { LPD_DATA_DIR: folder, LC_ALL: 'C' };
      const { code, err } = await start(['serve', '--port', '0'], { env, files }).ended;
      expect({ code, err }).toEqual({
        code: 3,
        err: 'No more files can be opened. Raise the limit: ulimit -n 1024 in a shell, LimitNOFILE in a systemd unit.\n',
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
