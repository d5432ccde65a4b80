import type { ReliabilityBin } from './statistics.ts';

const SIZE = 320;
const MARGIN = 44;
const INNER = SIZE - 2 * MARGIN;

/** A reliability plot as SVG: what was observed over what was predicted; on the diagonal a probability is true. */
export function plotReliability(title: string, bins: readonly ReliabilityBin[]): string {
  const x = (value: number) => (MARGIN + value * INNER).toFixed(1);
  const y = (value: number) => (SIZE - MARGIN - value * INNER).toFixed(1);
  const most = Math.max(...bins.map(({ count }) => count));
  const ticks = [0, 0.5, 1].map(
    (value) =>
      `<text x="${x(value)}" y="${SIZE - MARGIN + 16}" text-anchor="middle">${value}</text><text x="${MARGIN - 8}" y="${y(value)}" text-anchor="end" dominant-baseline="middle">${value}</text>`,
  );
  const line = bins.map(({ predicted, observed }) => `${x(predicted)},${y(observed)}`).join(' ');
  const dots = bins.map(({ predicted, observed, count }) => {
    const radius = (2.5 + 5 * Math.sqrt(count / most)).toFixed(1);
    return `<circle cx="${x(predicted)}" cy="${y(observed)}" r="${radius}"><title>${count} pictures: predicted ${predicted.toFixed(2)}, observed ${observed.toFixed(2)}</title></circle>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE} ${SIZE}" width="${SIZE}" height="${SIZE}" font-family="sans-serif" font-size="11">
<rect width="${SIZE}" height="${SIZE}" fill="#fff"/>
<text x="${SIZE / 2}" y="22" text-anchor="middle" font-size="13">${title}</text>
<rect x="${MARGIN}" y="${MARGIN}" width="${INNER}" height="${INNER}" fill="none" stroke="#bbb"/>
<line x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}" stroke="#bbb" stroke-dasharray="4"/>
<polyline points="${line}" fill="none" stroke="#2563eb" stroke-width="1.5"/>
<g fill="#2563eb">${dots.join('')}</g>
${ticks.join('')}
<text x="${SIZE / 2}" y="${SIZE - 8}" text-anchor="middle">predicted probability</text>
<text x="14" y="${SIZE / 2}" text-anchor="middle" transform="rotate(-90 14 ${SIZE / 2})">observed share</text>
</svg>
`;
}
