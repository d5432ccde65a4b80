/** Makes `docs/options.md` from the declarations of the service's options: `npx tsx tools/docs/options.ts`. */
import { WORKER_OPTIONS } from '../../src/cli/worker.ts';
import type { OptionDeclaration } from '../../src/server/option.ts';
import { OPTIONS, type OptionName } from '../../src/server/options.ts';
import { cell, writeWhenRun } from './markdown.ts';

const INTRO = `# Options of the service

Each is a flag of \`liveportrait-detect serve\` and an environment variable; the flag goes before the variable, and
the variable before the default. An empty variable counts as not set, and one that begins
with \`LPD_\` and is not in this list is refused. \`liveportrait-detect worker\` takes those with a •.

This file is made from \`src/server/options.ts\` by \`npx tsx tools/docs/options.ts\`.
`;

const HEAD = ['| flag | variable | default | worker | what it decides |', '|---|---|---|---|---|'];

/** The whole of `docs/options.md`. */
export function optionsMarkdown(): string {
  const rows = Object.entries<OptionDeclaration<unknown>>(OPTIONS).map(
    ([name, { flag, variable, value, text, fallback, fallbackText }]) => {
      const shown = fallbackText ?? (fallback === null ? 'none' : `\`${fallback}\``);
      const named = flag === null ? 'none, since it is a secret' : `\`--${flag} <${value}>\``;
      const worker = WORKER_OPTIONS.includes(name as OptionName) ? '•' : '';
      return `| ${named} | \`${variable}\` | ${shown} | ${worker} | ${cell(text)} |`;
    },
  );
  return `${INTRO}\n${[...HEAD, ...rows].join('\n')}\n`;
}

writeWhenRun(import.meta.url, 'docs/options.md', optionsMarkdown);
