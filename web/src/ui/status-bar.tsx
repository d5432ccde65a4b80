import { useComputed } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { isOpen } from '../session/picture.ts';
import { useSession } from '../session/session.ts';
import { Icon } from './icons.tsx';

/** How far a batch is, and what keeps it from going on. */
export function StatusBar() {
  const session = useSession();
  const { pictures, obstacle, key } = session;
  const total = pictures.value.length;
  // Read at every turn: a computed value that nobody reads any more holds on to the pictures it was computed from.
  const waiting = useComputed(
    () => pictures.value.filter(({ standing }) => isOpen(standing.value)).length,
  ).value;
  const problem = obstacle.value;
  return (
    <div class="status">
      {problem !== null && (
        <div class="obstacle" role="alert">
          <Icon name="alert" />
          <p>
            <strong>{problem.title}.</strong> {problem.what} {problem.advice}
          </p>
          {problem.code.startsWith('key.') ? (
            <button
              type="button"
              onClick={() => {
                key.wanted.value = problem;
              }}
            >
              Enter a key
            </button>
          ) : (
            <button type="button" onClick={session.resume}>
              Try again
            </button>
          )}
        </div>
      )}
      {total > 1 && waiting > 0 && (
        <Progress total={total} ready={total - waiting} halted={problem !== null} />
      )}
      <p class="unseen" role="status">
        {total > 1 && waiting === 0 && `All ${total} pictures are inspected.`}
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
      <progress max={total} value={ready} aria-label="Pictures inspected" />
      <span>
        {ready} of {total}
        {!halted &&
          done > 2 &&
          ` · ${(1000 / msEach).toFixed(1)} a second · about ${inWords(secondsLeft)} left`}
      </span>
    </div>
  );
}

function inWords(seconds: number): string {
  return seconds < 100 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
