import { DECODE, HUMAN, OURS } from './contestants.ts';
import { nameOf, type PictureSpec } from './pictures.ts';
import type { RaceResult } from './race.ts';

/** A figure that two machines of one kind agree on; the lower the better. */
export interface Ratio {
  readonly name: string;
  readonly value: number;
}

/** A ratio beside the committed one. */
export interface Verdict extends Ratio {
  readonly baseline: number;
  /** Above what noise explains. */
  readonly isSlower: boolean;
}

/** The picture that most figures are about. */
export const USUAL: PictureSpec = { scene: 'one', format: 'jpeg', edge: 1280 };

/** The pictures whose ratios are held. */
export const HELD: readonly PictureSpec[] = [
  USUAL,
  { scene: 'one', format: 'png', edge: 1280 },
  { scene: 'one', format: 'webp', edge: 1280 },
  { scene: 'ten', format: 'jpeg', edge: 1280 },
  { scene: 'none', format: 'jpeg', edge: 1280 },
  { scene: 'one', format: 'jpeg', edge: 4096 },
];

/** The stages that are our own work. */
const HELD_STAGES = ['detect', 'mesh'] as const;

/**
 * What a race says of us, as ratios of medians of processor time in one run. Stages are set against decoding too, and
 * not against the whole, of which they would take a larger share whenever another stage got faster.
 */
export function ratiosOf(results: readonly RaceResult[]): Ratio[] {
  return HELD.flatMap((spec) => {
    const result = results.find((candidate) => nameOf(candidate) === nameOf(spec));
    return result ? ratiosOfOne(result) : [];
  });
}

function ratiosOfOne(result: RaceResult): Ratio[] {
  const cpu = (name: string) => result.contestants[name]?.cpu.median;
  const ours = cpu(OURS);
  const decode = cpu(DECODE);
  const human = cpu(HUMAN);
  const stages = result.contestants[OURS]?.stages;
  if (ours === undefined || decode === undefined || stages === undefined) return [];
  const picture = nameOf(result);
  const ratios = [{ name: `${picture}: inspect ÷ decode`, value: ours / decode }];
  if (picture === nameOf(USUAL)) {
    for (const stage of HELD_STAGES) {
      ratios.push({ name: `${picture}: ${stage} ÷ decode`, value: (stages[stage] ?? 0) / decode });
    }
    if (human !== undefined) ratios.push({ name: `${picture}: inspect ÷ human`, value: ours / human });
  }
  return ratios;
}

/**
 * Holds ratios against committed ones; what the baseline does not have is left out.
 *
 * @param room how many times the baseline is still no news
 */
export function compare(
  ratios: readonly Ratio[],
  baseline: Readonly<Record<string, number>>,
  room: number,
): Verdict[] {
  return ratios.flatMap(({ name, value }) => {
    const before = baseline[name];
    return before === undefined ? [] : [{ name, value, baseline: before, isSlower: value > before * room }];
  });
}
