/** Makes `docs/options.md` from the declarations of the service's options: `npx tsx tools/docs/options.ts`. */
import { OPTIONS, type OptionDeclaration } from '../../src/server/options.ts';
import { cell, writeWhenRun } from './markdown.ts';

const INTRO = `# Options of the service

Each is a flag of \`liveportrait-detect serve\` and an environment variable; the flag goes before the variable, and
the variable before the default. An empty variable counts as not set.

This file is made from \`src/server/options.ts\` by \`npx tsx tools/docs/options.ts\`.
`;

/** The whole of `docs/options.md`. */
export function optionsMarkdown(): string {
  const rows = Object.values<OptionDeclaration<unknown>>(OPTIONS).map(
    ({ flag, variable, value, text, fallback, fallbackText }) => {
      const shown = fallbackText ?? (fallback === null ? 'none' : `\`${fallback}\``);
      const named = flag === null ? 'none, since it is a secret' : `\`--${flag} <${value}>\``;
      return `| ${named} | \`${variable}\` | ${shown} | ${cell(text)} |`;
    },
  );
  return `${INTRO}\n${['| flag | variable | default | what it decides |', '|---|---|---|---|', ...rows].join('\n')}\n`;
}

writeWhenRun(import.meta.url, 'docs/options.md', optionsMarkdown);
