import { PRESETS } from '../../../src/core/checks/presets.ts';
import { useSession, useWords } from '../session/context.ts';

/** What the pictures are for. A change judges all of them again at once, since what was measured stays the same. */
export function GeneratorChoice() {
  const { limits } = useSession();
  const { intake } = useWords();
  return (
    <label class="generator">
      {intake.generator}
      <select
        value={limits.generator.value}
        aria-label={intake.generatorHint}
        onChange={(event) => limits.choose(event.currentTarget.value)}
      >
        {PRESETS.map(({ name, title }) => (
          <option key={name} value={name}>
            {intake.called(title)}
          </option>
        ))}
      </select>
    </label>
  );
}
