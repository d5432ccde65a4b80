import type { Check } from '../core/inspection.ts';
import { type Language, wordsIn } from '../core/words/catalogue.ts';
import { escapeHtml } from '../report/html.ts';
import { wilson } from './interval.ts';
import { percent, short } from './numbers.ts';
import type { Curve } from './sweep.ts';
import { type Judged, shareRight, type TallyRow } from './tally.ts';
import { EVALUATION_WORDS, type EvaluationWords } from './words.ts';

/** A picture that was judged otherwise than its label says. */
export interface Misjudged extends Judged {
  /** A data URI; null where the picture could not be decoded. */
  readonly thumbnail: string | null;
  /** What was measured on it. */
  readonly checks: readonly Check[];
}

/** What a report is made of. */
export interface ReportData {
  /** The manifest's name. */
  readonly manifest: string;
  readonly language: Language;
  readonly judged: readonly Judged[];
  readonly table: readonly TallyRow[];
  readonly curves: readonly Curve[];
  readonly misjudged: readonly Misjudged[];
}

const STYLE = `
:root { color-scheme: light dark; font: 15px/1.4 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 75rem; padding: 1rem; }
table { border-collapse: collapse; margin: .5rem 0 2rem; }
th, td { border-bottom: 1px solid #8884; padding: .2rem .8rem .2rem 0; text-align: left; vertical-align: top; }
td.number { font-variant-numeric: tabular-nums; text-align: right; }
.grid { display: grid; gap: 1.5rem; grid-template-columns: repeat(auto-fill, minmax(20rem, 1fr)); }
figure, article { break-inside: avoid; margin: 0; }
figure svg { background: #8881; display: block; width: 100%; }
figcaption, article p { font-size: .85rem; }
article img { max-height: 14rem; max-width: 100%; }
h3 { font-size: .9rem; margin: .3rem 0 0; overflow-wrap: anywhere; }
.line { fill: none; stroke: #2e6fdb; stroke-width: 2; vector-effect: non-scaling-stroke; }
.now { fill: #c0392b; }
`;

/** The whole report: one HTML file that loads nothing and runs nothing. */
export function evaluationReport(data: ReportData): string {
  const { manifest, language, judged, table, curves, misjudged } = data;
  const words = EVALUATION_WORDS[language];
  const title = words.title(manifest);
  const right = judged.filter(({ expected }) => expected !== 'either').length - misjudged.length;
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
<p>${words.summary(judged.length, right, misjudged.length)}</p>
<h2>${words.rates}</h2>
${ratesTable(table, words)}
<h2>${words.why}</h2>
${confusionTable(judged, words)}
<h2>${words.limits}</h2>
<p>${words.curve}</p>
<div class="grid">${curves.map((curve) => curveFigure(curve, words)).join('')}</div>
<h2>${words.misjudged}</h2>
<div class="grid">${misjudged.map((item) => misjudgedCard(item, language)).join('')}</div>
</body>
</html>
`;
}

function ratesTable(table: readonly TallyRow[], { columns }: EvaluationWords): string {
  const rows = table.map((row) => {
    const share = shareRight(row);
    const hits = row.expected === 'pass' ? row.passed : row.total - row.passed;
    const { low, high } = wilson(hits, row.total);
    const rate = share === null ? ['–', ''] : [percent(share), `${percent(low)} – ${percent(high)}`];
    return cells(
      [row.group, row.expected, row.reason || '–'],
      [row.total, row.passed, row.failed, row.unread, ...rate, reasonShare(row)],
    );
  });
  const head = [
    columns.group,
    columns.expected,
    columns.reason,
    columns.pictures,
    columns.passed,
    columns.failed,
    columns.unread,
    columns.right,
    columns.interval,
    columns.trueReason,
  ];
  return htmlTable(head, rows);
}

/** Of those that were refused, the share that was refused for the label's reason. */
function reasonShare({ explained, trulyExplained }: TallyRow): string {
  return explained === 0 ? '–' : percent(trulyExplained / explained);
}

function confusionTable(judged: readonly Judged[], { columns }: EvaluationWords): string {
  const expectedOf = (item: Judged) => `${item.expected}${item.reason && `, ${item.reason}`}`;
  const expected = [...new Set(judged.map(expectedOf))].sort();
  const given = [...new Set(judged.map(({ token }) => token || 'pass'))].sort();
  const count = (row: string, column: string) =>
    judged.filter((item) => expectedOf(item) === row && (item.token || 'pass') === column).length || '';
  const rows = expected.map((row) =>
    cells(
      [row],
      given.map((column) => count(row, column)),
    ),
  );
  return htmlTable([columns.expected, ...given], rows);
}

function curveFigure({ id, limit, unit, now, points }: Curve, words: EvaluationWords): string {
  const at = ({ falseAlarms, caught }: Curve['now']) =>
    `${(falseAlarms * 100).toFixed(2)},${(100 - caught * 100).toFixed(2)}`;
  const [x, y] = at(now).split(',');
  const told = words.catches(limit, short(now.limit), unit, percent(now.caught), percent(now.falseAlarms));
  const caption = `${id}: ${told}`;
  return `<figure><svg viewBox="0 0 100 100" role="img" aria-label="${escapeHtml(caption)}"><polyline class="line" points="${points.map(at).join(' ')}"/><circle class="now" cx="${x}" cy="${y}" r="1.5"/></svg><figcaption>${escapeHtml(caption)}</figcaption></figure>`;
}

function misjudgedCard(item: Misjudged, language: Language): string {
  const { file, expected, reason, token, cover, thumbnail, checks } = item;
  const measured = checks
    .filter(({ value }) => value !== null)
    .map(
      ({ id, value, limit, status }) =>
        `${id} ${short(value)} (${short(limit)})${status === 'fail' ? ' ✗' : ''}`,
    )
    .join(' · ');
  const picture = thumbnail === null ? '' : `<img src="${thumbnail}" alt="" loading="lazy">`;
  const words = EVALUATION_WORDS[language];
  const told = words.told(`${expected}${reason && ` (${reason})`}`, token || 'pass');
  const covered = cover ? `<p>${escapeHtml(wordsIn(language).coverSentence(cover))}</p>` : '';
  return `<article>${picture}<h3>${escapeHtml(file)}</h3><p>${escapeHtml(told)}</p>${covered}<p>${escapeHtml(measured)}</p></article>`;
}

function htmlTable(head: readonly string[], rows: readonly string[]): string {
  const titles = head.map((title) => `<th scope="col">${escapeHtml(title)}</th>`).join('');
  return `<table><thead><tr>${titles}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function cells(words: readonly string[], numbers: readonly (number | string)[]): string {
  const texts = words.map((word) => `<td>${escapeHtml(word)}</td>`);
  return `<tr>${[...texts, ...numbers.map((value) => `<td class="number">${value}</td>`)].join('')}</tr>`;
}
