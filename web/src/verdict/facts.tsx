import type { FaceRegion, Inspection } from '../../../src/core/inspection.ts';
import { wordsIn } from '../../../src/core/words/catalogue.ts';
import type { Picture } from '../session/picture.ts';

/** The numbers behind a verdict that no check holds against a limit. */
export function Facts({ picture }: { readonly picture: Picture }) {
  const now = picture.progress.value;
  if (now.at !== 'inspected') return null;
  return (
    <section class="facts" aria-label="Numbers">
      <dl>
        {factsOf(now.inspection).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function factsOf({ image, faces, subject }: Inspection): readonly (readonly [string, string])[] {
  const file = [
    ['File', `${image.format.toUpperCase()}, ${size(image.bytes)}`],
    ['Turned by EXIF', image.orientation === 1 ? 'no' : `yes (${image.orientation})`],
    ['Faces', String(faces.length)],
  ] as const;
  if (subject === null) return file;
  const { pose, box, cover, heads } = subject;
  return [
    ...file,
    ['Face in the picture', `${Math.round(box.width)} px, ${Math.round(subject.frameShare * 100)} % of it`],
    ['Between the eyes', `${Math.round(subject.interEyeDistance)} px`],
    ['Yaw, pitch, roll', [pose.yaw, pose.pitch, pose.roll].map(degrees).join(', ')],
    ['In front of the face', cover === null ? 'nothing' : wordsIn('en').coverSentence(cover)],
    ['Likely covered', likely(heads.covered)],
  ];
}

/** A region that is less likely covered is not worth a word. */
const WORTH_A_WORD = 0.1;

function likely(covered: Readonly<Record<FaceRegion, number>>): string {
  const told = (Object.keys(wordsIn('en').regions) as FaceRegion[])
    .filter((region) => covered[region] >= WORTH_A_WORD)
    .map((region) => `${wordsIn('en').regions[region]} ${Math.round(covered[region] * 100)} %`);
  return told.join(', ') || 'nothing';
}

function degrees(angle: number): string {
  return `${Math.round(angle)}°`.replace('-', '−');
}

function size(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
