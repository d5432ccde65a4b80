import { realpathSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Text as one cell of a Markdown table. */
export function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', ' ');
}

/**
 * Writes a generated document when the generator is the program that was started, and does nothing when a test
 * imports it.
 *
 * @param moduleUrl the generator's `import.meta.url`
 * @param file      path of the document below the package's folder
 */
export function writeWhenRun(moduleUrl: string, file: string, make: () => string): void {
  const started = process.argv[1];
  if (started === undefined || realpathSync(started) !== fileURLToPath(moduleUrl)) return;
  writeFileSync(new URL(`../../${file}`, import.meta.url), make());
}
