/** Makes `docs/policy.md` from the checks and their limits: `npx tsx tools/docs/policy.ts`. */
import { LIMITS } from '../../src/core/checks/limits.ts';
import { RULES } from '../../src/core/checks/rules.ts';
import { cell, writeWhenRun } from './markdown.ts';

const INTRO = `# Policy: the checks and their limits

A picture passes when no check fails. The checks run in this order, and the first one that fails gives the picture its
reason; the others' findings are in the inspection all the same. An **advisory** check says what it saw, but fails no
picture unless \`enforce\` names it. An **optional** one is not run while its limit is at its default: only some
[generators](presets.md) ask for it. A value equal to its limit is good. Which of several pictures that pass is
the best one is another question: [quality.md](quality.md).

This file is made from \`src/core/checks/\` by \`npx tsx tools/docs/policy.ts\`.
`;

const USE = `## Setting limits

A policy is an object with limits by name, \`enforce\`, a list of advisory checks, and \`for\`, the name of a generator whose
[preset](presets.md) comes first. What it does not name keeps its default, or the preset's.

\`\`\`json
{ "minFaceWidth": 128, "maxYaw": 35, "enforce": ["count", "sharpness"] }
\`\`\`

* Command line: \`liveportrait-detect check --policy policy.json photos/\`
* Library: \`createInspector({ policy })\` for every picture, \`inspector.inspect(bytes, { policy })\` for one.
* Service: \`LPD_POLICY=policy.json\` for every request, \`"policy"\` in the body of \`POST /v1/inspect\` for one.

A name that does not exist, or a value out of its range, is an error (\`policy.invalid\`) and never ignored.
`;

/** The whole of `docs/policy.md`. */
export function policyMarkdown(): string {
  const rows = RULES.map(({ id, reason, limit, good, advisory, optional }) => {
    const { default: value, min, max, unit, meaning, source } = LIMITS[limit];
    const bound = `${good === 'atLeast' ? 'at least' : 'at most'} ${value} ${unit}`;
    const cells = [
      `\`${id}\`${advisory ? ' (advisory)' : optional ? ' (optional)' : ''}`,
      `\`${reason}\``,
      `\`${limit}\``,
      bound,
      `${min} to ${max}`,
      cell(meaning),
      cell(source),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const table = [
    '| check | reason | limit | default | range | what it is | where the default is from |',
    '|---|---|---|---|---|---|---|',
    ...rows,
  ];
  return `${INTRO}\n${table.join('\n')}\n\n${USE}`;
}

writeWhenRun(import.meta.url, 'docs/policy.md', policyMarkdown);
