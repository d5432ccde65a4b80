/** Makes `docs/quality.md` from the parts of the quality: `npx tsx tools/docs/quality.ts`. */
import { PARTS } from '../../src/core/checks/quality-parts.ts';
import { QUALITY_PARTS } from '../../src/core/inspection.ts';
import { cell, writeWhenRun } from './markdown.ts';

const INTRO = `# Quality: which picture is the best one

Of forty photos of one person, many may pass. \`quality\` says which one to take: \`score\` is 0 to 100, and \`parts\` are what it
is made of, 0 (bad) to 1 (good) each. It is made from what the checks measure too, but no limit of the policy moves it, and no
verdict depends on it: [policy.md](policy.md) decides what passes. It is \`null\` without a face.

\`\`\`json
"quality": { "score": 81.4, "parts": { "human": 1, "frontal": 0.968, "clear": 0.955, "whole": 0.994, "sharp": 0.986, … } }
\`\`\`

The score is 100, and each part takes away up to its weight of what the others have left:
\`100 × (1 − weight × (1 − part)) × …\`. So one fault that spoils a picture is not made up for by all that is right with it.
A part never falls when a number that it is made from gets better, and the score never falls when a part rises
(\`test/core/checks/quality.test.ts\`). Compare the scores of pictures with each other; a score by itself promises nothing.

This file is made from \`src/core/checks/quality-parts.ts\` by \`npx tsx tools/docs/quality.ts\`.
`;

/** The whole of `docs/quality.md`. */
export function qualityMarkdown(): string {
  const rows = QUALITY_PARTS.map((name) => {
    const { weight, meaning, reason } = PARTS[name];
    return `| \`${name}\` | ${weight} | ${cell(meaning)} | ${cell(reason)} |`;
  });
  const table = ['| part | weight | what it is | why it weighs so much |', '|---|---|---|---|', ...rows];
  return `${INTRO}\n${table.join('\n')}\n`;
}

writeWhenRun(import.meta.url, 'docs/quality.md', qualityMarkdown);
