import type { SurfaceClass } from '../../src/core/inspection.ts';
import { SURFACE_CLASSES } from '../../src/core/models/surface-network.ts';
import type { Cover } from './covers/cover.ts';

/** Cells an edge in which it is kept what was drawn. */
export const DRAWN_CELLS = 48;

/** Nothing was drawn here: the teacher knows. */
export const AS_TAUGHT = 255;

/** Something was drawn here that belongs to no class: beard, make-up, clear glasses. Nothing is taught. */
export const UNKNOWN = 254;

const BY_FAMILY: Readonly<Record<Cover['family'], SurfaceClass | null>> = {
  mask: 'cloth',
  hand: 'skin',
  object: 'object',
  cloth: 'cloth',
  hair: 'hair',
  glasses: 'object',
  bar: 'object',
  harmless: null,
};

/** What the surface is where a cover was drawn: the number of its class, or {@link UNKNOWN}. */
export function surfaceLabel({ family, kind }: Cover): number {
  const name =
    family !== 'harmless'
      ? BY_FAMILY[family]
      : kind.startsWith('hand ')
        ? 'skin'
        : kind.startsWith('microphone')
          ? 'object'
          : kind.startsWith('scarf')
            ? 'cloth'
            : null;
  return name === null ? UNKNOWN : SURFACE_CLASSES.indexOf(name);
}
