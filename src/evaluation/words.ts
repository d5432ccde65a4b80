/** What the report of an evaluation says, by language. Labels, checks and tokens are shown as they are. */
import type { Language } from '../core/words/catalogue.ts';
import { amountInChinese } from '../core/words/zh-cn/units.ts';

/** Its words in one language. */
export interface EvaluationWords {
  readonly title: (manifest: string) => string;
  readonly summary: (pictures: number, right: number, wrong: number) => string;
  readonly rates: string;
  /** Heads of the table of rates. */
  readonly columns: Readonly<
    Record<
      | 'group'
      | 'expected'
      | 'reason'
      | 'pictures'
      | 'passed'
      | 'failed'
      | 'unread'
      | 'right'
      | 'interval'
      | 'trueReason',
      string
    >
  >;
  readonly why: string;
  readonly limits: string;
  readonly curve: string;
  /** What a check's limit does: its name, its value and unit, and two shares as they are written. */
  readonly catches: (limit: string, at: string, unit: string, caught: string, falseAlarms: string) => string;
  readonly misjudged: string;
  readonly told: (expected: string, got: string) => string;
}

const EN: EvaluationWords = {
  title: (manifest) => `Evaluation of ${manifest}`,
  summary: (pictures, right, wrong) =>
    `${pictures} pictures: ${right} judged as expected, ${wrong} not, the rest may go either way.`,
  rates: 'Rates',
  columns: {
    group: 'group',
    expected: 'expected',
    reason: 'reason',
    pictures: 'pictures',
    passed: 'passed',
    failed: 'failed',
    unread: 'unread',
    right: 'right',
    interval: '95% interval',
    trueReason: 'true reason',
  },
  why: 'Why: the expected reason against the token that was given',
  limits: 'Limits: share caught against false alarms',
  curve:
    'Each curve shows what one check would do at every limit: to the right, the share of pictures that should pass and would be ' +
    'refused; upwards, the share of pictures that should fail and would be caught by this check alone. The dot is the limit in force.',
  catches: (limit, at, unit, caught, falseAlarms) =>
    `${limit} ${at} ${unit} catches ${caught} at ${falseAlarms} false alarms`,
  misjudged: 'Misjudged pictures',
  told: (expected, got) => `expected ${expected}, got ${got}`,
};

const ZH_CN: EvaluationWords = {
  title: (manifest) => `${manifest} 的评测`,
  summary: (pictures, right, wrong) =>
    `共 ${pictures} 张图片：${right} 张与预期一致，${wrong} 张不一致，其余的通过或不通过都算对。`,
  rates: '准确率',
  columns: {
    group: '分组',
    expected: '预期',
    reason: '原因',
    pictures: '图片数',
    passed: '通过',
    failed: '不通过',
    unread: '读不了',
    right: '判对',
    interval: '95% 区间',
    trueReason: '原因正确',
  },
  why: '原因：预期的原因与给出的原因标识',
  limits: '阈值：检出率与误报率',
  curve:
    '每条曲线是一项检查在各个阈值下的表现：横轴是本应通过却会被拒绝的图片比例，纵轴是本应不通过、仅靠这一项检查就能检出的图片比例。圆点是当前的阈值。',
  catches: (limit, at, unit, caught, falseAlarms) =>
    `${limit} ${amountInChinese(at, unit)}：检出 ${caught}，误报 ${falseAlarms}`,
  misjudged: '判错的图片',
  told: (expected, got) => `预期 ${expected}，结果 ${got}`,
};

/** The words by language. */
export const EVALUATION_WORDS: Readonly<Record<Language, EvaluationWords>> = { en: EN, 'zh-CN': ZH_CN };
