import type { QuarterTurns, Subject } from '../../inspection.ts';
import { type Rule, rounded } from '../rule.ts';

/** The picture is not turned on its side or upside down. What it takes to be upright is a turn by whole quarters. */
export const upright: Rule = {
  id: 'upright',
  reason: 'face.turned',
  limit: 'maxTurn',
  good: 'atMost',
  value: ({ subject }) => (subject ? Math.abs(subject.pose.roll) : null),
  advice: (value, limit, { subject }) =>
    `The face is turned by ${rounded(value, limit)}° (limit ${limit}°). ${subject ? turnIt(subject) : ''}`,
};

/**
 * The quarter turns that bring a face nearest to upright.
 *
 * @param roll its lean in degrees, -180 to 180; positive is clockwise
 */
export function turnsToUpright(roll: number): QuarterTurns {
  return (((Math.round(-roll / 90) % 4) + 4) % 4) as QuarterTurns;
}

function turnIt({ pose }: Subject): string {
  const turns = turnsToUpright(pose.roll);
  if (turns === 2) return 'Turn the picture by 180°.';
  return `Turn the picture by 90° to the ${turns === 1 ? 'right' : 'left'}.`;
}
