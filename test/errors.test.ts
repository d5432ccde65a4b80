import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CATALOGUE, type CatalogueEntry, DetectError, relayed } from '../src/errors.ts';
import { errorsMarkdown } from '../tools/docs/errors.ts';

const entries = Object.entries<CatalogueEntry>(CATALOGUE);

describe('the catalogue of errors', () => {
  it.each(entries)('%s is complete', (token, entry) => {
    expect(token).toMatch(/^[a-z]+(\.[a-z_]+)?$/);
    expect(entry.status).toBeGreaterThanOrEqual(400);
    expect(entry.status).toBeLessThan(600);
    for (const text of [entry.code, entry.message, entry.when, entry.advice]) expect(text).not.toBe('');
  });

  it.each([
    ['errors.md', 'en'],
    ['zh-CN/errors.md', 'zh-CN'],
  ] as const)('is what docs/%s says', (file, language) => {
    const written = readFileSync(new URL(`../docs/${file}`, import.meta.url), 'utf8');
    expect(written, 'run: npx tsx tools/docs/errors.ts').toBe(errorsMarkdown(language));
  });
});

describe('DetectError', () => {
  it('knows its entry, and says when it happens unless told better', () => {
    const plain = new DetectError('image.aspect');
    expect(plain.entry).toBe(CATALOGUE['image.aspect']);
    expect(plain.message).toBe(CATALOGUE['image.aspect'].when);
    expect(new DetectError('image.edge', relayed('5000 px is over 4096 px')).message).toBe(
      '5000 px is over 4096 px',
    );
    expect(plain).toBeInstanceOf(Error);
  });
});
