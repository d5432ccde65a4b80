import { useSession } from '../session/session.ts';
import { Icon } from '../ui/icons.tsx';
import { EXAMPLES, thumbnailOf } from './examples.ts';

/** What there is to see before the first picture. */
export function Empty() {
  const session = useSession();
  const inspect = async (files: readonly string[]) => {
    session.add(
      await Promise.all(
        files.map(async (name) => {
          const file = await (await fetch(`examples/${name}`)).blob();
          return { name, source: { kind: 'file', file } } as const;
        }),
      ),
    );
  };
  return (
    <section class="empty" aria-label="Start">
      <h2>See what LivePortrait will make of a picture</h2>
      <p>
        Whether it passes, why not, and what to do about it; where the face is, how the head is turned, what
        is covered, and the square that will be animated. Your pictures are judged in this browser and stay
        there: nothing is sent.
      </p>
      <h3>Try it with a drawn one</h3>
      <ul class="examples">
        {EXAMPLES.map(({ file, text }) => (
          <li key={file}>
            <button type="button" class="example" onClick={() => inspect([file])}>
              <img src={thumbnailOf(file)} alt="" width={112} height={112} />
              <span>{text}</span>
            </button>
          </li>
        ))}
      </ul>
      <button type="button" onClick={() => inspect(EXAMPLES.map(({ file }) => file))}>
        <Icon name="plus" /> Try all of them
      </button>
      <p class="fine">
        JPEG, PNG, WebP or BMP, under 10 MB, at most 4096 pixels along an edge and twice as long as wide.
      </p>
    </section>
  );
}
