/** The request that the page has sent, as people write it themselves. */
import type { PolicyOverrides } from '../../../src/core/checks/policy.ts';

/** What is asked for. */
export interface Asked {
  /** The service, without a slash at the end. */
  readonly origin: string;
  readonly picture: { readonly file: string } | { readonly url: string };
  /** Limits that differ from the service's own. */
  readonly policy: PolicyOverrides;
}

/** The languages. */
export const LANGUAGES = ['curl', 'TypeScript', 'Python'] as const;

/** One of the languages. */
export type Language = (typeof LANGUAGES)[number];

/** The request in a language. The key comes from the variable LPD_API_KEY. */
export function snippet(language: Language, asked: Asked): string {
  const has = Object.keys(asked.policy).length > 0;
  const target = `${asked.origin}/v1/inspect`;
  return WRITERS[language]({ target, picture: asked.picture, policy: has ? asked.policy : undefined });
}

interface Request {
  readonly target: string;
  readonly picture: Asked['picture'];
  readonly policy: PolicyOverrides | undefined;
}

const WRITERS: Readonly<Record<Language, (request: Request) => string>> = {
  curl({ target, picture, policy }) {
    const head = [`curl ${target}`, '-H "Authorization: Bearer $LPD_API_KEY"'];
    if ('url' in picture) {
      const body = JSON.stringify({ url: picture.url, policy });
      return shell([...head, "-H 'Content-Type: application/json'", `-d ${quote(body)}`]);
    }
    const form = policy === undefined ? [] : [`-F ${quote(`policy=${JSON.stringify(policy)}`)}`];
    return shell([...head, ...form, `-F ${quote(`image=@${picture.file}`)}`]);
  },

  TypeScript({ target, picture, policy }) {
    if ('url' in picture) {
      return lines(
        `const response = await fetch(${text(target)}, {`,
        "  method: 'POST',",
        '  headers: {',
        `    authorization: ${BEARER},`,
        "    'content-type': 'application/json',",
        '  },',
        `  body: JSON.stringify(${JSON.stringify({ url: picture.url, policy })}),`,
        '});',
        ...READ_IN_TYPESCRIPT,
      );
    }
    return lines(
      "import { openAsBlob } from 'node:fs';",
      '',
      'const form = new FormData();',
      policy && `form.set('policy', JSON.stringify(${JSON.stringify(policy)}));`,
      `form.set('image', await openAsBlob(${text(picture.file)}));`,
      `const response = await fetch(${text(target)}, {`,
      "  method: 'POST',",
      `  headers: { authorization: ${BEARER} },`,
      '  body: form,',
      '});',
      ...READ_IN_TYPESCRIPT,
    );
  },

  Python({ target, picture, policy }) {
    // JSON of strings, numbers and lists is Python too.
    const file = 'file' in picture && `base64.b64encode(open(${text(picture.file)}, "rb").read()).decode()`;
    const entries = [
      'url' in picture ? `"url": ${text(picture.url)}` : `"data": ${file}`,
      policy && `"policy": ${JSON.stringify(policy)}`,
    ];
    return lines(
      `import ${file ? 'base64, ' : ''}json, os, urllib.request`,
      '',
      `body = {${entries.filter((entry) => entry !== undefined).join(', ')}}`,
      'request = urllib.request.Request(',
      `    ${text(target)},`,
      '    json.dumps(body).encode(),',
      '    {"Authorization": "Bearer " + os.environ["LPD_API_KEY"], "Content-Type": "application/json"},',
      ')',
      'print(json.load(urllib.request.urlopen(request, timeout=30)))',
    );
  },
};

// biome-ignore lint/suspicious/noTemplateCurlyInString: it is the snippet's own template
const BEARER = '`Bearer ${process.env.LPD_API_KEY}`';
const READ_IN_TYPESCRIPT = ['console.log(response.status, await response.json());'];

function lines(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join('\n');
}

function shell(parts: readonly string[]): string {
  return parts.join(' \\\n  ');
}

/** A word that a POSIX shell takes as it is. */
function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** A string literal of both TypeScript and Python. */
function text(value: string): string {
  return JSON.stringify(value);
}
