import { useSession, useWords } from '../session/context.ts';
import { Icon } from '../ui/icons.tsx';
import { StandingIcon } from '../verdict/verdict.tsx';
import { reasonWords } from '../words/reasons.ts';
import { EXAMPLES, thumbnailOf } from './examples.ts';
import { openChooser } from './intake.tsx';

/** What there is to see before the first picture. */
export function Empty() {
  const session = useSession();
  const words = useWords();
  const { start, verdict } = words;
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
    // The button in the row above does the same for keyboards.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <section
      class="empty"
      aria-label={start.label}
      onClick={({ target }) => {
        if (!(target as Element).closest('button')) openChooser(session.judge);
      }}
    >
      <h2>{start.title}</h2>
      <p>{start.text}</p>
      <h3>{start.examples}</h3>
      <ul class="examples">
        {EXAMPLES.map(({ file, reason }) => (
          <li key={file}>
            <button type="button" class="example" onClick={() => inspect([file])}>
              <img src={thumbnailOf(file)} alt="" width={112} height={112} />
              <span>{start.names[file]}</span>
              <span class="outcome" data-standing={reason === null ? 'pass' : 'refused'}>
                <StandingIcon standing={reason === null ? 'pass' : 'refused'} />
                {reason === null ? verdict.standings.pass : reasonWords(reason, words)}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <button type="button" onClick={() => inspect(EXAMPLES.map(({ file }) => file))}>
        <Icon name="plus" /> {start.all}
      </button>
      <p class="fine">{start.formats}</p>
    </section>
  );
}
