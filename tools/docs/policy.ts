/** Makes `docs/policy.md`, and the same in Chinese, from the checks and their limits: `npx tsx tools/docs/policy.ts`. */
import { LIMITS } from '../../src/core/checks/limits.ts';
import type { Rule } from '../../src/core/checks/rule.ts';
import { RULES } from '../../src/core/checks/rules.ts';
import type { Language } from '../../src/core/words/catalogue.ts';
import { LIMITS_IN_CHINESE } from '../../src/core/words/zh-cn/limits.ts';
import { amountInChinese } from '../../src/core/words/zh-cn/units.ts';
import { cell, writeWhenRun } from './markdown.ts';

/** What the page says around its table. */
interface PolicyPage {
  readonly intro: string;
  readonly head: string;
  readonly use: string;
  readonly advisory: string;
  readonly optional: string;
  readonly amount: (value: number, unit: string) => string;
  readonly bound: (good: Rule['good'], value: string) => string;
  readonly range: (min: number, max: number) => string;
}

const EXAMPLE = `\`\`\`json
{ "minFaceWidth": 128, "maxYaw": 35, "enforce": ["count", "sharpness"] }
\`\`\``;

const PAGES: Readonly<Record<Language, PolicyPage>> = {
  en: {
    intro: `# Policy: the checks and their limits

[中文](zh-CN/policy.md)

A picture passes when no check fails. The checks run in this order. The first one that fails gives the picture its
reason; what the others found is in the inspection too. An **advisory** check says what it saw, but fails no
picture unless \`enforce\` names it. An **optional** check does not run while its limit is at its default: only some
[generators](presets.md) ask for it. A value equal to its limit passes. Which of several pictures that pass is
the best one is another question: [quality.md](quality.md).

This file is made from \`src/core/checks/\` by \`npx tsx tools/docs/policy.ts\`.
`,
    head: '| check | reason | limit | default | range | what it is | where the default is from |',
    advisory: ' (advisory)',
    optional: ' (optional)',
    amount: (value, unit) => `${value} ${unit}`,
    bound: (good, value) => `${good === 'atLeast' ? 'at least' : 'at most'} ${value}`,
    range: (min, max) => `${min} to ${max}`,
    use: `## Setting limits

A policy is an object with limits by name, \`enforce\` (a list of advisory checks), and \`for\` (the name of a generator, whose
[preset](presets.md) comes first). A limit that it does not name keeps its default, or the preset's value.

${EXAMPLE}

* Command line: \`npx liveportrait-detect check --policy policy.json photos/\`, or the JSON itself in quotes: \`--policy '{"maxYaw":30}'\`
* Library: \`createInspector({ policy })\` for every picture, \`inspector.inspect(bytes, { policy })\` for one.
* Service: \`LPD_POLICY=policy.json\` for every request, \`"policy"\` in the body of \`POST /v1/inspect\` for one.

A name that does not exist, or a value out of its range, is an error (\`policy.invalid\`). It is never ignored.
`,
  },
  'zh-CN': {
    intro: `# 阈值：各项检查和它们的阈值

[English](../policy.md)

没有一项检查不通过，图片就通过。检查按下表的顺序进行，第一个不通过的给出原因，其余检查的结果也都在检测结果里。**只提示**（advisory）的检查只说看到了什么，除非写进 \`enforce\`，否则不会拒绝图片。**可选**（optional）的检查在阈值为默认值时不运行，只有部分[生成模型](presets.md)需要。数值等于阈值算通过。多张都通过时选哪张是另一个问题，见 [quality.md](../quality.md)。

本页由 \`npx tsx tools/docs/policy.ts\` 根据 \`src/core/checks/\` 生成。
`,
    head: '| 检查 | 标识 | 阈值 | 默认值 | 范围 | 含义 | 默认值的依据 |',
    advisory: '（只提示）',
    optional: '（可选）',
    amount: amountInChinese,
    bound: (good, value) => `${good === 'atLeast' ? '至少' : '至多'} ${value}`,
    range: (min, max) => `${min} 到 ${max}`,
    use: `## 设置阈值

阈值配置是一个对象：阈值按名称填写；\`enforce\` 列出要用来拒绝的只提示检查；\`for\` 是生成模型的名称，先套用它的[预设](presets.md)。没写的阈值用默认值，或预设的值。

${EXAMPLE}

* 命令行：\`npx liveportrait-detect check --policy policy.json photos/\`，也可以直接写带引号的 JSON：\`--policy '{"maxYaw":30}'\`
* 库：\`createInspector({ policy })\` 对所有图片生效，\`inspector.inspect(bytes, { policy })\` 只对一张生效。
* 服务：\`LPD_POLICY=policy.json\` 对所有请求生效，\`POST /v1/inspect\` 请求体里的 \`"policy"\` 只对一次生效。

名称不存在或数值超出范围会报错（\`policy.invalid\`），不会被忽略。
`,
  },
};

/** The whole of `docs/policy.md`, or of its sister. */
export function policyMarkdown(language: Language = 'en'): string {
  const page = PAGES[language];
  const rows = RULES.map(({ id, reason, limit, good, advisory, optional }) => {
    const { default: value, min, max, unit } = LIMITS[limit];
    const { meaning, source } = language === 'en' ? LIMITS[limit] : LIMITS_IN_CHINESE[limit];
    const cells = [
      `\`${id}\`${advisory ? page.advisory : optional ? page.optional : ''}`,
      `\`${reason}\``,
      `\`${limit}\``,
      page.bound(good, page.amount(value, unit)),
      page.range(min, max),
      cell(meaning),
      cell(source),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return `${page.intro}\n${[page.head, '|---|---|---|---|---|---|---|', ...rows].join('\n')}\n\n${page.use}`;
}

writeWhenRun(import.meta.url, 'docs/policy.md', policyMarkdown);
writeWhenRun(import.meta.url, 'docs/zh-CN/policy.md', () => policyMarkdown('zh-CN'));
