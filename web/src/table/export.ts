/** Saving the table as a file. */
import type { Policy } from '../../../src/core/checks/policy.ts';
import type { Picture } from '../session/picture.ts';
import type { Spoken } from '../words/catalogue.ts';
import { rowOf, toCsv } from './rows.ts';

/** Saves what is known of the pictures as `inspections.csv`. */
export function saveCsv(pictures: readonly Picture[], spoken: Spoken): void {
  // The mark makes spreadsheets read it as UTF-8.
  save('inspections.csv', 'text/csv', `\uFEFF${toCsv(pictures.map((picture) => rowOf(picture, spoken)))}`);
}

/** Saves lines, whole inspections and the limits that judged them as `inspections.json`. */
export function saveJson(pictures: readonly Picture[], policy: Policy, spoken: Spoken): void {
  const entries = pictures.map((picture) => {
    const now = picture.progress.value;
    const { values: _values, ...row } = rowOf(picture, spoken);
    if (now.at !== 'inspected') return row;
    return { ...row, inspection: { ...now.inspection, ...picture.judgement.value } };
  });
  save('inspections.json', 'application/json', JSON.stringify({ policy, pictures: entries }, null, 1));
}

function save(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken hold of it once the click's task is over.
  setTimeout(() => URL.revokeObjectURL(url));
}
