/** The page "Why was my picture refused?": a drawn picture for each reason, and what the product itself says of it. */
import { inLanguage } from '../../../src/core/checks/in-language.ts';
import { ADVISORY_REASONS, FACE_REASONS } from '../../../src/core/checks/reasons.ts';
import { RULES } from '../../../src/core/checks/rules.ts';
import type { CheckReason, Inspection } from '../../../src/core/inspection.ts';
import { type Language, wordsIn } from '../../../src/core/words/catalogue.ts';
import { SAID, SAMPLES } from './samples.ts';

/** What the page says around its pictures. */
interface PageFrame {
  readonly intro: string;
  readonly refuses: string;
  readonly asked: string;
  readonly advises: string;
  /** In place of a picture. */
  readonly undrawn: string;
  readonly more: string;
}

const FRAMES: Readonly<Record<Language, PageFrame>> = {
  en: {
    intro: `# Why was my picture refused?

[中文](zh-CN/why-refused.md)

Find your reason below. It is in \`reason\` (\`POST /v1/inspect\`), in the header \`x-reason\` (the vendor's call), on the page, and on
the command line:

\`\`\`
npx liveportrait-detect check photo.jpg
\`\`\`

Each picture here is drawn, and below it stands what the product says of it. If the fault can be repaired, [\`fix\`](repair.md) does it.
The limits, and how to set your own, are in [policy.md](policy.md). A file that cannot be read at all is in [questions and answers](faq.md#the-file).`,
    refuses: '## These refuse a picture',
    asked:
      '## These refuse a picture only for some generators\n\nThey count where you name such a generator, or set the limit yourself: [presets.md](presets.md).',
    advises:
      '## These are told, and refuse nothing\n\nThe picture passes. A policy can make any of them refuse, with `enforce`: [policy.md](policy.md).',
    undrawn: 'There is no drawing of this one. Of such a picture the product says:',
    more: `This page is made by \`npx tsx tools/docs/refused/main.ts\`.`,
  },
  'zh-CN': {
    intro: `# 图片为什么不通过？

[English](../why-refused.md)

在下面找到你的原因。它在 \`reason\`（\`POST /v1/inspect\`）、响应头 \`x-reason\`（官方接口）、页面和命令行里都能看到：

\`\`\`
npx liveportrait-detect check photo.jpg
\`\`\`

这里的图片都是画出来的，图下是本产品对它的说明。能修复的问题，[\`fix\`](../repair.md) 会修复。各项阈值和修改方法见 [policy.md](policy.md)。文件读不了的情况见[常见问题](faq.md#文件)。`,
    refuses: '## 这些会拒绝图片',
    asked:
      '## 这些只对部分生成模型拒绝图片\n\n指定了这类模型，或自己设了阈值时才生效：[presets.md](presets.md)。',
    advises:
      '## 这些只提示，不拒绝\n\n图片照样通过。阈值配置里用 `enforce` 可以让其中任何一项拒绝图片：[policy.md](policy.md)。',
    undrawn: '这一项没有示意图。产品对这类图片的说明是：',
    more: `本页由 \`npx tsx tools/docs/refused/main.ts\` 生成。`,
  },
};

/** Where the picture of a reason is, below `docs/`. */
export function pictureOf(reason: CheckReason): string {
  return `pictures/refused/${reason.replace('.', '-')}.jpg`;
}

/** The sections of a page as it stands, by their reasons. */
export function sectionsOf(page: string): Readonly<Record<string, string>> {
  const sections = page.split(/\n\n(?=#|[^\n]*`npx tsx )/);
  return Object.fromEntries(
    sections.flatMap((section) => {
      const [, reason] = /^### .*[:：] ?`(\S+)`\n/.exec(section) ?? [];
      return reason === undefined ? [] : [[reason, section]];
    }),
  );
}

/**
 * The page in a language.
 *
 * @param kept sections that stay as they are, by their reasons
 */
export function refusedPage(
  language: Language,
  inspections: ReadonlyMap<CheckReason, Inspection<unknown>>,
  kept: ReadonlyMap<string, string> = new Map(),
): string {
  const { intro, refuses, asked, advises, undrawn, more } = FRAMES[language];
  const words = wordsIn(language);
  const heading = (reason: CheckReason) =>
    `### ${words.reasons[reason]}${language === 'en' ? ': ' : '：'}\`${reason}\``;
  const section = (reason: CheckReason) => {
    const before = kept.get(reason);
    if (before !== undefined) return before;
    const inspection = inspections.get(reason);
    if (inspection === undefined) {
      const rule = RULES.find((one) => one.reason === reason);
      const said = SAID[reason]?.(words) ?? (rule === undefined ? '' : words.meanings[rule.id]);
      return `${heading(reason)}\n\n${undrawn}\n\n${said}`;
    }
    const told = inLanguage(inspection, language).checks.find((check) => check.reason === reason);
    const picture = `${language === 'en' ? '' : '../'}${pictureOf(reason)}`;
    const name = words.reasons[reason];
    return `${heading(reason)}\n\n![${name}](${picture})\n\n${told?.advice ?? ''}`;
  };
  const always = FACE_REASONS.filter((reason) => SAMPLES[reason]?.policy === undefined);
  const others = FACE_REASONS.filter((reason) => SAMPLES[reason]?.policy !== undefined);
  return `${[
    intro,
    refuses,
    ...always.map(section),
    asked,
    ...others.map(section),
    advises,
    ...ADVISORY_REASONS.map(section),
    more,
  ].join('\n\n')}\n`;
}
