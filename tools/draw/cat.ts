import type { Figure } from './figure.ts';
import { person } from './figure.ts';
import type { HeadParams } from './params.ts';
export function cat(h: HeadParams): Figure {
  return person(h);
}
