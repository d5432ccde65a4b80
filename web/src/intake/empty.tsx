import { useSession } from '../session/session.ts';
import { Icon } from '../ui/icons.tsx';

/** The drawn pictures of the service, with what is to be seen in them. */
const EXAMPLES = [
  { file: 'pass.jpg', text: 'From the front' },
  { file: 'painting.jpg', text: 'Painted' },
  { file: 'sculpture.jpg', text: 'Sculpted' },
  { file: 'group.jpg', text: 'Two people' },
  { file: 'profile.jpg', text: 'In profile' },
  { file: 'obstructed.jpg', text: 'With a mask' },
  { file: 'tilted.jpg', text: 'Bowed' },
  { file: 'cut_off.jpg', text: 'Cut off' },
  { file: 'small.jpg', text: 'Far away' },
  { file: 'none.jpg', text: 'A cat' },
] as const;

/** What there is to see before the first picture. */
export function Empty() {
  const session = useSession();
  const inspect = async (files: readonly string[]) => {
    session.add(
      await Promise.all(
        files.map(async (name) => {
          const file = await (await fetch(addressOf(name))).blob();
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
        is covered, and the square that will be animated. Pictures go to this service only, as they are, and
        are not kept.
      </p>
      <h3>Try it with a drawn one</h3>
      <ul class="examples">
        {EXAMPLES.map(({ file, text }) => (
          <li key={file}>
            <button type="button" class="example" onClick={() => inspect([file])}>
              <img src={addressOf(file)} alt="" width={112} height={112} />
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

function addressOf(example: string): string {
  return `/examples/${example}`;
}
