import { COMMAND_DETAILS, DetectError, fill } from '../errors.ts';

/** What a label says of a picture; `either` is where people would disagree, and is not counted. */
export type Expectation = 'pass' | 'fail' | 'either';

/** A row of a manifest. */
export interface Label {
  /** Path, relative to the manifest's folder. */
  readonly file: string;
  readonly expected: Expectation;
  /** Any word; rates are given by it. */
  readonly group: string;
  /** Why it should fail; empty where it should not, or where nobody said. */
  readonly reason: string;
  /** Where the picture is from; empty where nobody said. */
  readonly source: string;
  /** Every column of the row by its name, those above too. */
  readonly columns: Readonly<Record<string, string>>;
}

const EXPECTATIONS: readonly string[] = ['pass', 'fail', 'either'];

/**
 * Reads a manifest: tab-separated values, a line of column names first, among them `file` and `expected`;
 * `group`, `reason` and `source` are taken where they are there. All columns are kept, so that pictures can be counted by any.
 *
 * @throws DetectError `manifest.invalid`, naming the line
 */
export function parseManifest(text: string): Label[] {
  const [head = '', ...lines] = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const columns = head.split('\t');
  for (const needed of ['file', 'expected']) {
    if (!columns.includes(needed)) {
      throw new DetectError('manifest.invalid', fill(COMMAND_DETAILS.manifestColumn, { name: needed }));
    }
  }
  return lines.map((line, index) => {
    const cells = line.split('\t');
    const cell = (name: string) => cells[columns.indexOf(name)]?.trim() ?? '';
    const expected = cell('expected');
    if (cell('file') === '' || !EXPECTATIONS.includes(expected)) {
      throw new DetectError('manifest.invalid', fill(COMMAND_DETAILS.manifestLine, { number: index + 2 }));
    }
    return {
      file: cell('file'),
      expected: expected as Expectation,
      group: cell('group') || 'all',
      reason: cell('reason'),
      source: cell('source'),
      columns: Object.fromEntries(columns.map((name) => [name, cell(name)])),
    };
  });
}
