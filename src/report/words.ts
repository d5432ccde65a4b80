/** What the contact sheet says, by language; what it says of a picture is in the core's words. */
import type { Language } from '../core/words/catalogue.ts';

/** Its words in one language. */
export interface ReportWords {
  readonly title: string;
  /** Names of the filters. */
  readonly verdict: string;
  readonly reason: string;
  readonly text: string;
  /** The choice of a filter that leaves nothing out. */
  readonly all: string;
  readonly outcomes: Readonly<Record<'pass' | 'fail' | 'error', string>>;
  /** How many of all pictures are shown: numbers, or what stands for them. */
  readonly shown: (shown: string, all: string) => string;
  /** Above what was measured, each with its limit. */
  readonly measures: string;
  readonly sortBy: string;
  readonly order: string;
  readonly name: string;
  readonly faceWidth: string;
  readonly turn: string;
  readonly sharpness: string;
  readonly quality: string;
  /** What pictures that pass, and those that could not be inspected for another reason, stand under. */
  readonly pass: string;
  readonly noPicture: string;
  readonly face: (index: number, faces: number) => string;
  readonly wide: (pixels: number) => string;
  readonly turned: (degrees: number) => string;
  readonly score: (score: string) => string;
}

const EN: ReportWords = {
  title: 'Will these pictures work as talking portraits?',
  verdict: 'Verdict',
  reason: 'Reason',
  text: 'Search',
  all: 'all',
  outcomes: { pass: 'pass', fail: 'fail', error: 'could not be inspected' },
  shown: (shown, all) => `${shown} of ${all} pictures are shown`,
  measures: 'Measured values and limits',
  sortBy: 'Sort by',
  order: 'order',
  name: 'name',
  faceWidth: 'width of the face',
  turn: 'turn of the head',
  sharpness: 'sharpness',
  quality: 'quality, the best first',
  pass: 'Pass',
  noPicture: 'no picture',
  face: (index, faces) => `face ${index} of ${faces}`,
  wide: (pixels) => `${pixels} px wide`,
  turned: (degrees) => `turned ${degrees}°`,
  score: (score) => `quality ${score}`,
};

const ZH_CN: ReportWords = {
  title: '这些图片能不能做成会说话的人像？',
  verdict: '结论',
  reason: '原因',
  text: '搜索',
  all: '全部',
  outcomes: { pass: '通过', fail: '不通过', error: '无法检测' },
  shown: (shown, all) => `显示 ${shown} 张，共 ${all} 张`,
  measures: '测量值和阈值',
  sortBy: '排序',
  order: '原来的顺序',
  name: '文件名',
  faceWidth: '人脸宽度',
  turn: '转头角度',
  sharpness: '清晰度',
  quality: '质量分，最好的在前',
  pass: '通过',
  noPicture: '没有图片',
  face: (index, faces) => `第 ${index} 张脸，共 ${faces} 张`,
  wide: (pixels) => `宽 ${pixels} 像素`,
  turned: (degrees) => `转头 ${degrees}°`,
  score: (score) => `质量分 ${score}`,
};

const WORDS: Readonly<Record<Language, ReportWords>> = { en: EN, 'zh-CN': ZH_CN };

/** The contact sheet's words in a language. */
export function reportWordsIn(language: Language): ReportWords {
  return WORDS[language];
}
