import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { BlurRow } from './blur.ts';
import type { Evaluation, Row } from './evaluate.ts';
import type { LabelledPicture } from './manifest.ts';
import { plotReliability } from './plot.ts';
import type { Sample } from './samples.ts';
import type { Rate } from './statistics.ts';

/** What the card is written from. */
export interface CardContents {
  readonly pictures: readonly LabelledPicture[];
  readonly samples: readonly Sample[];
  readonly evaluation: Evaluation;
  readonly families: readonly Row[];
  readonly blur: readonly BlurRow[];
  readonly cost: {
    /** Of one face. */
    readonly multiplications: number;
    /** Size of the heads' file. */
    readonly bytes: number;
  };
}

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/**
 * Writes MODEL_CARD.md and its plots. The words are in `card.md`, where `{{name}}` stands for what is measured, so
 * that no number is typed by hand.
 */
export async function writeCard(contents: CardContents): Promise<void> {
  const { evaluation, families, blur, cost, pictures, samples } = contents;
  const parts: Record<string, string> = {
    targets: rateTable(evaluation.targets, true),
    balanced: percent(evaluation.balancedError),
    harmless: rateTable(evaluation.harmless, false),
    families: rateTable(families, true),
    regions: rateTable(evaluation.regions, false),
    sources: rateTable(evaluation.sources, false),
    yaw: yawTable(evaluation),
    areas: areaTable(evaluation),
    calibration: calibrationTable(evaluation),
    blur: blurTable(blur),
    data: dataTable(pictures),
    multiplications: cost.multiplications.toLocaleString('en'),
    kilobytes: `${Math.round(cost.bytes / 1000)}`,
    samples: `${samples.length}`,
    drawn: `${samples.filter(({ variant }) => !/^(plain|mirrored|tone \d)$/.test(variant)).length}`,
  };
  const words = await readFile(fileURLToPath(new URL('card.md', import.meta.url)), 'utf8');
  const card = words.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    if (!(name in parts)) throw new Error(`card.md asks for "${name}", which nobody measures`);
    return parts[name];
  });
  await writeFile(at('MODEL_CARD.md'), card);
  await mkdir(at('docs/model-card'), { recursive: true });
  for (const { answer, bins } of evaluation.reliability) {
    const name = answer.replace(/[^a-z]+/g, '-').replace(/-$/, '');
    await writeFile(at(`docs/model-card/reliability-${name}.svg`), plotReliability(answer, bins));
  }
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function percent(share: number): string {
  return Number.isNaN(share) ? '–' : `${(share * 100).toFixed(1)} %`;
}

function interval({ low, high }: Pick<Rate, 'low' | 'high'>): string {
  return `${percent(low)} – ${percent(high)}`;
}

function rateTable(rows: readonly Row[], goals: boolean): string {
  const head = ['', ...(goals ? ['goal'] : []), 'measured', '95 % interval', 'of'];
  return table(
    head,
    rows.map(({ what, goal, rate }) => [
      what,
      ...(goals ? [goal] : []),
      percent(rate.share),
      interval(rate),
      `${rate.count} / ${rate.total}`,
    ]),
  );
}

function yawTable({ yawError, yawErrorByRange }: Evaluation): string {
  const { mean, low, high, count } = yawError;
  return table(
    ['true yaw', 'mean error', 'of'],
    [
      ['all', `${mean.toFixed(1)}° (${low.toFixed(1)}–${high.toFixed(1)}°)`, `${count}`],
      ...yawErrorByRange.map(({ range, mean, count }) => [range, `${mean.toFixed(1)}°`, `${count}`]),
    ],
  );
}

function areaTable({ areas }: Evaluation): string {
  return table(
    ['head', 'area under the curve', 'positives', 'negatives'],
    areas.map(({ what, area, positives, negatives }) => [
      what,
      area.toFixed(4),
      `${positives}`,
      `${negatives}`,
    ]),
  );
}

function calibrationTable({ reliability }: Evaluation): string {
  return table(
    ['probability', 'mean difference to what was observed', 'of'],
    reliability.map(({ answer, error, count }) => [answer, error.toFixed(3), `${count}`]),
  );
}

function blurTable(rows: readonly BlurRow[]): string {
  return table(
    [
      'enlarged from',
      'by',
      'area under the curve',
      'as they are: middle, 5 %',
      'enlarged: middle, 95 %',
      'of',
    ],
    rows.map(({ from, kernel, area, sharp, enlarged, count }) => [
      `${from} px`,
      kernel,
      area.toFixed(3),
      `${sharp.middle.toFixed(2)}, ${sharp.low.toFixed(2)}`,
      `${enlarged.middle.toFixed(2)}, ${enlarged.high.toFixed(2)}`,
      `${count}`,
    ]),
  );
}

function dataTable(pictures: readonly LabelledPicture[]): string {
  const bySource = new Map<string, Map<string, number>>();
  for (const { source, group } of pictures) {
    const groups = bySource.get(source) ?? new Map<string, number>();
    groups.set(group, (groups.get(group) ?? 0) + 1);
    bySource.set(source, groups);
  }
  const rows = [...bySource].map(([source, groups]) => {
    const sorted = [...groups].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    const total = sorted.reduce((sum, [, count]) => sum + count, 0);
    return { source, total, text: sorted.map(([group, count]) => `${group} ${count}`).join(', ') };
  });
  rows.sort((a, b) => b.total - a.total || (a.source < b.source ? -1 : 1));
  return table(
    ['source', 'pictures', 'groups'],
    rows.map(({ source, total, text }) => [source, `${total}`, text]),
  );
}
