/** Forms that values from outside are held against, before anything relies on them. */

/** Whether a value has a form. */
export type Form = (value: unknown) => boolean;

/** A number that can be drawn and compared. */
export const finite: Form = (value) => typeof value === 'number' && Number.isFinite(value);
/** A text of at most some characters. */
export const text =
  (most: number): Form =>
  (value) =>
    typeof value === 'string' && value.length <= most;
/** One of some values. */
export const oneOf =
  (...values: readonly unknown[]): Form =>
  (value) =>
    values.includes(value);
/** Null, or of a form. */
export const orNull =
  (form: Form): Form =>
  (value) =>
    value === null || form(value);
/** A list of at most some values, each of a form. */
export const listOf =
  (form: Form, most: number): Form =>
  (value) =>
    Array.isArray(value) && value.length <= most && value.every(form);
/** An object whose named entries have their forms; others may be there too. */
export const withEntries =
  (forms: Readonly<Record<string, Form>>): Form =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(forms).every(([name, form]) => form((value as Record<string, unknown>)[name]));
/** An object that has all of some names, with values of one form. */
export const recordOf = (names: readonly string[], form: Form): Form =>
  withEntries(Object.fromEntries(names.map((name) => [name, form])));
