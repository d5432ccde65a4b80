/** What measured values are counted in, in Chinese. */

/** Behind a value, by the unit's English name. */
const UNITS: Readonly<Record<string, string>> = {
  bytes: ' 字节',
  degrees: ' 度',
  faces: ' 张',
  luma: '（亮度）',
  probability: '（概率）',
  px: ' 像素',
  ratio: '（比值）',
  score: '（得分）',
  share: '（比例）',
};

/** "50 度", "0.5（概率）"; a unit that is not known stays as it is. */
export function amountInChinese(value: string | number, unit: string): string {
  return `${value}${UNITS[unit] ?? ` ${unit}`}`;
}
