/** Makes `docs/presets.md`, and the same in Chinese, from the presets and `bench/presets.json`: `npx tsx tools/docs/presets.ts`. */
import { readFileSync } from 'node:fs';
import type { Shares } from '../../bench/presets.ts';
import { LIMITS, type LimitName } from '../../src/core/checks/limits.ts';
import type { Preset, Source } from '../../src/core/checks/preset.ts';
import { PRESETS } from '../../src/core/checks/presets.ts';
import type { Language } from '../../src/core/words/catalogue.ts';
import { cell, writeWhenRun } from './markdown.ts';
import { PRESET_PAGES, type PresetPage } from './presets-words.ts';
import { PRESETS_IN_CHINESE } from './zh-cn/presets.ts';

const MEASURED = new URL('../../bench/presets.json', import.meta.url);

/** The whole of `docs/presets.md`, or of its sister. @throws Error naming a sentence of a preset that is not in Chinese yet */
export function presetsMarkdown(language: Language = 'en'): string {
  const shares: Shares = JSON.parse(readFileSync(MEASURED, 'utf8'));
  const page = PRESET_PAGES[language];
  const sections = PRESETS.map((preset) => section(preset, page, language));
  return [page.intro, overview(shares, page), ...sections].join('\n');
}

/** A sentence of a preset in a language. */
function say(sentence: string, language: Language): string {
  if (language === 'en') return sentence;
  const chinese = PRESETS_IN_CHINESE[sentence];
  if (chinese === undefined) throw new Error(`tools/docs/zh-cn/presets.ts lacks: ${sentence}`);
  return chinese;
}

function overview({ usable, refused, passed }: Shares, page: PresetPage): string {
  const share = (count = 0, total = 0) => (total === 0 ? '' : `${((count / total) * 100).toFixed(1)} %`);
  const rows = PRESETS.map(({ name, title, crop }) => {
    const { usable: good, refused: bad } = passed[name] ?? {};
    const given = crop === null ? '' : page.square(crop.size);
    const cells = [
      `[\`${name}\`](#${name})`,
      page.called(title),
      share(good, usable),
      share(bad, refused),
      given,
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return `${page.overview(usable, refused)}\n${page.head}\n|---|---|---|---|---|\n${rows.join('\n')}\n`;
}

function section(
  { name, title, limits, enforce, crop, unjudged }: Preset,
  page: PresetPage,
  language: Language,
): string {
  const told = (what: string, { url, says }: Source) =>
    `| ${what} | ${page.sourced(cell(say(says, language)), url)} |`;
  const rows = [
    ...Object.entries(limits).map(([limit, wanted]) =>
      told(`\`${limit}\` ${page.amount(wanted.value, LIMITS[limit as LimitName].unit)}`, wanted),
    ),
    ...Object.entries(enforce).map(([id, source]) => told(page.refuses(id), source)),
    ...(crop === null ? [] : [told(page.crop(crop), crop)]),
  ];
  const table = rows.length === 0 ? [page.allDefault] : [page.why, '|---|---|', ...rows];
  const left = unjudged.map((sentence) => `* ${say(sentence, language)}`);
  return [
    `## ${name}`,
    '',
    page.title(page.called(title)),
    '',
    ...table,
    ...(left.length === 0 ? [] : ['', page.unjudged, '', ...left]),
    '',
  ].join('\n');
}

writeWhenRun(import.meta.url, 'docs/presets.md', presetsMarkdown);
writeWhenRun(import.meta.url, 'docs/zh-CN/presets.md', () => presetsMarkdown('zh-CN'));
