import type { Language } from '../../../src/core/words/catalogue.ts';

/** What is wrong with a text of one or more whole sentences; nothing, if all is right. */
export function faultsOfSentence(text: string, language: Language): string[] {
  const faults = faultsOfLabel(text, language);
  if (!/[.?!。？！]$/.test(text)) faults.push('it does not end with a full stop');
  return faults;
}

/** What is wrong with a text of any kind. */
export function faultsOfLabel(text: string, language: Language): string[] {
  const faults: string[] = [];
  const refuse = (pattern: RegExp, fault: string) => {
    if (pattern.test(text)) faults.push(fault);
  };
  refuse(/^\s*$/, 'it is empty');
  refuse(/undefined|NaN|null|\[object|Infinity|=>/, 'it shows a value that is none');
  refuse(/ {2}|^\s|\s$/, 'it has a space too many');
  refuse(/\s[.,;:!?](?![\w])|\s[。，；：！？）)]/, 'a space stands before a punctuation mark');
  refuse(/[.。]{2}|[,，][.。]|\(\)|（）/, 'a punctuation mark is too many');
  refuse(/-0(?![\d.])/, 'it has a zero with a sign');
  for (const [open, close] of ['()', '（）', '“”', '[]', '{}']) {
    if (text.split(open!).length !== text.split(close!).length) faults.push(`${open} and ${close} differ`);
  }
  if (language === 'zh-CN') {
    refuse(/[，。；：！？（）“”] /, 'a space stands beside a full-width mark');
    refuse(/[\u4e00-\u9fff][,;:!?()]|[,;:!?()][\u4e00-\u9fff]/, 'a mark is not full-width');
    refuse(/[０-９Ａ-Ｚａ-ｚ]/, 'a number or a letter is full-width');
    // Names, options and code are Latin; a sentence has at least three small words behind one another.
    refuse(/(?:\b[a-z]+ ){3}[a-z]+\b/, 'a sentence is not in Chinese');
    if (!/[\u4e00-\u9fff]/.test(text)) faults.push('nothing is in Chinese');
  } else refuse(/[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/, 'it has Chinese in it');
  return faults;
}
