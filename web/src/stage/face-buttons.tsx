import type { Inspection } from '../../../src/core/inspection.ts';
import { useSession, useWords } from '../session/context.ts';
import type { Picture } from '../session/picture.ts';

/** Each face that LivePortrait does not take is a button that crops to it. */
export function FaceButtons({
  picture,
  inspection: { image, faces, subject },
}: {
  readonly picture: Picture;
  readonly inspection: Inspection;
}) {
  const { repair } = useSession();
  const { verdict } = useWords();
  const { uprightWidth: width, uprightHeight: height } = image;
  return (
    <>
      {faces.map(({ box }, index) =>
        index === subject?.index ? null : (
          <button
            key={index}
            type="button"
            class="face-button"
            aria-label={verdict.cropTo(index + 1)}
            title={verdict.cropTo(index + 1)}
            aria-disabled={picture.repair.value.isBusy}
            style={{
              left: `${(100 * box.x) / width}%`,
              top: `${(100 * box.y) / height}%`,
              width: `${(100 * box.width) / width}%`,
              height: `${(100 * box.height) / height}%`,
            }}
            onClick={() => repair(picture, index + 1)}
          />
        ),
      )}
    </>
  );
}
