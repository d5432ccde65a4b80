import { weakestWords } from '../../../src/core/checks/quality.ts';
import { QUALITY_PARTS } from '../../../src/core/inspection.ts';
import { useWords } from '../session/context.ts';
import type { Picture } from '../session/picture.ts';

/** How good a picture is beside others, and what that is made of. */
export function QualityParts({ picture }: { readonly picture: Picture }) {
  const { core, facts, value } = useWords();
  const now = picture.progress.value;
  // A service of an older release tells none.
  if (now.at !== 'inspected' || !now.inspection.quality) return null;
  const { score, parts } = now.inspection.quality;
  return (
    <details class="facts quality">
      <summary>
        <strong>{facts.quality(score)}</strong> <span class="soft">{weakestWords(now.inspection, core)}</span>
      </summary>
      <dl>
        {QUALITY_PARTS.map((name) => (
          <div key={name} title={facts.qualityMeanings[name]}>
            <dt>{core.qualityParts[name]}</dt>
            <dd>
              <meter min={0} max={1} value={parts[name]} aria-label={core.qualityParts[name]} />
              {value(parts[name], 'share')}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
