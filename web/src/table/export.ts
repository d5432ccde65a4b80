/** Saving the table as a file. */
import type { Policy } from '../../../src/core/checks/policy.ts';
import { save } from '../export/save.ts';
import type { Picture } from '../session/picture.ts';
import type { Spoken } from '../words/catalogue.ts';
import { rowOf, toCsv } from './rows.ts';

/** Saves what is known of the pictures as `inspections.csv`. */
export function saveCsv(pictures: readonly Picture[], spoken: Spoken): void {
  // The mark makes spreadsheets read it as UTF-8.
  const text = `\uFEFF${toCsv(pictures.map((picture) => rowOf(picture, spoken)))}`;
  save('inspections.csv', new Blob([text], { type: 'text/csv' }));
}

/** Saves lines, whole inspections and the limits that judged them as `inspections.json`. */
export function saveJson(pictures: readonly Picture[], policy: Policy, spoken: Spoken): void {
  const entries = pictures.map((picture) => {
    const now = picture.progress.value;
    const { values: _values, ...row } = rowOf(picture, spoken);
    if (now.at !== 'inspected') return row;
    return { ...row, inspection: { ...now.inspection, ...picture.judgement.value } };
  });
  const text = JSON.stringify({ policy, pictures: entries }, null, 1);
  save('inspections.json', new Blob([text], { type: 'application/json' }));
}
