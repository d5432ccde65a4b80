/** Makes `docs/errors.md` from the catalogue: `npx tsx tools/docs/errors.ts`. */
import { CATALOGUE, type CatalogueEntry } from '../../src/errors.ts';
import { cell, writeWhenRun } from './markdown.ts';

const INTRO = `# Errors

Every failure of the service, the library and the command line is one of these, in the order in which the service
checks for them. The token is what the header \`x-reason\` and a \`DetectError\`'s \`code\` say; status, code and
message are what a DashScope client sees, the vendor's spelling included.

This file is made from \`src/errors/\` by \`npx tsx tools/docs/errors.ts\`.
`;

/** The whole of `docs/errors.md`. */
export function errorsMarkdown(): string {
  const rows = Object.entries<CatalogueEntry>(CATALOGUE).map(
    ([token, { status, code, message, when, advice }]) =>
      `| \`${token}\` | ${status} | \`${code}\` | ${cell(message)} | ${cell(when)} | ${cell(advice)} |`,
  );
  const table = [
    '| token | status | code | message | when | what to do |',
    '|---|---|---|---|---|---|',
    ...rows,
  ];
  return `${INTRO}\n${table.join('\n')}\n`;
}

writeWhenRun(import.meta.url, 'docs/errors.md', errorsMarkdown);
