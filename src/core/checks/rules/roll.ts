import type { Rule } from '../rule.ts';

/** The head leans to neither side. LivePortrait levels it by itself, so this never fails a picture unless it is enforced. */
export const roll = {
  id: 'roll',
  reason: 'face.leaning',
  limit: 'maxRoll',
  bounds: {
    default: 30,
    min: 0,
    max: 180,
    unit: 'degrees',
    meaning: 'Lean of the head to either side.',
    source: '99 of 100 labelled usable portraits lean by less.',
  },
  good: 'atMost',
  advisory: true,
  value: ({ subject }) => (subject ? Math.abs(subject.pose.roll) : null),
} as const satisfies Rule;
