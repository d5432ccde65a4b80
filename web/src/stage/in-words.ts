/** What the layers show, for those who do not see them. */

import type { Inspection } from '../../../src/core/inspection.ts';
import { wordsIn } from '../../../src/core/words/catalogue.ts';

/** A few sentences on a picture. */
export function inWords({ faces, subject, image }: Inspection): string {
  if (subject === null) return 'No face was found in the picture.';
  const { box, pose } = subject;
  const count = faces.length === 1 ? 'One face' : `${faces.length} faces; the largest is`;
  const across = third((box.x + box.width / 2) / image.uprightWidth, ['left', 'centre', 'right']);
  const down = third((box.y + box.height / 2) / image.uprightHeight, ['top', 'middle', 'bottom']);
  const turned = `turned ${degrees(pose.yaw)} to the picture's ${pose.yaw < 0 ? 'left' : 'right'}`;
  const tilted = `tilted ${degrees(pose.pitch)} ${pose.pitch < 0 ? 'down' : 'up'}`;
  const covered = subject.cover === null ? '' : ` ${wordsIn('en').coverSentence(subject.cover)}`;
  return `${count} ${Math.round(box.width)} pixels wide in the ${down} ${across}, ${turned}, ${tilted}.${covered}`;
}

function third<T>(share: number, [low, middle, high]: readonly [T, T, T]): T {
  return share < 1 / 3 ? low : share > 2 / 3 ? high : middle;
}

function degrees(angle: number): string {
  return `${Math.abs(Math.round(angle))} degrees`;
}
