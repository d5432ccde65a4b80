/** What the pages on deploying and operating say can be followed. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MEASURED, sizingTable } from '../../bench/sizing.ts';
import { newKey } from '../../src/store/new-key.ts';
import { DATABASE_FILE, openStore } from '../../src/store/open.ts';
import { openSqlite } from '../../src/store/sqlite/store.ts';
import { ROOT, readText, unknownVariables } from './files.ts';

const PAGES = ['docs/operating.md', 'docs/deploying.md', 'docs/sizing.md'];

/** A heading's anchor, as GitHub makes it. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .replaceAll(' ', '-');
}

function anchors(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchorOf(heading!));
}

describe.each(PAGES)('%s', (page) => {
  const text = readText(page);

  it('links to what there is', () => {
    // Other people's pages are not looked for.
    const links = [...text.matchAll(/\]\((?!https:)([^)]+)\)/g)].map(([, link]) => link!);
    expect(links.length).toBeGreaterThan(5);
    for (const link of links) {
      const [path, anchor] = link.split('#');
      const file = path === '' ? page : join('docs', path!);
      expect(existsSync(ROOT + file), link).toBe(true);
      if (anchor !== undefined) expect(anchors(readText(file)), link).toContain(anchor);
    }
  });

  it('names only scripts and variables that there are', () => {
    const { scripts } = JSON.parse(readText('package.json'));
    const named = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, script]) => script!);
    for (const script of named) expect(scripts).toHaveProperty([script]);
    const variables = [...text.matchAll(/\b(?:LPD_[A-Z_]+|DATABASE_URL)\b/g)].map(([name]) => name);
    expect(unknownVariables(variables)).toEqual([]);
  });
});

it('docs/sizing.md has the table that its numbers make', () => {
  expect(readText('docs/sizing.md'), 'npm run bench:sizing').toContain(sizingTable(MEASURED));
});

describe('the backup of the embedded store', () => {
  it('is whole, while the store is in use', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lpd-backup-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const store = await openStore({ dataDir: join(folder, 'data') });
    onTestFinished(() => store.close());
    await store.createKey(newKey({ name: 'kept' }).key);

    const command = /^node -e .*VACUUM.*$/m.exec(readText('docs/operating.md'))![0];
    expect(command).toContain(DATABASE_FILE);
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    execFileSync('sh', ['-c', command], { cwd: folder });

    const copy = await openSqlite({ file: join(folder, 'backup.db') });
    onTestFinished(() => copy.close());
    expect((await copy.listKeys()).map(({ name }) => name)).toEqual(['kept']);
  });
});
