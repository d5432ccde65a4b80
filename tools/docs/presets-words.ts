/** What `docs/presets.md` says around what the presets say, by language. */
import type { PresetCrop } from '../../src/core/checks/preset.ts';
import type { Language } from '../../src/core/words/catalogue.ts';
import { generatorInChinese } from '../../src/core/words/zh-cn/generators.ts';
import { amountInChinese } from '../../src/core/words/zh-cn/units.ts';

export interface PresetPage {
  readonly intro: string;
  readonly overview: (usable: number, refused: number) => string;
  readonly head: string;
  readonly why: string;
  readonly allDefault: string;
  readonly unjudged: string;
  readonly amount: (value: number, unit: string) => string;
  /** A generator, by its own title. */
  readonly called: (title: string) => string;
  readonly title: (title: string) => string;
  readonly sourced: (sentence: string, url: string) => string;
  readonly refuses: (check: string) => string;
  /** @param size its edge in pixels; null where all pixels are kept */
  readonly square: (size: number | null) => string;
  readonly crop: (crop: PresetCrop) => string;
}

/** Code, the same in both but for its comments. */
const calls = (one: string, all: string, fix: string) => `\`\`\`
npx liveportrait-detect check --for hallo photos/           # ${one}
npx liveportrait-detect check --for all photos/             # ${all}
npx liveportrait-detect fix --for hallo photos/ -o ready/   # ${fix}
npx liveportrait-detect evaluate --for ditto labels.tsv
npx liveportrait-detect submit --for emo list.txt --server http://127.0.0.1:8080
\`\`\``;

export const PRESET_PAGES: Readonly<Record<Language, PresetPage>> = {
  en: {
    intro: `# Presets: what each generator wants of a picture

[中文](zh-CN/presets.md)

A preset is a few limits that differ from the defaults of the [policy](policy.md), each with what the generator's makers or its code say. Where
they give no number, and none follows from theirs, the default holds; what is not judged is listed below. What begins with
"We:" is our own conclusion.

This file is made from \`src/core/checks/presets/\` by \`npm run docs\`.

${calls('judged for one generator', 'one row per picture, one column per generator', 'cropped and scaled as it wants')}

In the library, in \`/v1/inspect\` and in \`/v1/fix\` it is \`{"policy": {"for": "hallo"}}\`. Other members override the preset's, as in
\`{"for": "hallo", "maxYaw": 40}\`. \`/v1/jobs\` takes \`?for=hallo\`, or \`"for"\` in its JSON. The page offers a choice, which the browser
remembers. An unknown name is \`policy.invalid\`. \`check --for all\` inspects each picture once. Its exit code is 0 if
every picture is taken by at least one generator, and 1 if one is taken by none.

A preset says what a generator takes, not how good its result will be. No open generator refuses a picture for its pose, and
most take faces that our defaults refuse: covered ones, profiles. We keep those limits, because the results are poor.
`,
    overview: (usable, refused) => `## What they take

Measured on ${usable} usable portraits and ${refused} pictures that people labelled as unusable for LivePortrait, as they are, with
\`npm run bench:presets\`, which is \`check --for all\` over the labelled sets. The sets are portraits of one person, most of them small, and few cut as
closely as some generators want. A picture with fewer pixels than a generator asks for stays so; \`fix --for\` makes a closer crop.
`,
    head: '| name | generator | usable portraits that pass | unusable pictures that pass | `fix --for` gives |',
    why: '| | why |',
    allDefault: 'All limits are at their defaults.',
    unjudged: 'Not judged here:',
    amount: (value, unit) => `${value} ${unit}`,
    called: (title) => title,
    title: (title) => `${title}.`,
    sourced: (sentence, url) => `${sentence} [Source](${url})`,
    refuses: (check) => `\`${check}\` refuses`,
    square: (size) => (size === null ? 'a square' : `a square of ${size} px`),
    crop: ({ of, scale, up, size }) => {
      const base = of === 'box' ? "the face's box" : "the face's points";
      const moved = up === 0 ? '' : `, moved up by ${up} of it`;
      return `\`fix\` cuts ${scale} x ${base}${moved}${size === null ? '' : `, ${size} px at most`}`;
    },
  },
  'zh-CN': {
    intro: `# 预设：各生成模型对图片的要求

[English](../presets.md)

预设是几项与[默认阈值](policy.md)不同的阈值，每一项都附有作者或代码里的说法。作者没给数字、也推不出数字的，用默认值；不判断的写在下面。以“我们：”开头的是我们自己的推断。

本页由 \`npm run docs\` 根据 \`src/core/checks/presets/\` 生成。

${calls('按一个生成模型判断', '每张图片一行，每个生成模型一列', '按它的要求裁剪和缩放')}

在库、\`/v1/inspect\` 和 \`/v1/fix\` 里写作 \`{"policy": {"for": "hallo"}}\`；其他成员会覆盖预设，例如 \`{"for": "hallo", "maxYaw": 40}\`。\`/v1/jobs\` 用 \`?for=hallo\`，或 JSON 里的 \`"for"\`。页面上可以选择，浏览器会记住。名称不存在是 \`policy.invalid\`。\`check --for all\` 每张图片只检测一次；每张图片都至少有一个生成模型能用时退出码是 0，有一张都不能用时是 1。

预设说的是生成模型接受什么，不是效果有多好。开源的生成模型都不会因为姿势拒绝图片，多数也接受我们默认拒绝的脸，例如有遮挡的、侧脸。这些阈值我们保留，因为效果差。
`,
    overview: (usable, refused) => `## 各生成模型接受什么

用 ${usable} 张可用人像和 ${refused} 张标注为不能用于 LivePortrait 的图片，原样测得，命令是 \`npm run bench:presets\`，即对标注集运行 \`check --for all\`。这些图片都是单人像，多数尺寸小，很少像某些生成模型要求的那样裁得很紧。像素不够的图片不会变多；裁得更紧可以用 \`fix --for\`。
`,
    head: '| 名称 | 生成模型 | 可用人像的通过率 | 不可用图片的通过率 | `fix --for` 的结果 |',
    why: '| | 依据 |',
    allDefault: '所有阈值都是默认值。',
    unjudged: '这里不判断：',
    amount: amountInChinese,
    called: generatorInChinese,
    title: (title) => `${title}。`,
    sourced: (sentence, url) => `${sentence}[出处](${url})`,
    refuses: (check) => `由 \`${check}\` 拒绝`,
    square: (size) => (size === null ? '正方形' : `${size} 像素的正方形`),
    crop: ({ of, scale, up, size }) => {
      const moved = up === 0 ? '' : `，上移其 ${up}`;
      return `\`fix\` 裁出${of === 'box' ? '人脸框' : '人脸关键点'}的 ${scale} 倍${moved}${size === null ? '' : `，最大 ${size} 像素`}`;
    },
  },
};
