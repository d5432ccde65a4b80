import { tellProblem } from '../api/problem.ts';
import { useSession, useWords } from '../session/context.ts';
import type { Picture, Standing } from '../session/picture.ts';
import { Icon, type IconName } from '../ui/icons.tsx';
import { reasonWords } from '../words/reasons.ts';
import { Actions } from './actions.tsx';
import { told, withoutRepeats } from './advice.ts';
import { fixableOf } from './fixable.ts';
import { passWords } from './pass-words.ts';

const ICONS: Readonly<Record<Standing, IconName>> = {
  pass: 'check',
  refused: 'cross',
  failed: 'alert',
  waiting: 'clock',
  sending: 'clock',
};

/** Where the verdict is in the document. */
export const VERDICT_ID = 'verdict';

/** The icon for a standing. */
export function StandingIcon({ standing }: { readonly standing: Standing }) {
  return <Icon name={ICONS[standing]} />;
}

/** The verdict in a word, why, and what to do. */
export function Verdict({ picture }: { readonly picture: Picture }) {
  const words = useWords();
  const standing = picture.standing.value;
  const reason = picture.reason.value;
  return (
    <section id={VERDICT_ID} class="verdict" data-standing={standing} aria-label={words.verdict.label}>
      <div role="status">
        {/* It takes the focus when the button that had it goes away. */}
        <h2 tabIndex={-1}>
          <StandingIcon standing={standing} /> {words.verdict.standings[standing]}
        </h2>
        {reason !== null && <p class="reason">{reasonWords(reason, words)}</p>}
        <Advice picture={picture} />
        <JudgedBy picture={picture} />
      </div>
      <Actions picture={picture} key={picture.id} />
    </section>
  );
}

/** Where the picture has been, and what was made of it first. */
function JudgedBy({ picture: { progress, converted } }: { readonly picture: Picture }) {
  const { verdict } = useWords();
  const now = progress.value;
  if (now.at !== 'inspected') return null;
  return (
    <>
      {converted.value !== null && <p>{verdict.converted(converted.value.format)}</p>}
      <p class="fine">{now.by === 'browser' ? verdict.byBrowser : verdict.byService}</p>
    </>
  );
}

function Advice({ picture }: { readonly picture: Picture }) {
  const session = useSession();
  const words = useWords();
  const now = picture.progress.value;
  if (now.at === 'failed') {
    const { code, requestId } = now.problem;
    const { what, advice } = tellProblem(now.problem, words, fixableOf(picture, session).isOffered);
    return (
      <>
        <p>{words.core.join([what, advice])}</p>
        <p class="fine">
          <code>{code}</code>
          {requestId !== '' && (
            <>
              {' '}
              · {words.verdict.request} <code>{requestId}</code>
            </>
          )}
        </p>
      </>
    );
  }
  const judgement = picture.judgement.value;
  if (judgement === null || now.at !== 'inspected') return null;
  const failing = told(judgement.checks.filter(({ status }) => status === 'fail'));
  const grave = failing.filter(({ advisory }) => !advisory);
  const light = failing.filter(({ advisory }) => advisory);
  const advice = withoutRepeats(grave.map((check) => check.advice));
  const isUnsure = judgement.checks.some(({ unsure, advisory }) => unsure && !advisory);
  return (
    <>
      {grave.map(({ id }, at) => advice[at] !== '' && <p key={id}>{advice[at]}</p>)}
      {grave.length === 0 && (
        <p>
          {words.core.join([
            passWords(now.inspection, session.limits, light.length === 0, words),
            ...(isUnsure ? [words.verdict.nearLimit] : []),
          ])}
        </p>
      )}
      {light.length > 0 && (
        <ul class="notes" aria-label={words.verdict.notes}>
          {light.map(({ id, advice }) => (
            <li key={id}>{advice}</li>
          ))}
        </ul>
      )}
    </>
  );
}
