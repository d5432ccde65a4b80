import { useSignal } from '@preact/signals';
import { LIMITS } from '../../../src/core/checks/limits.ts';
import { type KnownRule, RULES } from '../../../src/core/checks/rules.ts';
import type { Check } from '../../../src/core/inspection.ts';
import { hashOf } from '../session/address.ts';
import { useSession, useWords } from '../session/context.ts';
import type { Picture } from '../session/picture.ts';
import { useCopy } from '../ui/copy.ts';
import { Icon } from '../ui/icons.tsx';
import { indexOf, limitAt, positionOf, scaleOf, stepsOf } from './scale.ts';

/** Every check: its value on a scale, and its limit, which can be moved. Nothing is there to move until there is a verdict. */
export function Checks({ picture }: { readonly picture: Picture }) {
  const { limits } = useSession();
  const words = useWords();
  const explains = useSignal(false);
  const judgement = picture.judgement.value;
  if (judgement === null) return null;
  // A picture without a face has next to nothing that could be measured.
  const held = RULES.flatMap((rule) => {
    const check = judgement.checks.find(({ id }) => id === rule.id);
    return check ? [{ rule, check }] : [];
  });
  const measured = held.filter(({ check }) => check.value !== null);
  const unmeasured = held.filter(({ check }) => check.value === null);
  const rows = (some: typeof held) =>
    some.map((one) => <CheckRow key={one.rule.id} {...one} explains={explains.value} />);
  const moved = Object.keys(limits.moved.value).length > 0;
  return (
    <section class="checks" aria-labelledby="checks-title">
      <div class="heading">
        <h2 id="checks-title">{words.checks.title}</h2>
        <p class="hint">{moved ? words.checks.yours : words.checks.hint}</p>
        <div class="row">
          {moved && (
            <button type="button" class="quiet" onClick={limits.reset}>
              {words.checks.reset}
            </button>
          )}
          <button
            type="button"
            class="quiet"
            aria-pressed={explains.value}
            onClick={() => (explains.value = !explains.value)}
          >
            {words.checks.explain}
          </button>
          <CopyLink />
        </div>
      </div>
      <ul>{rows(measured)}</ul>
      {unmeasured.length > 0 && (
        <details>
          <summary>{words.checks.unmeasured(unmeasured.length)}</summary>
          <ul>{rows(unmeasured)}</ul>
        </details>
      )}
    </section>
  );
}

/** The page's address with the limits as they are. */
function CopyLink() {
  const { limits } = useSession();
  const { checks } = useWords();
  const [said, copy] = useCopy(() => undefined);
  const link = () => {
    // Who opens it may have chosen another generator before.
    const hash = hashOf(limits.asked.value) || hashOf({ for: limits.generator.value });
    return new URL(hash, location.href.replace(/[#?].*$/, '')).href;
  };
  return (
    <>
      <button type="button" class="quiet" title={checks.linkHint} onClick={() => copy(link())}>
        <Icon name="copy" /> {checks.link[said.value]}
      </button>
      <span class="unseen" role="status">
        {said.value === 'copy' ? '' : checks.link[said.value]}
      </span>
    </>
  );
}

interface CheckRowProps {
  readonly rule: KnownRule;
  readonly check: Check;
  /** Whether it says what it measures. */
  readonly explains: boolean;
}

function CheckRow({ rule, check: { value, status, unsure }, explains }: CheckRowProps) {
  const { limits } = useSession();
  const words = useWords();
  const { unit } = LIMITS[rule.limit];
  const limit = limits.policy.value[rule.limit];
  const name = words.core.checks[rule.id];
  const enforced = limits.policy.value.enforce.includes(rule.id);
  const light = rule.advisory === true && !enforced;
  return (
    <li class="check" data-status={status} data-advisory={light}>
      <span class="name" title={words.checks.meanings[rule.id]}>
        {name}
      </span>
      <span class="value">
        {value === null ? '–' : words.value(value, unit)}
        {unsure && <span title={words.checks.unsureHint}> ?</span>}
        <span class="unseen"> {words.checks.standing(status, unsure)}</span>
      </span>
      <ScaleBar rule={rule} value={value} limit={limit} name={name} />
      <span class="limit">
        {rule.good === 'atLeast' ? '≥' : '≤'} {words.value(limit, unit)}
      </span>
      {rule.advisory === true ? (
        <label class="enforce" title={words.checks.enforceLabel(name)}>
          <input
            type="checkbox"
            checked={enforced}
            aria-label={words.checks.enforceLabel(name)}
            onChange={(event) => limits.enforce(rule.id, event.currentTarget.checked)}
          />
          <span>{words.checks.enforce}</span>
        </label>
      ) : (
        <span class="enforce">{words.checks.enforced}</span>
      )}
      {explains && <p class="meaning">{words.checks.meanings[rule.id]}</p>}
    </li>
  );
}

interface ScaleBarProps {
  readonly rule: KnownRule;
  readonly value: number | null;
  readonly limit: number;
  readonly name: string;
}

function ScaleBar({ rule, value, limit, name }: ScaleBarProps) {
  const { limits } = useSession();
  const words = useWords();
  const scale = scaleOf(rule.limit);
  const { unit } = LIMITS[rule.limit];
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
        aria-label={words.checks.limitOf(name)}
        aria-valuetext={words.checks.bound(rule.good, words.value(limit, unit))}
        onInput={(event) => limits.move(rule.limit, limitAt(event.currentTarget.valueAsNumber, rule.limit))}
      />
    </span>
  );
}
