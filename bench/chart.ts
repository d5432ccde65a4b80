import { type Baseline, type BaselinePicture, pictureOf } from './baseline.ts';
import { DECODE, HUMAN, OURS, SSD, TINY, YUNET } from './contestants.ts';
import type { Machine } from './machine.ts';
import type { PictureSpec } from './pictures.ts';
import { ms } from './statistics.ts';

/** One bar of the chart. */
interface Bar {
  readonly label: string;
  readonly contestant: string;
  readonly kind: 'ours' | 'decode' | 'peer';
}

const BARS: readonly Bar[] = [
  { label: 'sharp, decoding alone', contestant: DECODE, kind: 'decode' },
  { label: 'liveportrait-detect', contestant: OURS, kind: 'ours' },
  { label: 'YuNet 320, boxes alone', contestant: YUNET, kind: 'peer' },
  { label: 'human, mesh', contestant: HUMAN, kind: 'peer' },
  { label: 'face-api, Tiny', contestant: TINY, kind: 'peer' },
  { label: 'face-api, SSD', contestant: SSD, kind: 'peer' },
];

/** The picture that people send most, the largest, and the one where we gain least. */
const PANELS: readonly { readonly title: string; readonly spec: PictureSpec }[] = [
  { title: 'JPEG, 1280 × 1280, one face', spec: { scene: 'one', format: 'jpeg', edge: 1280 } },
  { title: 'JPEG, 4096 × 4096, one face', spec: { scene: 'one', format: 'jpeg', edge: 4096 } },
  {
    title: 'JPEG, 1280 × 1280, ten small faces: where we gain least',
    spec: { scene: 'ten', format: 'jpeg', edge: 1280 },
  },
];

// All in pixels of the drawing.
const WIDTH = 760;
const MARGIN = 24;
const BAR_LEFT = 196;
const BAR_RIGHT = 600;
const BAR_HEIGHT = 15;
const ROW = 23;
const TITLE_BASELINE = 34;
const SUBTITLE_BASELINE = 54;
const PANELS_TOP = 78;
const PANEL_HEAD = 26;
const PANEL_GAP = 18;
const FOOT = 58;
const ROUND = 3;
/** From a bar's or a label's middle down to the line that its text stands on. */
const TEXT_DROP = 4.5;

const STYLE = `
    text { font: 13px system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2328 }
    .title { font-size: 16px; font-weight: 600 }
    .soft { fill: #59636e }
    .small { font-size: 11.5px }
    .strong { font-weight: 600 }
    .label { text-anchor: end }
    .axis { stroke: #d1d9e0 }
    .ours { fill: #0969da }
    .reading { fill: #80b3f0 }
    .decode { fill: #8c959f }
    .peer { fill: #c4ccd4 }
    @media (prefers-color-scheme: dark) {
      text { fill: #f0f6fc }
      .soft { fill: #9198a1 }
      .axis { stroke: #3d444d }
      .ours { fill: #4493f8 }
      .reading { fill: #2a5a9a }
      .decode { fill: #7d8590 }
      .peer { fill: #4a525c }
    }
  `;

