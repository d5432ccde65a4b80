/** Every limit that a check holds a measured value against, as the rules define them. */
import type { LimitDefinition } from './rule.ts';
import { type LimitName, RULES } from './rules.ts';

export type { LimitDefinition } from './rule.ts';
export type { LimitName } from './rules.ts';

/** All limits by name, in the order in which they are looked at. */
export const LIMITS = Object.fromEntries(RULES.map(({ limit, bounds }) => [limit, bounds])) as Readonly<
  Record<LimitName, LimitDefinition>
>;
