/** The scales on which values and limits are shown. */
import { LIMITS, type LimitName } from '../../../src/core/checks/limits.ts';

/** The part of a limit's range that is worth showing; positions run from 0 (left) to 1 (right). */
export interface Scale {
  readonly from: number;
  readonly to: number;
  /** What one press of an arrow key moves. */
  readonly step: number;
}

/** Ranges in which pictures lie, where that is much less than the limit may be. */
const RANGES: Partial<Record<LimitName, Partial<Scale>>> = {
  minFaceWidth: { from: 0, to: 640, step: 4 },
  minFaceShare: { to: 0.6 },
  minDetail: { to: 1 },
  minSharpness: { to: 1 },
  maxFaces: { from: 0, to: 8, step: 1 },
  maxMouthOpening: { to: 1 },
  minEyeOpening: { to: 0.6 },
};
/** Steps of a scale whose own is not given: degrees are whole, shares in hundredths. */
const STEPS = 100;

/** The scale of a limit. */
export function scaleOf(limit: LimitName): Scale {
  const { min, max, unit } = LIMITS[limit];
  const range = { from: min, to: max, ...RANGES[limit] };
  const step = unit === 'degrees' ? 1 : (range.to - range.from) / STEPS;
  return { step, ...range };
}

/** Where a value stands, 0 to 1; one beyond an end stands at that end. */
export function positionOf(value: number, { from, to }: Scale): number {
  return Math.min(1, Math.max(0, (value - from) / (to - from)));
}

/** How many steps a slider on this scale has. */
export function stepsOf({ from, to, step }: Scale): number {
  return Math.round((to - from) / step);
}

/** The limit at a slider's step; a scale may begin below the least that the limit may be, and rounding may go beyond the most. */
export function limitAt(index: number, limit: LimitName): number {
  const scale = scaleOf(limit);
  const share = index / stepsOf(scale);
  const value = scale.from + share * (scale.to - scale.from);
  const { min, max } = LIMITS[limit];
  return Math.min(max, Math.max(min, Number(value.toPrecision(3))));
}

/** The slider's step that is nearest to a value. */
export function indexOf(value: number, scale: Scale): number {
  return Math.round(positionOf(value, scale) * stepsOf(scale));
}
