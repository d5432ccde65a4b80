import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { useSession } from '../session/session.ts';

/** Drawn pictures that the service may offer, with what is to be seen in them. */
const EXAMPLES = [
  { file: 'pass.jpg', text: 'From the front' },
  { file: 'profile.jpg', text: 'In profile' },
  { file: 'mask.jpg', text: 'With a mask' },
  { file: 'small.jpg', text: 'Far away' },
  { file: 'two.jpg', text: 'Two people' },
  { file: 'cat.jpg', text: 'A cat' },
] as const;

/** What there is to see before the first picture. */
export function Empty() {
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
        {EXAMPLES.map((example) => (
          <Example key={example.file} {...example} />
        ))}
      </ul>
      <p class="fine">
        JPEG, PNG, WebP or BMP, under 10 MB, at most 4096 pixels along an edge and twice as long as wide.
      </p>
    </section>
  );
}

function Example({ file, text }: { readonly file: string; readonly text: string }) {
  const session = useSession();
  const there = useSignal(false);
  const address = `/examples/${file}`;
  useEffect(() => {
    const probe = new Image();
    probe.onload = () => (there.value = true);
    probe.src = address;
  }, [address, there]);

  const inspect = async () => {
    const picture = await (await fetch(address)).blob();
    session.add([{ name: file, source: { kind: 'file', file: picture } }]);
  };
  return (
    <li hidden={!there.value}>
      <button type="button" class="example" onClick={inspect}>
        {there.value && <img src={address} alt="" width={160} height={160} />}
        <span>{text}</span>
      </button>
    </li>
  );
}
