import { LIMITS } from '../../../src/core/checks/limits.ts';
import { isAsked, type Rule } from '../../../src/core/checks/rule.ts';
import { RULES } from '../../../src/core/checks/rules.ts';
import type { Check } from '../../../src/core/inspection.ts';
import type { Picture } from '../session/picture.ts';
import { useSession } from '../session/session.ts';
import { checkWords } from '../words.ts';
import { indexOf, limitAt, positionOf, readable, scaleOf, stepsOf } from './scale.ts';

const STATUS_WORDS = { pass: 'within the limit', fail: 'beyond the limit', unknown: 'not known' } as const;

/** Every check: its value on a scale, and its limit, which can be moved. */
export function Checks({ picture }: { readonly picture: Picture }) {
  const { limits } = useSession();
  const checks = picture.judgement.value?.checks ?? [];
  const moved = Object.keys(limits.moved.value).length > 0;
  return (
    <section class="checks" aria-labelledby="checks-title">
      <div class="heading">
        <h2 id="checks-title">Checks</h2>
        <p class="hint">{moved ? 'Judged by your limits' : 'Drag a limit to judge again at once'}</p>
        {moved && (
          <button type="button" class="quiet" onClick={limits.reset}>
            Reset limits
          </button>
        )}
      </div>
      <ul>
        {RULES.filter((rule) => isAsked(rule, limits.policy.value)).map((rule) => (
          <CheckRow key={rule.id} rule={rule} check={checks.find(({ id }) => id === rule.id)} />
        ))}
      </ul>
    </section>
  );
}

function CheckRow({ rule, check }: { readonly rule: Rule; readonly check: Check | undefined }) {
  const { limits } = useSession();
  const { unit, meaning } = LIMITS[rule.limit];
  const limit = limits.policy.value[rule.limit];
  const name = checkWords(rule.id);
  const value = check?.value ?? null;
  const status = check?.status ?? 'unknown';
  const enforced = limits.policy.value.enforce.includes(rule.id);
  const light = rule.advisory === true && !enforced;
  return (
    <li class="check" data-status={check === undefined ? 'none' : status} data-advisory={light}>
      <span class="name" title={meaning}>
        {name}
      </span>
      <span class="value">
        {value === null ? '–' : readable(value, unit)}
        {check?.unsure && <span title="Near its limit: look at the picture yourself"> ?</span>}
        <span class="unseen">
          , {STATUS_WORDS[status]}
          {check?.unsure && ', but not sure'}
        </span>
      </span>
      <ScaleBar rule={rule} value={value} limit={limit} name={name} />
      <span class="limit">
        {rule.good === 'atLeast' ? '≥' : '≤'} {readable(limit, unit)}
      </span>
      {rule.advisory === true ? (
        <label class="enforce" title="Refuse pictures for it">
          <input
            type="checkbox"
            checked={enforced}
            aria-label={`Refuse pictures for "${name}"`}
            onChange={(event) => limits.enforce(rule.id, event.currentTarget.checked)}
          />
          <span>enforce</span>
        </label>
      ) : (
        <span class="enforce">enforced</span>
      )}
    </li>
  );
}

interface ScaleBarProps {
  readonly rule: Rule;
  readonly value: number | null;
  readonly limit: number;
  readonly name: string;
}

function ScaleBar({ rule, value, limit, name }: ScaleBarProps) {
  const { limits } = useSession();
  const scale = scaleOf(rule.limit);
  const { unit } = LIMITS[rule.limit];
  const bound = rule.good === 'atLeast' ? 'at least' : 'at most';
  return (
    <span
      class="scale"
      data-good={rule.good}
      style={{
        '--limit': String(positionOf(limit, scale)),
        '--value': String(value === null ? 0 : positionOf(value, scale)),
      }}
    >
      <span class="track" />
      {value !== null && <span class="mark" />}
      <input
        type="range"
        min={0}
        max={stepsOf(scale)}
        step={1}
        value={indexOf(limit, scale)}
        aria-label={`Limit of "${name}"`}
        aria-valuetext={`${bound} ${readable(limit, unit)}`}
        onInput={(event) => limits.move(rule.limit, limitAt(event.currentTarget.valueAsNumber, rule.limit))}
      />
    </span>
  );
}
