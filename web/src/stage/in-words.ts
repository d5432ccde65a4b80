/** What the layers show, for those who do not see them. */
import type { Inspection } from '../../../src/core/inspection.ts';
import type { Spoken } from '../words/catalogue.ts';

/** A few sentences on a picture. */
export function inWords({ faces, subject, image }: Inspection, { stage, core }: Spoken): string {
  if (subject === null) return stage.noFace;
  const { box, pose, cover } = subject;
  const told = stage.face({
    count: faces.length,
    // Whole pixels, as the checks tell them: what is short of one is not there.
    width: Math.floor(box.width),
    across: third((box.x + box.width / 2) / image.uprightWidth),
    down: third((box.y + box.height / 2) / image.uprightHeight),
    pose,
  });
  return cover === null ? told : core.join([told, core.coverSentence(cover)]);
}

function third(share: number): 0 | 1 | 2 {
  return share < 1 / 3 ? 0 : share > 2 / 3 ? 2 : 1;
}
