import { createHash } from 'node:crypto';
import type { Inspection } from '../core/inspection.ts';
import { type Language, wordsIn } from '../core/words/catalogue.ts';
import { errorTitle } from '../core/words/error-titles.ts';
import { escapeHtml } from './html.ts';
import { measures } from './measures.ts';
import { SCRIPT } from './script.ts';
import { STYLE } from './style.ts';
import { reportWordsIn } from './words.ts';

/** What a card of the contact sheet shows. */
export interface SheetEntry {
  readonly file: string;
  readonly outcome: 'pass' | 'fail' | 'error';
  /** A token; empty for a pass. */
  readonly reason: string;
  readonly advice: string;
  /** Null where the picture could not be inspected. */
  readonly inspection: Inspection | null;
  /** A data URI; null where the picture could not be decoded. */
  readonly thumbnail: string | null;
}

/**
 * The start of a contact sheet: one HTML file that loads nothing and runs nothing but its own script, which groups, filters
 * and sorts the cards. It is written card by card, however many there are.
 */
export function sheetHead(language: Language): string {
  const words = reportWordsIn(language);
  const policy = `default-src 'none'; img-src data:; style-src ${hashOf(STYLE)}; script-src ${hashOf(SCRIPT)}`;
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(words.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>${escapeHtml(words.title)}</h1>
<p id="counts"></p>
<form>
<label>${words.verdict} <select id="verdict">
<option value="">${words.all}</option>
<option value="pass">${words.outcomes.pass}</option>
<option value="fail">${words.outcomes.fail}</option>
<option value="error">${words.outcomes.error}</option>
</select></label>
<label>${words.reason} <select id="reason"><option value="">${words.all}</option></select></label>
<label>${words.text} <input type="search" id="text"></label>
<label>${words.sortBy} <select id="sort">
<option value="order">${words.order}</option>
<option value="file">${words.name}</option>
<option value="face">${words.faceWidth}</option>
<option value="yaw">${words.turn}</option>
<option value="sharpness">${words.sharpness}</option>
<option value="quality">${words.quality}</option>
</select></label>
</form>
<p id="shown" role="status" data-words="${escapeHtml(words.shown('{shown}', '{all}'))}"></p>
</header>
<main>
`;
}

/** One picture. */
export function sheetCard(entry: SheetEntry, language: Language): string {
  const words = reportWordsIn(language);
  const { file, outcome, reason, advice, inspection, thumbnail } = entry;
  const subject = inspection?.subject;
  const data = {
    outcome,
    reason: reason || 'pass',
    label: labelOf(reason, language),
    file,
    face: subject?.workingWidth,
    yaw: subject && Math.abs(subject.pose.yaw),
    sharpness: subject?.sharpness,
    quality: inspection?.quality?.score,
  };
  const attributes = Object.entries(data)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `data-${name}="${escapeHtml(String(value))}"`);
  const picture =
    thumbnail === null || inspection === null
      ? `<div class="none">${words.noPicture}</div>`
      : `<div class="picture"><img src="${thumbnail}" alt="" loading="lazy">${overlay(inspection)}</div>`;
  const facts = inspection && describe(inspection, language);
  return `<article ${attributes.join(' ')}>${picture}<h3>${escapeHtml(file)}</h3>${
    facts ? `<p class="facts">${escapeHtml(facts)}</p>` : ''
  }${advice ? `<p>${escapeHtml(advice)}</p>` : ''}${inspection ? measures(inspection, language) : ''}</article>\n`;
}

/** The end. */
export function sheetTail(): string {
  return `</main>\n<script>${SCRIPT}</script>\n</body>\n</html>\n`;
}

/** The faces and LivePortrait's crop, in coordinates of the upright picture. */
function overlay({ image, faces, subject, crop }: Inspection): string {
  const boxes = faces.map(({ box: { x, y, width, height } }, index) => {
    const kind = index === subject?.index ? 'subject' : 'other';
    return `<rect class="${kind}" x="${x}" y="${y}" width="${width}" height="${height}"/>`;
  });
  if (subject?.cover) {
    const path = subject.cover.area.map((outline) => `M${outline.join(' ')}Z`).join('');
    boxes.push(`<path class="cover" d="${path}"/>`);
  }
  if (crop) {
    const { center, size, angle } = crop;
    const [x, y, edge] = [center.x - size / 2, center.y - size / 2, size].map((value) => value.toFixed(1));
    const turn = `rotate(${[angle, center.x, center.y].map((value) => value.toFixed(1)).join(' ')})`;
    boxes.push(`<rect class="crop" x="${x}" y="${y}" width="${edge}" height="${edge}" transform="${turn}"/>`);
  }
  return `<svg viewBox="0 0 ${image.uprightWidth} ${image.uprightHeight}" aria-hidden="true">${boxes.join('')}</svg>`;
}

function describe({ image, faces, subject, quality }: Inspection, language: Language): string {
  const words = reportWordsIn(language);
  const parts = [`${image.format}, ${image.uprightWidth} x ${image.uprightHeight}`];
  if (subject) {
    parts.push(words.face(subject.index + 1, faces.length), words.wide(Math.round(subject.workingWidth)));
    parts.push(words.turned(Math.abs(Math.round(subject.pose.yaw))));
  }
  if (quality) {
    parts.push(words.score(quality.score.toFixed(1)));
  }
  if (subject?.cover) parts.push(wordsIn(language).coverSentence(subject.cover));
  return parts.join(' · ');
}

/** What people call a reason or an error; the token itself where they have no name for it. */
function labelOf(reason: string, language: Language): string {
  if (reason === '') return reportWordsIn(language).pass;
  const reasons: Readonly<Record<string, string>> = wordsIn(language).reasons;
  return Object.hasOwn(reasons, reason) ? reasons[reason] : (errorTitle(reason, language) ?? reason);
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
