/** Makes `docs/presets.md` from the presets and `bench/presets.json`: `npx tsx tools/docs/presets.ts`. */
import { readFileSync } from 'node:fs';
import type { Shares } from '../../bench/presets.ts';
import { LIMITS, type LimitName } from '../../src/core/checks/limits.ts';
import type { Preset, Source } from '../../src/core/checks/preset.ts';
import { PRESETS } from '../../src/core/checks/presets.ts';
import { cell, writeWhenRun } from './markdown.ts';

const MEASURED = new URL('../../bench/presets.json', import.meta.url);

const INTRO = `# Presets: what each generator wants of a picture

A preset is a few limits that differ from the [policy](policy.md)'s defaults, each with what its makers, or their code, say. Where
they give no number and none follows from theirs, the default holds, and what is not judged is said below. What begins with
"We:" is worked out here.

This file is made from \`src/core/checks/presets/\` by \`npm run docs\`.

\`\`\`
npx liveportrait-detect check --for hallo photos/           # judged for one generator
npx liveportrait-detect check --for all photos/             # a row a picture, a column a generator
npx liveportrait-detect fix --for hallo photos/ -o ready/   # cropped and scaled as it wants
npx liveportrait-detect evaluate --for ditto labels.tsv
npx liveportrait-detect submit --for emo list.txt --server http://127.0.0.1:8080
\`\`\`

In the library and in \`/v1/inspect\` and \`/v1/fix\` it is \`{"policy": {"for": "hallo"}}\`; other members override the preset's, as in
\`{"for": "hallo", "maxYaw": 40}\`. \`/v1/jobs\` takes \`?for=hallo\`, or \`"for"\` in its JSON. The page has a choice, which the browser
remembers. An unknown name is \`policy.invalid\`. \`check --for all\` inspects each picture once; its exit code is 0 where
every picture is taken by at least one generator, and 1 where one is taken by none.

A preset says what a generator takes, and not how good its result will be. No open generator refuses a picture for its pose, and
most take faces that our defaults refuse: covered ones, profiles. Those limits stay, since the results are poor.
`;

/** The whole of `docs/presets.md`. */
export function presetsMarkdown(): string {
  const shares: Shares = JSON.parse(readFileSync(MEASURED, 'utf8'));
  return [INTRO, overview(shares), ...PRESETS.map(section)].join('\n');
}

function overview({ usable, refused, passed }: Shares): string {
  const share = (count = 0, total = 0) => (total === 0 ? '' : `${((count / total) * 100).toFixed(1)} %`);
  const rows = PRESETS.map(({ name, title, crop }) => {
    const { usable: good, refused: bad } = passed[name] ?? {};
    const given = crop === null ? '' : crop.size === null ? 'a square' : `a square of ${crop.size} px`;
    const cells = [`[\`${name}\`](#${name})`, title, share(good, usable), share(bad, refused), given];
    return `| ${cells.join(' | ')} |`;
  });
  return `## What they take

Of ${usable} labelled usable portraits, as they are, and of ${refused} pictures that people labelled as unusable for LivePortrait, with
\`npm run bench:presets\`, which is \`check --for all\` over the labelled sets. Those sets are portraits of one person, most of them small and few cut as
closely as some generators want. A picture of fewer pixels than a generator asks for stays so; a closer crop \`fix --for\` makes.

| name | generator | usable portraits that pass | unusable pictures that pass | \`fix --for\` gives |
|---|---|---|---|---|
${rows.join('\n')}
`;
}

function section({ name, title, limits, enforce, crop, unjudged }: Preset): string {
  const told = (what: string, { url, says }: Source) => `| ${what} | ${cell(says)} [Source](${url}) |`;
  const rows = [
    ...Object.entries(limits).map(([limit, wanted]) =>
      told(`\`${limit}\` ${wanted.value} ${LIMITS[limit as LimitName].unit}`, wanted),
    ),
    ...Object.entries(enforce).map(([id, source]) => told(`\`${id}\` refuses`, source)),
    ...(crop === null ? [] : [told(describeCrop(crop), crop)]),
  ];
  const table =
    rows.length === 0 ? ['All limits are at their defaults.'] : ['| | why |', '|---|---|', ...rows];
  const left = unjudged.map((sentence) => `* ${sentence}`);
  return [
    `## ${name}`,
    '',
    `${title}.`,
    '',
    ...table,
    ...(left.length === 0 ? [] : ['', 'Not judged here:', '', ...left]),
    '',
  ].join('\n');
}

function describeCrop({ of, scale, up, size }: NonNullable<Preset['crop']>): string {
  const base = of === 'box' ? "the face's box" : "the face's points";
  const moved = up === 0 ? '' : `, moved up by ${up} of it`;
  return `\`fix\` cuts ${scale} x ${base}${moved}${size === null ? '' : `, ${size} px at most`}`;
}

writeWhenRun(import.meta.url, 'docs/presets.md', presetsMarkdown);
