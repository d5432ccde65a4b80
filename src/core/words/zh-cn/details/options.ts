/** What is wrong with the value of an option, in Chinese, as the end of a sentence that begins with it. */
import { fill, valuesOf } from '../../../../errors/fill.ts';
import { FLAWED, OPTION_PROBLEMS } from '../../../../errors/option-problems.ts';
import { listed, type Said } from './said.ts';

const OPTIONS: Said<typeof OPTION_PROBLEMS> = {
  empty: () => '是空的；要用默认值，请不要写这个选项',
  notWhole: ({ least, most }) => `必须是 ${least} 到 ${most} 的整数`,
  notOneOf: ({ names }) => `必须是以下之一：${listed(names)}`,
  engine: ({ names }) => `必须是 ${names.split(' nor ').join(' 或 ')}`,
  notPostgres: () => '必须以 postgres:// 开头',
  databaseAddress: () =>
    '不是地址，正确的写法例如 postgres://user:password@host/name；密码里的 # 写成 %23，/ 写成 %2F，? 写成 %3F',
  databaseFile: () => '里写的证书文件打不开',
  notOrigin: ({ entry }) => `里的 ${entry} 不是来源，正确的写法例如 https://app.example`,
  notAddress: () => '必须是 http:// 或 https:// 地址，例如 https://detect.example',
  noService: ({ host }) => `的地址上不会有服务（${host}）`,
  notProxy: ({ entry }) => `里的 ${entry} 不是地址或网段，正确的写法例如 10.1.0.0/16`,
  notNaming: ({ entry }) => `里的 ${entry} 不是 name=model 的形式`,
  ownName: ({ name }) => `用了名称 ${name}，而它本身就是一个模型`,
  noModel: ({ name, names }) => `里没有模型 ${name}，可用的有：${listed(names)}`,
  notBlock: ({ entry }) => `里的 ${entry} 不是网段，正确的写法例如 10.1.0.0/16，前缀之后的位必须全为 0`,
  wideBlock: ({ entry, widest, family }) => `里的 ${entry} 范围太大：IPv${family} 最大是 /${widest}`,
  notTarget: ({ entry }) => `里的 ${entry} 不是网段、地址或主机名（可带端口）`,
  port: ({ entry }) => `里的 ${entry} 的端口不在 1 到 65535 之间`,
  brackets: ({ entry }) => `里的 ${entry} 的方括号内不是 IPv6 地址`,
  notHost: ({ entry }) => `里的 ${entry} 不是主机名；"*" 只能代替整个第一段，例如 *.store.example`,
  topLevel: ({ entry }) => `里的 ${entry} 会放行整个顶级域名`,
};

/** A sentence about an option's value; undefined for any other text. */
export function flawedOptionIn(english: string): string | undefined {
  for (const [name, problem] of Object.entries(OPTION_PROBLEMS)) {
    const values = valuesOf(fill(FLAWED, { given: '{given}', problem }), english);
    if (values === undefined) continue;
    const given = values.given?.replace(/: its value$/, '').replace(/: /, '：') ?? '';
    // The values have the places of the problem that they were found by.
    return `${given} ${(OPTIONS[name as keyof typeof OPTIONS] as (found: typeof values) => string)(values)}。`;
  }
  return undefined;
}
