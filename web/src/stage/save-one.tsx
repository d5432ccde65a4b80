import { type ReadonlySignal, useSignal } from '@preact/signals';
import { presetOf } from '../../../src/core/checks/presets.ts';
import { tellProblem } from '../api/problem.ts';
import type { Caption } from '../export/caption.ts';
import { renamed } from '../export/names.ts';
import { save } from '../export/save.ts';
import { isOpen, type Picture } from '../session/picture.ts';
import { useSession, useWords } from '../session/session.ts';
import type { Spoken } from '../words/catalogue.ts';
import { reasonWords } from '../words/reasons.ts';
import type { LayerName } from './layers.tsx';

/** Saves what is known of one picture: as a picture with everything drawn in, and as JSON. */
export function SaveOne({
  picture,
  layers,
}: {
  readonly picture: Picture;
  readonly layers: ReadonlySignal<readonly LayerName[]>;
}) {
  const { limits } = useSession();
  const words = useWords();
  const { stage } = words;
  const trouble = useSignal('');
  const now = picture.progress.value;
  const inspection = now.at === 'inspected' ? now.inspection : null;
  const file = picture.shown.value;
  if (isOpen(picture.standing.value)) return null;
  const savePng = async () => {
    trouble.value = '';
    try {
      // Loaded when it is wanted, so that the page's first sight is no heavier for it.
      const { annotatedPng } = await import('../export/annotated.ts');
      const drawn = inspection && {
        inspection,
        layers: layers.value,
        tags: {
          cover: inspection.subject?.cover ? words.core.coverSentence(inspection.subject.cover) : '',
          crop: stage.crop,
          face: (index: number) =>
            index === inspection.subject?.index ? stage.taken(index + 1) : String(index + 1),
        },
      };
      const title = presetOf(limits.generator.value).title;
      save(
        renamed(picture.name, '-checked.png'),
        await annotatedPng(file!, drawn, captionOf(picture, title, words)),
      );
    } catch {
      trouble.value = stage.notSaved;
    }
  };
  const saveJson = () => {
    const text = JSON.stringify(
      { ...inspection, ...picture.judgement.value, policy: limits.policy.value },
      null,
      1,
    );
    save(renamed(picture.name, '.json'), new Blob([text], { type: 'application/json' }));
  };
  return (
    <div class="row">
      {file !== null && (
        <button type="button" class="quiet" onClick={savePng}>
          {stage.savePng}
        </button>
      )}
      {inspection !== null && (
        <button type="button" class="quiet" onClick={saveJson}>
          {stage.saveJson}
        </button>
      )}
      <p class="trouble" role="status">
        {trouble.value}
      </p>
    </div>
  );
}

/** What is said below the picture. */
function captionOf(picture: Picture, generator: string, words: Spoken): Caption {
  const { name, progress, standing, reason, judgement } = picture;
  const now = progress.value;
  const verdict = words.verdict.standings[standing.value];
  const size =
    now.at === 'inspected'
      ? ` · ${now.inspection.image.uprightWidth} × ${now.inspection.image.uprightHeight}`
      : '';
  return {
    standing: standing.value,
    title: reason.value === null ? verdict : `${verdict} · ${reasonWords(reason.value, words)}`,
    sentences:
      now.at === 'failed'
        ? failureOf(now.problem, words)
        : judgementOf(judgement.value?.checks ?? [], words, generator),
    source: `${name}${size} · ${generator} · liveportrait-detect`,
  };
}

function failureOf(problem: Parameters<typeof tellProblem>[0], words: Spoken): readonly string[] {
  const { what, advice } = tellProblem(problem, words);
  return [words.core.join([what, advice])];
}

function judgementOf(
  checks: readonly { readonly status: string; readonly advisory: boolean; readonly advice: string }[],
  words: Spoken,
  generator: string,
): readonly string[] {
  const failing = checks.filter(({ status }) => status === 'fail');
  const grave = failing.filter(({ advisory }) => !advisory);
  const told = (grave.length > 0 ? grave : failing).map(({ advice }) => advice);
  return grave.length > 0 ? told : [words.verdict.passes(generator, failing.length === 0), ...told];
}
