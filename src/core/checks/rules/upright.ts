import type { QuarterTurns } from '../../inspection.ts';
import type { Rule } from '../rule.ts';

/** The picture is not turned on its side or upside down. What it takes to be upright is a turn by whole quarters. */
export const upright = {
  id: 'upright',
  reason: 'face.turned',
  limit: 'maxTurn',
  bounds: {
    default: 60,
    min: 0,
    max: 180,
    unit: 'degrees',
    meaning: 'Turn of the face in the plane of the picture, beyond which the picture is told to be turned.',
    source:
      'LivePortrait levels small turns by itself; no labelled usable portrait leans by more than 47 degrees.',
  },
  good: 'atMost',
  value: ({ subject }) => (subject ? Math.abs(subject.pose.roll) : null),
  /** Quarter turns to the right that make it upright. */
  told: ({ subject }) => turnsToUpright(subject?.pose.roll ?? 0),
} as const satisfies Rule;

/**
 * The quarter turns that bring a face nearest to upright.
 *
 * @param roll its lean in degrees, -180 to 180; positive is clockwise
 */
export function turnsToUpright(roll: number): QuarterTurns {
  return (((Math.round(-roll / 90) % 4) + 4) % 4) as QuarterTurns;
}
