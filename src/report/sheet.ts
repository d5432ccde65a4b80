import { createHash } from 'node:crypto';
import type { Inspection } from '../core/inspection.ts';
import { wordsIn } from '../core/words/catalogue.ts';
import { escapeHtml } from './html.ts';
import { SCRIPT } from './script.ts';
import { STYLE } from './style.ts';

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
 * The start of a contact sheet: one HTML file that loads nothing and runs nothing but its own script, which groups
 * and sorts the cards. It is written card by card, however many there are.
 */
export function sheetHead(title: string): string {
  const policy = `default-src 'none'; img-src data:; style-src ${hashOf(STYLE)}; script-src ${hashOf(SCRIPT)}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>${escapeHtml(title)}</h1>
<p id="counts"></p>
<label>Sort by <select id="sort">
<option value="order">order</option>
<option value="file">name</option>
<option value="face">width of the face</option>
<option value="yaw">turn of the head</option>
<option value="sharpness">sharpness</option>
<option value="quality">quality, the best first</option>
</select></label>
</header>
<main>
`;
}

/** One picture. */
export function sheetCard(entry: SheetEntry): string {
  const { file, outcome, reason, advice, inspection, thumbnail } = entry;
  const subject = inspection?.subject;
  const data = {
    outcome,
    reason: reason || 'pass',
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
      ? '<div class="none">no picture</div>'
      : `<div class="picture"><img src="${thumbnail}" alt="" loading="lazy">${overlay(inspection)}</div>`;
  const facts = inspection && describe(inspection);
  return `<article ${attributes.join(' ')}>${picture}<h3>${escapeHtml(file)}</h3>${
    facts ? `<p class="facts">${escapeHtml(facts)}</p>` : ''
  }${advice ? `<p>${escapeHtml(advice)}</p>` : ''}</article>\n`;
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

function describe({ image, faces, subject, quality }: Inspection): string {
  const parts = [`${image.format}, ${image.uprightWidth} x ${image.uprightHeight}`];
  if (subject) {
    parts.push(`face ${subject.index + 1} of ${faces.length}`, `${Math.round(subject.workingWidth)} px wide`);
    parts.push(`yaw ${Math.round(subject.pose.yaw)}°`);
  }
  if (quality) {
    parts.push(`quality ${quality.score.toFixed(1)}`);
  }
  if (subject?.cover) parts.push(wordsIn('en').coverSentence(subject.cover));
  return parts.join(' · ');
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
