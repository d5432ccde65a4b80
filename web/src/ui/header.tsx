import { problem } from '../api/problem.ts';
import { useSession } from '../session/session.ts';
import { Icon } from './icons.tsx';

/** The name of the page, the way to the API, and the key. */
export function Header() {
  const { key, service } = useSession();
  return (
    <header class="top">
      <h1>
        liveportrait-detect <span class="tagline">Will this picture work as a talking portrait?</span>
      </h1>
      {service.value !== null && (
        <nav aria-label="Service">
          <a href="docs/">API</a>
          {key.value.value === '' ? (
            <button
              type="button"
              class="quiet"
              onClick={() => {
                key.wanted.value = problem('key.missing');
              }}
            >
              <Icon name="key" /> Enter key
            </button>
          ) : (
            <button
              type="button"
              class="quiet"
              onClick={key.forget}
              title="Removes the key from this browser"
            >
              <Icon name="key" /> Forget key
            </button>
          )}
        </nav>
      )}
    </header>
  );
}
