/** A picture as it is kept, and back. */
import type { Source } from '../../api/client.ts';
import type { Conversion, Picture, Progress } from '../picture.ts';
import { type Form, listOf, oneOf, orNull, recordOf, text, withEntries } from './forms.ts';
import { inspectionForm } from './inspection-form.ts';

/** Raised when what is kept means something else than before: pictures of another edition are not shown, and are deleted. */
const EDITION = 1;

/** Longest name, address and sentence that is kept, in characters: browsers take longer addresses, people do not. */
const LONGEST_TEXT = 4_096;
const MOST_STEPS = 20;

/** A picture that has been looked at. */
export interface Entry {
  readonly name: string;
  readonly source: Source;
  /** What the service has loaded from an address; null for a file, which is its source. */
  readonly loaded: Blob | null;
  readonly converted: Conversion | null;
  readonly progress: Extract<Progress, { at: 'inspected' | 'failed' }>;
  /** The picture that it was made from, by its id, and what was done. */
  readonly repaired: { readonly from: string; readonly steps: readonly string[] } | null;
}

const line = text(LONGEST_TEXT);
const blob: Form = (value) => value instanceof Blob;

const form = withEntries({
  edition: oneOf(EDITION),
  name: line,
  source: (value) =>
    withEntries({ kind: oneOf('file'), file: blob })(value) ||
    withEntries({ kind: oneOf('url'), url: line })(value),
  loaded: orNull(blob),
  converted: orNull(withEntries({ file: blob, format: line })),
  progress: (value) =>
    withEntries({
      at: oneOf('inspected'),
      inspection: inspectionForm,
      by: oneOf('browser', 'service'),
    })(value) ||
    withEntries({ at: oneOf('failed'), problem: recordOf(['code', 'detail', 'requestId', 'format'], line) })(
      value,
    ),
  repaired: orNull(withEntries({ from: line, steps: listOf(line, MOST_STEPS) })),
});

/** The entry of a picture; null while nothing has come of it. */
export function entryOf(picture: Picture): (Entry & { readonly edition: number }) | null {
  const { name, source, shown, converted, repaired } = picture;
  const progress = picture.progress.value;
  if (progress.at !== 'inspected' && progress.at !== 'failed') return null;
  return {
    edition: EDITION,
    name: name.slice(0, LONGEST_TEXT),
    source,
    loaded: source.kind === 'url' ? shown.value : null,
    converted: converted.value,
    progress,
    repaired: repaired && { from: repaired.from.key, steps: repaired.steps },
  };
}

/** An entry out of what was kept; null where it is of another edition, or damaged. */
export function parseEntry(value: unknown): Entry | null {
  return form(value) ? (value as Entry) : null;
}
