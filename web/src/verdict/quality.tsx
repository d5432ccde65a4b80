import { weakestWords } from '../../../src/core/checks/quality.ts';
import { PARTS } from '../../../src/core/checks/quality-parts.ts';
import { QUALITY_PARTS } from '../../../src/core/inspection.ts';
import type { Picture } from '../session/picture.ts';
import { QUALITY_WORDS } from '../words.ts';

/** How good a picture is beside others, and what that is made of. */
export function QualityParts({ picture }: { readonly picture: Picture }) {
  const now = picture.progress.value;
  // A service of an older release tells none.
  if (now.at !== 'inspected' || !now.inspection.quality) return null;
  const { score, parts } = now.inspection.quality;
  return (
    <details class="facts quality">
      <summary>
        Quality <strong>{score.toFixed(1)}</strong> of 100{' '}
        <span class="soft">{weakestWords(now.inspection)}</span>
      </summary>
      <dl>
        {QUALITY_PARTS.map((name) => (
          <div key={name} title={PARTS[name].meaning}>
            <dt>{QUALITY_WORDS[name]}</dt>
            <dd>
              <meter min={0} max={1} value={parts[name]} aria-label={QUALITY_WORDS[name]} />
              {Math.round(parts[name] * 100)} %
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
