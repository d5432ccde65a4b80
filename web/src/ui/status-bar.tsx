import { useComputed } from '@preact/signals';
import { useSession } from '../session/session.ts';
import { Icon } from './icons.tsx';

/** How far a batch is, and what keeps it from going on. */
export function StatusBar() {
  const session = useSession();
  const { pictures, obstacle, key } = session;
  const total = pictures.value.length;
  const waiting = useComputed(
    () => pictures.value.filter(({ standing }) => standing.value === 'waiting').length,
  );
  const ready = total - waiting.value;
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
            <button type="button" onClick={() => (key.wanted.value = problem)}>
              Enter a key
            </button>
          ) : (
            <button type="button" onClick={session.resume}>
              Try again
            </button>
          )}
        </div>
      )}
      {total > 1 && waiting.value > 0 && (
        <div class="progress">
          <progress max={total} value={ready} aria-label="Pictures inspected" />
          <span>
            {ready} of {total}
          </span>
        </div>
      )}
      <p class="unseen" role="status">
        {total > 1 && waiting.value === 0 && `All ${total} pictures are inspected.`}
      </p>
    </div>
  );
}
