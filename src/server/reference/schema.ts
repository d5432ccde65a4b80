/** A JSON Schema as nested lists of fields. */
import { escapeHtml } from '../../report/html.ts';
import type { Schema } from './description.ts';
import type { ReferenceWords } from './words.ts';

/** What a page has shown already; a large part that comes again is a link. */
export type Shown = Map<string, string>;

/** An object with so many fields is folded, and shown once. */
const LARGE = 6;

/** Integers without a limit of their own have JavaScript's. */
const UNLIMITED = Number.MAX_SAFE_INTEGER;

/** A description in the reader's language, or as it is in `openapi.json`; nothing where there is none. */
export function toldHtml(tag: 'p' | 'dd', description: string | undefined, words: ReferenceWords): string {
  if (!description) return tag === 'dd' ? '<dd></dd>' : '';
  const said = words.field(description);
  const lang = said === undefined ? ' lang="en"' : '';
  return `<${tag}${lang}>${escapeHtml(said ?? description)}</${tag}>`;
}

/** The fields of a schema, or what there is to say of it in a line. */
export function schemaHtml(schema: Schema, words: ReferenceWords, shown: Shown, id: string): string {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices && choices.length > 1 && choices.some(hasFields)) {
    const items = choices.map((choice, index) => {
      return `<li>${toldHtml('p', choice.description, words)}${schemaHtml(choice, words, shown, `${id}.${index + 1}`)}</li>`;
    });
    return `<p>${words.oneOf}</p><ol>${items.join('')}</ol>`;
  }
  const inner = fieldsOf(schema);
  return inner ? fieldsHtml(inner, words, shown, id) : `<p>${typeHtml(schema, words)}</p>`;
}

function fieldsHtml(schema: Schema, words: ReferenceWords, shown: Shown, id: string): string {
  const fields = Object.entries(schema.properties ?? {});
  const text = JSON.stringify(schema.properties);
  const known = shown.get(text);
  const isLarge = fields.length >= LARGE;
  if (isLarge && known) return `<p><a href="#${known}">${words.asAbove(fields.length)}</a></p>`;
  if (isLarge) shown.set(text, id);
  const list = fields.map(([name, field]) => {
    const need = schema.required?.includes(name) ? ` <em>${words.required}</em>` : '';
    const told = toldHtml('p', field.description, words);
    return `<dt><code>${escapeHtml(name)}</code> ${typeHtml(field, words)}${need}</dt><dd>${told}${innerHtml(field, words, shown, `${id}.${name}`)}</dd>`;
  });
  const body = `<dl>${list.join('')}</dl>`;
  return isLarge
    ? `<details id="${escapeHtml(id)}"><summary>${words.fields(fields.length)}</summary>${body}</details>`
    : body;
}

/** What is inside of a field. */
function innerHtml(field: Schema, words: ReferenceWords, shown: Shown, id: string): string {
  const choices = (field.anyOf ?? field.oneOf)?.filter(({ type }) => type !== 'null');
  if (choices && choices.length === 1) return innerHtml(choices[0] as Schema, words, shown, id);
  return hasFields(field) ? schemaHtml(field, words, shown, id) : '';
}

/** The object that holds a schema's fields: itself, or what it is a list of. */
function fieldsOf(schema: Schema): Schema | undefined {
  if (schema.properties) return schema;
  const inner = typeof schema.items === 'object' ? schema.items : schema.additionalProperties;
  return typeof inner === 'object' ? fieldsOf(inner) : undefined;
}

function hasFields(schema: Schema): boolean {
  return fieldsOf(schema) !== undefined || ((schema.anyOf ?? schema.oneOf)?.some(hasFields) ?? false);
}

/** Its type, in a few words, with its limits. */
function typeHtml(schema: Schema, words: ReferenceWords): string {
  return `<span class="type">${typeOf(schema, words)}</span>`;
}

function typeOf(schema: Schema, words: ReferenceWords): string {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return [...new Set(choices.map((choice) => typeOf(choice, words)))].join(` ${words.or} `);
  const values = schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
  if (values)
    return values.map((value) => `<code>${escapeHtml(JSON.stringify(value))}</code>`).join(` ${words.or} `);
  if (schema.prefixItems)
    return words.listOf(typeOf(schema.prefixItems[0] ?? {}, words), String(schema.prefixItems.length));
  if (schema.type === 'array') {
    const inner = typeof schema.items === 'object' ? typeOf(schema.items, words) : '';
    return words.listOf(inner, rangeOf(schema.minItems, schema.maxItems));
  }
  const name = [schema.type ?? words.any].flat().join(` ${words.or} `);
  const limits = rangeOf(schema.minimum, schema.maximum);
  return [escapeHtml(name), escapeHtml(schema.format ?? ''), limits].filter(Boolean).join(' ');
}

function rangeOf(least?: number, most?: number): string {
  const low = least === undefined || least <= -UNLIMITED ? undefined : least;
  const high = most === undefined || most >= UNLIMITED ? undefined : most;
  if (low !== undefined && high !== undefined) return low === high ? String(low) : `${low}–${high}`;
  if (low !== undefined) return `≥ ${low}`;
  return high === undefined ? '' : `≤ ${high}`;
}
