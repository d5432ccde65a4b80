import { PRESETS } from '../../../src/core/checks/presets.ts';
import { useSession } from '../session/session.ts';

/** What the pictures are for. A change judges all of them again at once, since what was measured stays the same. */
export function GeneratorChoice() {
  const { limits } = useSession();
  return (
    <label class="generator">
      For
      <select
        value={limits.generator.value}
        aria-label="What the pictures are for"
        onChange={(event) => limits.choose(event.currentTarget.value)}
      >
        {PRESETS.map(({ name, title }) => (
          <option key={name} value={name}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}
