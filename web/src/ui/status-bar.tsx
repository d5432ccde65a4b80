import { useComputed } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { tellProblem } from '../api/problem.ts';
import { useSession, useWords } from '../session/context.ts';
import { isOpen } from '../session/picture.ts';
import { Icon } from './icons.tsx';

/** How far a batch is, and what keeps it from going on. */
export function StatusBar() {
  const session = useSession();
  const { pictures, obstacle, key } = session;
  const spoken = useWords();
  const { status } = spoken;
  const total = pictures.value.length;
  // Read at every turn: a computed value that nobody reads any more holds on to the pictures it was computed from.
  const waiting = useComputed(
    () => pictures.value.filter(({ standing }) => isOpen(standing.value)).length,
  ).value;
  const problem = obstacle.value;
  const told = problem && tellProblem(problem, spoken);
  return (
    <div class="status">
      {problem !== null && told !== null && (
        <div class="obstacle" role="alert">
          <Icon name="alert" />
          <p>
            <strong>{status.titled(told.title)}</strong> {spoken.core.join([told.what, told.advice])}
          </p>
          {problem.code.startsWith('key.') ? (
            <button
              type="button"
              onClick={() => {
                key.wanted.value = problem;
              }}
            >
              {status.enterKey}
            </button>
          ) : (
            <button type="button" onClick={session.resume}>
              {status.tryAgain}
            </button>
          )}
        </div>
      )}
      {session.strangeLink.value && (
        <div class="obstacle" role="alert">
          <Icon name="alert" />
          <p>{status.strangeLink}</p>
          <button type="button" onClick={() => (session.strangeLink.value = false)}>
            {status.seen}
          </button>
        </div>
      )}
      {total > 1 && waiting > 0 && (
        <Progress total={total} ready={total - waiting} halted={problem !== null} />
      )}
      <p class="unseen" role="status">
        {total > 1 && waiting === 0 && status.allDone(total)}
      </p>
    </div>
  );
}

interface ProgressProps {
  readonly total: number;
  readonly ready: number;
  readonly halted: boolean;
}

/** Is there only while a batch runs, so that its own beginning is the batch's. */
function Progress({ total, ready, halted }: ProgressProps) {
  const { status } = useWords();
  const beginning = useRef({ at: performance.now(), ready });
  useEffect(() => {
    if (!halted) beginning.current = { at: performance.now(), ready };
    // Only the end of a halt begins the measurement anew.
  }, [halted]);
  const done = ready - beginning.current.ready;
  const msEach = (performance.now() - beginning.current.at) / done;
  const secondsLeft = Math.ceil(((total - ready) * msEach) / 1000);
  return (
    <div class="progress">
      <progress max={total} value={ready} aria-label={status.progress} />
      <span>
        {status.ready(ready, total)}
        {!halted && done > 2 && ` · ${status.pace(1000 / msEach, secondsLeft)}`}
      </span>
    </div>
  );
}
