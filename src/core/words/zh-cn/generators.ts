/** Titles of generators that have English words in them, in Chinese. */
const TITLES: Readonly<Record<string, string>> = {
  'Hallo, Hallo 2': 'Hallo、Hallo 2',
  'MultiTalk, InfiniteTalk': 'MultiTalk、InfiniteTalk',
  'Wan2.2-S2V, the open model': 'Wan2.2-S2V（开源模型）',
  'EMO on DashScope (emo-v1)': 'DashScope 上的 EMO（emo-v1）',
  'Emoji on DashScope (emoji-v1)': 'DashScope 上的 Emoji（emoji-v1）',
  'Wan2.2-S2V on DashScope (wan2.2-s2v)': 'DashScope 上的 Wan2.2-S2V（wan2.2-s2v）',
  'HeyGen photo avatars': 'HeyGen 照片数字人',
};

/** A generator as it is called in Chinese, by the title of its preset; a name without words stays as it is. */
export function generatorInChinese(title: string): string {
  return TITLES[title] ?? title;
}

/** The same in front of a Chinese word: a Latin letter or a figure has a space behind it. */
export function generatorBefore(title: string): string {
  return generatorInChinese(title).replace(/[A-Za-z\d]$/, '$& ');
}
