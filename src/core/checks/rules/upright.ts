import type { QuarterTurns } from '../../inspection.ts';
import type { Rule } from '../rule.ts';

/** The picture is not turned on its side or upside down. What it takes to be upright is a turn by whole quarters. */
export const upright: Rule = {
  id: 'upright',
  reason: 'face.turned',
  limit: 'maxTurn',
  good: 'atMost',
  value: ({ subject }) => (subject ? Math.abs(subject.pose.roll) : null),
  advice: (words, value, limit, { subject }) =>
    words.upright(value, limit, turnsToUpright(subject?.pose.roll ?? 0)),
};

/**
 * The quarter turns that bring a face nearest to upright.
 *
 * @param roll its lean in degrees, -180 to 180; positive is clockwise
 */
export function turnsToUpright(roll: number): QuarterTurns {
  return (((Math.round(-roll / 90) % 4) + 4) % 4) as QuarterTurns;
}
