/** Makes `docs/errors.md`, and the same in Chinese, from the catalogue: `npx tsx tools/docs/errors.ts`. */

import type { Language } from '../../src/core/words/catalogue.ts';
import { errorWords } from '../../src/core/words/errors.ts';
import { CATALOGUE, type CatalogueEntry, type ErrorCode } from '../../src/errors.ts';
import { cell, writeWhenRun } from './markdown.ts';

const INTROS: Readonly<Record<Language, string>> = {
  en: `# Errors

[中文](zh-CN/errors.md)

Every failure of the service, the library and the command line is one of these, in the order in which the service
checks for them. The token is in the header \`x-reason\`, and is the \`code\` of a \`DetectError\`. Status, code and
message are what a DashScope client sees, the vendor's spelling included. Our own paths (\`/v1/…\`) have a message in
Chinese where \`Accept-Language\` asks for that: what is wrong in this case, or what stands under "when" in the Chinese table.

This file is made from \`src/errors/\` by \`npx tsx tools/docs/errors.ts\`.
`,
  'zh-CN': `# 错误码

[English](../errors.md)

服务、库和命令行的每一种失败都在下表中，按服务检查的先后排列。标识在响应头 \`x-reason\` 里，也是 \`DetectError\` 的 \`code\`。HTTP 状态码、错误码和错误信息与 DashScope 客户端看到的一致，连官方的拼写错误也保留。本服务自己的路径（\`/v1/…\`）在 \`Accept-Language\` 要求中文时，错误信息是中文：能说明具体情况时说明具体情况，否则就是“什么时候出现”一栏的内容。

本页由 \`npx tsx tools/docs/errors.ts\` 根据 \`src/errors/\` 生成。
`,
};

const HEADS: Readonly<Record<Language, string>> = {
  en: '| token | status | code | message | when | what to do |',
  'zh-CN': '| 标识 | HTTP | 错误码 | 错误信息 | 什么时候出现 | 怎么办 |',
};

/** Behind a sentence, in brackets before its full stop, where alone an error happens. */
const ONLY: Readonly<Record<Language, (when: string, only: Only) => string>> = {
  en: (when, only) => when.replace(/\.$/, ` (${only} only).`),
  'zh-CN': (when, only) => when.replace(/。$/, `（仅限${CHINESE[only]}）。`),
};
const CHINESE: Readonly<Record<Only, string>> = {
  'command line': '命令行',
  'command line and browser': '命令行和浏览器',
  clients: '客户端',
  library: '库',
  'own paths': '本服务自己的路径',
};
type Only = NonNullable<CatalogueEntry['only']>;

/** The whole of `docs/errors.md`, or of its sister. */
export function errorsMarkdown(language: Language = 'en'): string {
  const rows = Object.entries<CatalogueEntry>(CATALOGUE).map(([token, { status, code, message, only }]) => {
    const { when: told, advice } = errorWords(token as ErrorCode, language);
    const when = only === undefined ? told : ONLY[language](told, only);
    return `| \`${token}\` | ${status} | \`${code}\` | ${cell(message)} | ${cell(when)} | ${cell(advice)} |`;
  });
  const table = [HEADS[language], '|---|---|---|---|---|---|', ...rows];
  return `${INTROS[language]}\n${table.join('\n')}\n`;
}

writeWhenRun(import.meta.url, 'docs/errors.md', errorsMarkdown);
writeWhenRun(import.meta.url, 'docs/zh-CN/errors.md', () => errorsMarkdown('zh-CN'));
