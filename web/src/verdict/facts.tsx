import { spanOf } from '../../../src/core/checks/rule.ts';
import type { FaceRegion, Inspection } from '../../../src/core/inspection.ts';
import { useWords } from '../session/context.ts';
import type { Picture } from '../session/picture.ts';
import type { Spoken } from '../words/catalogue.ts';

/** The numbers behind a verdict that no check holds against a limit. */
export function Facts({ picture }: { readonly picture: Picture }) {
  const words = useWords();
  const now = picture.progress.value;
  if (now.at !== 'inspected') return null;
  return (
    <section class="facts" aria-label={words.facts.label}>
      <dl>
        {factsOf(now.inspection, words).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function factsOf(
  { image, faces, subject }: Inspection,
  words: Spoken,
): readonly (readonly [string, string])[] {
  const { facts, core, value, bytes } = words;
  const file = [
    [facts.file, `${image.format.toUpperCase()} · ${bytes(image.bytes)}`],
    [facts.turned, facts.turnedBy(image.orientation)],
    [facts.faces, value(faces.length, 'faces')],
  ] as const;
  if (subject === null) return file;
  const { pose, box, cover, heads } = subject;
  return [
    ...file,
    // Whole pixels, as the checks tell them: what is short of one is not there.
    [facts.face, facts.faceWidth(Math.floor(box.width), spanOf(subject, image))],
    [facts.eyes, value(subject.interEyeDistance, 'px')],
    [facts.angles, [pose.yaw, pose.pitch, pose.roll].map((angle) => value(angle, 'degrees')).join(' / ')],
    [facts.cover, cover === null ? facts.nothing : core.coverSentence(cover)],
    [facts.likely, likely(heads.covered, words)],
  ];
}

/** A region that is less likely covered is not worth a word. */
const WORTH_A_WORD = 0.1;

function likely(
  covered: Readonly<Record<FaceRegion, number>>,
  { facts, core: { regions }, list }: Spoken,
): string {
  const told = (Object.keys(regions) as FaceRegion[])
    .filter((region) => covered[region] >= WORTH_A_WORD)
    .map((region) => facts.region(regions[region], covered[region]));
  return told.length === 0 ? facts.nothing : list(told);
}