/** The README's chart: what one verdict costs, as an SVG that follows the reader's light or dark mode. */
export function drawChart(baseline: Baseline): string {
  const panels = PANELS.map(({ title, spec }) => ({ title, picture: pictureOf(baseline, spec) }));
  const body: string[] = [];
  let top = PANELS_TOP;
  for (const { title, picture } of panels) {
    const bars = BARS.filter(({ contestant }) => picture.ms[contestant] !== undefined);
    body.push(panel(title, picture, bars, top));
    top += PANEL_HEAD + bars.length * ROW + PANEL_GAP;
  }
  const height = top + FOOT - PANEL_GAP;
  const summary = panels.map(({ title, picture }) => `${title}: ${describe(picture)}`).join(' ');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title summary">
  <title id="title">What one verdict costs</title>
  <desc id="summary">${escapeXml(summary)}</desc>
  <style>${STYLE}</style>
  ${text(MARGIN, TITLE_BASELINE, 'What one verdict costs', 'title')}
  ${text(MARGIN, SUBTITLE_BASELINE, 'Milliseconds of one core from a file’s bytes to the answer, decoding included; shorter is better', 'soft')}
${body.join('\n')}
  ${foot(baseline.machine, height)}
</svg>
`;
}

function panel(title: string, picture: BaselinePicture, bars: readonly Bar[], top: number): string {
  const most = Math.max(...bars.map(({ contestant }) => picture.ms[contestant]));
  const scale = (BAR_RIGHT - BAR_LEFT) / most;
  const bottom = top + PANEL_HEAD + bars.length * ROW - (ROW - BAR_HEIGHT);
  return [
    `  ${text(MARGIN, top + 12, title, 'strong')}`,
    `  <path class="axis" d="M${BAR_LEFT} ${top + PANEL_HEAD - 4}V${bottom + 4}"/>`,
    ...bars.map((bar, i) => row(bar, picture, scale, top + PANEL_HEAD + i * ROW)),
  ].join('\n');
}

/** A label, a bar from zero on a linear scale, milliseconds, and the ratio to decoding. Ours shows its decoding apart. */
function row({ label, contestant, kind }: Bar, picture: BaselinePicture, scale: number, top: number): string {
  const time = picture.ms[contestant];
  const line = top + BAR_HEIGHT / 2 + TEXT_DROP;
  const isOurs = kind === 'ours';
  const parts = [text(BAR_LEFT - 10, line, label, isOurs ? 'label strong' : 'label')];
  parts.push(bar(time * scale, top, kind));
  if (isOurs) parts.push(beginning((picture.stages.decode ?? 0) * scale, top, 'reading'));
  const ratio = kind === 'decode' ? '' : ` <tspan class="soft">${times(time / picture.ms[DECODE])}</tspan>`;
  const value = `<tspan${isOurs ? ' class="strong"' : ''}>${ms(time)} ms</tspan>${ratio}`;
  parts.push(`<text x="${round(BAR_LEFT + time * scale + 8)}" y="${round(line)}">${value}</text>`);
  return parts.map((part) => `  ${part}`).join('\n');
}

function bar(width: number, top: number, kind: string): string {
  return `<rect class="${kind}" x="${BAR_LEFT}" y="${top}" width="${round(width)}" height="${BAR_HEIGHT}" rx="${ROUND}"/>`;
}

/** The first part of a bar: round where the bar begins, and straight where it goes on. */
function beginning(width: number, top: number, kind: string): string {
  const corner = (x: number, y: number) => `a${ROUND} ${ROUND} 0 0 1 ${x} ${y}`;
  const flat = round(Math.max(0, width - ROUND));
  const sides = `h${flat}v${BAR_HEIGHT}h${-flat}${corner(-ROUND, -ROUND)}v${2 * ROUND - BAR_HEIGHT}${corner(ROUND, -ROUND)}z`;
  return `<path class="${kind}" d="M${BAR_LEFT + ROUND} ${top}${sides}"/>`;
}

function foot({ processor, node }: Machine, height: number): string {
  const key = `× is times sharp’s full decode of the same file. Our bar begins with our own decoding. Each panel has its own scale.`;
  const source = `One core of ${processor}, Node ${node}; in turns, medians. npm run bench; docs/performance.md has all rows.`;
  return `${text(MARGIN, height - 34, key, 'soft small')}\n  ${text(MARGIN, height - 16, source, 'soft small')}`;
}

function describe(picture: BaselinePicture): string {
  const costs = BARS.filter(({ contestant }) => picture.ms[contestant] !== undefined).map(
    ({ label, contestant }) => `${label} ${ms(picture.ms[contestant])} ms`,
  );
  return `${costs.join(', ')}.`;
}

function times(ratio: number): string {
  return `${Number(ratio.toPrecision(2))}×`;
}

function text(x: number, y: number, content: string, style: string): string {
  return `<text class="${style}" x="${x}" y="${round(y)}">${escapeXml(content)}</text>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escapeXml(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
