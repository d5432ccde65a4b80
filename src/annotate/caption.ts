import { inLanguage } from '../core/checks/in-language.ts';
import type { Inspection, Point } from '../core/inspection.ts';
import { DEFAULT_LANGUAGE, wordsIn } from '../core/words/catalogue.ts';
import { bottomOf, cropLabelPlace } from './geometry.ts';
import { letters, lineHeight, widthOf, wrap } from './lettering.ts';
import { type Colour, corners, type Shape } from './shapes.ts';

const PAPER: Colour = [255, 255, 255];
const INK: Colour = [23, 27, 33];
const PASS: Colour = [23, 106, 54];
const FAIL: Colour = [179, 38, 30];
const LIGHT: Colour = [255, 255, 255];
const DARK: Colour = [20, 20, 20];

/** A capital's height for this long edge: 13 pixels at the size of a usual preview. */
const EDGE_PER_SIZE = 62;
/** More lines are not drawn: the advice of all checks that can fail together has fewer. */
const MOST_LINES = 24;

/** Words below a picture. */
export interface Caption {
  /** What they take, in pixels of the upright picture. */
  readonly height: number;
  readonly shapes: readonly Shape[];
}

/**
 * The verdict, its reason and what to do, for below the picture. It is in English, as the font is; the reason's token
 * is the same in every language.
 */
export function captionOf(inspection: Inspection): Caption {
  const { image, pass, reason, subject, checks } = inLanguage(inspection, DEFAULT_LANGUAGE);
  const words = wordsIn(DEFAULT_LANGUAGE);
  const { uprightWidth: width, uprightHeight: bottom } = image;
  const size = sizeOf(inspection);
  const margin = 1.5 * size;
  const title = pass ? 'PASS' : `REFUSED: ${reason}`;
  const advised = checks.flatMap(({ status, advice }) =>
    status === 'fail' && advice !== null ? [advice] : [],
  );
  const sentences = advised.length === 0 && subject?.cover ? [words.coverSentence(subject.cover)] : advised;
  const lines = [title, ...sentences]
    .flatMap((text, at) =>
      wrap(text, size, width - 2 * margin).map((line) => ({
        line,
        colour: at > 0 ? INK : pass ? PASS : FAIL,
      })),
    )
    .slice(0, MOST_LINES);
  const height = Math.ceil(2 * margin + lines.length * lineHeight(size) - (lineHeight(size) - size));
  const paper = corners({ x: 0, y: bottom, width, height });
  return {
    height,
    shapes: [
      { kind: 'area', outlines: [paper], colour: PAPER, opacity: 1 },
      ...lines.flatMap(({ line, colour }, at) =>
        letters(line, { x: margin, y: bottom + margin + at * lineHeight(size) }, { size, colour }),
      ),
    ],
  };
}

/** What is on the picture, by name: faces by their numbers where there are several, what covers the face, the crop. */
export function labelsOf(inspection: Inspection): Shape[] {
  const { image, faces, subject, crop } = inspection;
  const words = wordsIn(DEFAULT_LANGUAGE);
  const size = sizeOf(inspection);
  const label = (text: string, { x, y }: Point) => {
    const margin = size / 2;
    const right = image.uprightWidth - widthOf(text, size) - margin;
    const bottom = image.uprightHeight - size - margin;
    const at = { x: Math.max(margin, Math.min(right, x)), y: Math.max(margin, Math.min(bottom, y)) };
    return letters(text, at, { size, colour: LIGHT, edge: DARK });
  };
  const above = 1.6 * size;
  const shapes =
    faces.length > 1
      ? faces.flatMap(({ box }, at) =>
          label(at === subject?.index ? `${at + 1}, used` : `${at + 1}`, { x: box.x, y: box.y - above }),
        )
      : [];
  if (crop !== null) {
    const { x, y } = cropLabelPlace(crop, image);
    shapes.push(...label('crop', { x: x + size / 2, y: y + size / 2 }));
  }
  const below = subject?.cover ? bottomOf(subject.cover.area) : null;
  if (below !== null && subject?.cover) {
    const name = words.coverClasses[subject.cover.class];
    shapes.push(...label(name, { x: below.x - widthOf(name, size) / 2, y: below.y + size / 2 }));
  }
  return shapes;
}

/** The height of a capital on a picture. */
function sizeOf({ image: { uprightWidth, uprightHeight } }: Inspection): number {
  return Math.max(uprightWidth, uprightHeight) / EDGE_PER_SIZE;
}
