import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readHeader } from '../../../src/core/image/header.ts';
import { checkBytes, checkDimensions } from '../../../src/core/image/limits.ts';
import { DetectError } from '../../../src/errors.ts';
import { decodeImage } from '../../../src/node/decode/decode.ts';

// Real files, kept outside the repository: this runs where a folder of them lies beside it.
const FOLDER = new URL('../../../../shared/portraits/', import.meta.url);
const MANIFEST = new URL('manifest.tsv', FOLDER);
const MOST_MILLISECONDS = 2000;

const rows = existsSync(MANIFEST)
  ? readFileSync(MANIFEST, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split('\t'))
      .map(([file, group, , reason, , , path, note]) => ({ file, group, reason, path, note }))
      .filter(({ group }) => group === 'codec')
  : [];

describe.skipIf(rows.length === 0)('files beside the repository', () => {
  it.each(rows.map((row) => [row.file, row] as const))('%s', async (file, { reason, path, note }) => {
    const bytes = readFileSync(new URL(file, FOLDER));
    const start = performance.now();
    const result = await (async () => {
      checkBytes(bytes.length);
      const header = readHeader(bytes, true);
      checkDimensions(header);
      return decodeImage(bytes, header);
    })().catch((error: unknown) => error);
    expect(performance.now() - start).toBeLessThan(MOST_MILLISECONDS);

    const code = result instanceof DetectError ? result.code : 'pixels';
    if (!(result instanceof DetectError)) expect(result).toHaveProperty('data');
    if (reason === 'unsupported') expect(['image.unsupported', 'image.corrupt']).toContain(code);
    // PngSuite's files that are damaged on purpose have an x for their first letter.
    if (/pngsuite\/x|bugfixes\/x_/.test(path)) expect(code).not.toBe('pixels');
    if (note.includes('must decode')) expect(['pixels', 'image.aspect']).toContain(code);
  });
});
