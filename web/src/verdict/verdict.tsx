import { presetOf } from '../../../src/core/checks/presets.ts';
import type { Picture, Standing } from '../session/picture.ts';
import { useSession } from '../session/session.ts';
import { Icon, type IconName } from '../ui/icons.tsx';
import { reasonWords } from '../words.ts';
import { Actions } from './actions.tsx';

const WORDS: Readonly<Record<Standing, { readonly word: string; readonly icon: IconName }>> = {
  pass: { word: 'Passes', icon: 'check' },
  refused: { word: 'Refused', icon: 'cross' },
  failed: { word: 'Not inspected', icon: 'alert' },
  waiting: { word: 'Waiting', icon: 'clock' },
  sending: { word: 'Inspecting…', icon: 'clock' },
};

/** Where the verdict is in the document. */
export const VERDICT_ID = 'verdict';

/** The word for a standing. */
export function standingWord(standing: Standing): string {
  return WORDS[standing].word;
}

/** The icon for a standing. */
export function StandingIcon({ standing }: { readonly standing: Standing }) {
  return <Icon name={WORDS[standing].icon} />;
}

/** The verdict in a word, why, and what to do. */
export function Verdict({ picture }: { readonly picture: Picture }) {
  const standing = picture.standing.value;
  const reason = picture.reason.value;
  return (
    <section id={VERDICT_ID} class="verdict" data-standing={standing} aria-label="Verdict">
      <div role="status">
        <h2>
          <StandingIcon standing={standing} /> {standingWord(standing)}
        </h2>
        {reason !== null && <p class="reason">{reasonWords(reason)}</p>}
        <Advice picture={picture} />
        <JudgedBy picture={picture} />
      </div>
      <Actions picture={picture} key={picture.id} />
    </section>
  );
}

/** Where the picture has been. */
function JudgedBy({ picture: { progress } }: { readonly picture: Picture }) {
  const now = progress.value;
  if (now.at !== 'inspected') return null;
  return (
    <p class="fine">
      {now.by === 'browser' ? 'Judged in this browser: nothing was sent.' : 'Judged by the service.'}
    </p>
  );
}

function Advice({ picture }: { readonly picture: Picture }) {
  const { limits } = useSession();
  const now = picture.progress.value;
  if (now.at === 'failed') {
    const { what, advice, code, requestId } = now.problem;
    return (
      <>
        <p>
          {what} {advice}
        </p>
        <p class="fine">
          <code>{code}</code>
          {requestId !== '' && (
            <>
              {' '}
              · request <code>{requestId}</code>
            </>
          )}
        </p>
      </>
    );
  }
  const judgement = picture.judgement.value;
  if (judgement === null) return null;
  const failing = judgement.checks.filter(({ status }) => status === 'fail');
  const grave = failing.filter(({ advisory }) => !advisory);
  const light = failing.filter(({ advisory }) => advisory);
  const isUnsure = judgement.checks.some(({ unsure, advisory }) => unsure && !advisory);
  return (
    <>
      {grave.map(({ id, advice }) => (
        <p key={id}>{advice}</p>
      ))}
      {grave.length === 0 && (
        <p>
          {presetOf(limits.generator.value).title} can animate this picture
          {light.length === 0 ? '; every check is within its limit' : ''}.
          {isUnsure && ' One of them is near its limit: look at the picture yourself.'}
        </p>
      )}
      {light.length > 0 && (
        <ul class="notes" aria-label="Also worth knowing">
          {light.map(({ id, advice }) => (
            <li key={id}>{advice}</li>
          ))}
        </ul>
      )}
    </>
  );
}
