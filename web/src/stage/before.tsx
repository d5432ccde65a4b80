import { useSession, useWords } from '../session/context.ts';
import type { Picture } from '../session/picture.ts';
import { useObjectUrl } from '../ui/object-url.ts';

/** The picture that a repaired one was made from, and what was done. */
export function Before({ picture }: { readonly picture: Picture }) {
  const { select } = useSession();
  const { stage } = useWords();
  const url = useObjectUrl(picture.repaired?.from.shown.value ?? null);
  if (picture.repaired === null) return null;
  const { from, steps } = picture.repaired;
  return (
    <section class="before" aria-label={stage.beforeLabel}>
      <h2>{stage.before}</h2>
      <button type="button" class="plain" onClick={() => select(from)}>
        {url === null ? from.name : <img src={url} alt={stage.beforeAlt(from.name)} />}
      </button>
      <ul class="notes" aria-label={stage.done}>
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ul>
    </section>
  );
}
