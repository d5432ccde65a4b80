/** What commander says of a wrong call, and how it is said in Chinese. What is not listed stays as it is. */
const SAID: readonly (readonly [RegExp, string])[] = [
  [/^error: unknown option '(.*)'/m, '错误：没有选项 $1'],
  [/^error: unknown command '(.*)'/m, '错误：没有命令 $1'],
  [/^error: missing required argument '(.*)'/m, '错误：缺少参数 $1'],
  [/^error: required option '(.*)' not specified/m, '错误：缺少必需的选项 $1'],
  [/^error: option '(.*)' argument missing/m, '错误：选项 $1 缺少取值'],
  [/^error: option '(.*)' cannot be used with option '(.*)'/m, '错误：选项 $1 不能与 $2 同时使用'],
  [
    /^error: option '(.*)' argument '(.*)' is invalid\. Allowed choices are (.*)\./m,
    '错误：选项 $1 的值 $2 无效，可用的值：$3。',
  ],
  [/^error: option '(.*)' argument '(.*)' is invalid\. /m, '错误：选项 $1 的值 $2 无效。'],
  [/^error: too many arguments.*/m, '错误：参数太多'],
  [/\(Did you mean (.*)\?\)/, '（是不是想写 $1？）'],
  [/\(Did you mean one of (.*)\?\)/, '（是不是想写其中一个：$1？）'],
];

/** A wrong call in Chinese. */
export function usage(english: string): string {
  const said = SAID.reduce((text, [pattern, chinese]) => text.replace(pattern, chinese), english);
  return said.replace(/(?<=可用的值：|其中一个：)[^。？]*/g, (names) => names.replaceAll(', ', '、'));
}
