/** The API's reference as a page: one file, without a script, for any browser and any screen reader. */
import { LANGUAGES, type Language } from '../../core/words/catalogue.ts';
import { errorWords } from '../../core/words/errors.ts';
import { CATALOGUE, type CatalogueEntry, type ErrorCode } from '../../errors.ts';
import { escapeHtml } from '../../report/html.ts';
import { curlsOf } from './curl.ts';
import type { ApiDescription, Content, Operation, Parameter } from './description.ts';
import { type Shown, schemaHtml, toldHtml } from './schema.ts';
import { REFERENCE_STYLE } from './style.ts';
import { type CallWords, REFERENCE_WORDS, type ReferenceWords } from './words.ts';

/** A call and where it is. */
interface Call {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

/**
 * The whole page. Its links are relative, so that it may lie below any path.
 *
 * @param tokensOf the errors that a call may answer with, by its `operationId`
 */
export function referencePage(
  { info, paths }: ApiDescription,
  language: Language,
  tokensOf: (operationId: string) => readonly ErrorCode[],
): string {
  const words = REFERENCE_WORDS[language];
  const calls = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): Call => ({ method, path, operation })),
  );
  const shown: Shown = new Map();
  const links = calls.map(
    ({ method, operation }) =>
      `<li><a href="#${operation.operationId}">${methodHtml(method)} ${textHtml(callWords(operation, words).summary)}</a></li>`,
  );
  const others = LANGUAGES.filter((other) => other !== language).map(
    (other) =>
      `<a href="?lang=${other}" lang="${other}" hreflang="${other}">${REFERENCE_WORDS[other].name}</a>`,
  );
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${info.title} · ${words.title}</title>
<style>${REFERENCE_STYLE}</style>
</head>
<body>
<header>
<h1>${info.title} ${words.title} <small>${escapeHtml(info.version)}</small></h1>
<p>${words.intro}</p>
<p><a href="../openapi.json">${words.description}</a> · <a href="../">${words.page}</a> · <span class="sr">${words.inOtherLanguage}</span> ${others.join(' · ')}</p>
<p>${words.setUp}</p>
<pre><code>export LPD_URL=http://127.0.0.1:8080 LPD_API_KEY=sk-…</code></pre>
</header>
<nav aria-label="${words.calls}"><ol>${links.join('')}</ol></nav>
<main>
${calls.map((call) => callHtml(call, words, shown, errorsHtml(tokensOf(call.operation.operationId), words, language))).join('\n')}
</main>
</body>
</html>
`;
}

function callHtml(
  { method, path, operation }: Call,
  words: ReferenceWords,
  shown: Shown,
  errors: string,
): string {
  const { operationId: id, parameters = [], requestBody, responses } = operation;
  const { summary, description } = callWords(operation, words);
  const success = Object.entries(responses).filter(([status]) => status.startsWith('2'));
  return `<section aria-labelledby="${id}">
<h2 id="${id}">${textHtml(summary)}</h2>
<p class="route">${methodHtml(method)} <code>${escapeHtml(path)}</code></p>
${description ? `<p>${textHtml(description)}</p>` : ''}
<p>${operation.security?.length === 0 ? words.needsNoKey : words.needsKey}</p>
<h3>${words.call}</h3>
${curlsOf(method, path, operation).map(codeHtml).join('\n')}
${parametersHtml(words.path, of(parameters, 'path'), words, shown, id)}
${parametersHtml(words.query, of(parameters, 'query'), words, shown, id)}
${parametersHtml(words.header, of(parameters, 'header'), words, shown, id)}
${requestBody?.content ? `<h3>${words.body}</h3>${contentsHtml(requestBody.content, words, shown, `${id}.body`)}` : ''}
${success
  .map(
    ([status, { content = {}, headers = {} }]) => `<h3>${words.answer} ${status}</h3>
${contentsHtml(content, words, shown, `${id}.${status}`)}
<h4>${words.answerHeaders}</h4>
<dl>${Object.entries(headers)
      .map(
        ([name, header]) =>
          `<dt><code>${escapeHtml(name)}</code></dt>${toldHtml('dd', header.description, words)}`,
      )
      .join('')}</dl>`,
  )
  .join('\n')}
<h3>${words.errors}</h3>
${errors}
</section>`;
}

function callWords(operation: Operation, words: ReferenceWords): CallWords {
  return words.own[operation.operationId] ?? operation;
}

function of(parameters: readonly Parameter[], place: Parameter['in']): Parameter[] {
  return parameters.filter((parameter) => parameter.in === place);
}

function parametersHtml(
  title: string,
  parameters: readonly Parameter[],
  words: ReferenceWords,
  shown: Shown,
  id: string,
): string {
  if (parameters.length === 0) return '';
  const properties = Object.fromEntries(
    parameters.map(({ name, schema, description }) => [
      name,
      { ...schema, ...(description && { description }) },
    ]),
  );
  const required = parameters.filter((parameter) => parameter.required).map(({ name }) => name);
  return `<h3>${title}</h3>${schemaHtml({ properties, required }, words, shown, `${id}.${parameters[0]?.in}`)}`;
}

/** Bodies by content type, with their examples; kinds that look alike are named together. */
function contentsHtml(
  contents: Readonly<Record<string, Content>>,
  words: ReferenceWords,
  shown: Shown,
  id: string,
): string {
  const groups = new Map<string, { readonly types: string[]; readonly content: Content }>();
  for (const [type, content] of Object.entries(contents)) {
    const key = JSON.stringify(content);
    const group = groups.get(key) ?? { types: [], content };
    group.types.push(type);
    groups.set(key, group);
  }
  return [...groups.values()]
    .map(({ types, content: { schema, examples = {} } }, index) => {
      const names = types.map((type) => `<code>${escapeHtml(type)}</code>`).join(', ');
      const told = Object.entries(examples).map(
        ([name, { value }]) =>
          `<details><summary>${words.example}: ${escapeHtml(name)}</summary>${codeHtml(exampleText(value))}</details>`,
      );
      return `<h4>${names}</h4>${schema ? schemaHtml(schema, words, shown, `${id}.${index + 1}`) : ''}${told.join('')}`;
    })
    .join('\n');
}

function exampleText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

/** The errors of a call, folded: most are those of all calls. */
function errorsHtml(tokens: readonly ErrorCode[], words: ReferenceWords, language: Language): string {
  const rows = [...new Set(tokens)]
    .map((token) => ({ token, entry: CATALOGUE[token] as CatalogueEntry }))
    .sort((a, b) => a.entry.status - b.entry.status)
    .map(({ token, entry: { status, code } }) => {
      const { when, advice } = errorWords(token, language);
      return `<dt><code>${token}</code> ${status} <code>${escapeHtml(code)}</code></dt><dd>${escapeHtml(when)} ${escapeHtml(advice)}</dd>`;
    });
  return `<p>${words.errorsIntro}</p><details><summary>${words.errors}: ${rows.length}</summary><dl>${rows.join('')}</dl></details>`;
}

function methodHtml(method: string): string {
  return `<span class="method">${method.toUpperCase()}</span>`;
}

/** A sentence, with what stands between backquotes as code. */
function textHtml(text: string): string {
  return escapeHtml(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>');
}

function codeHtml(text: string): string {
  return `<pre><code>${escapeHtml(text)}</code></pre>`;
}
