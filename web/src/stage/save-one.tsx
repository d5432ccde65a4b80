import { type ReadonlySignal, useSignal } from '@preact/signals';
import { presetOf } from '../../../src/core/checks/presets.ts';
import { tellProblem } from '../api/problem.ts';
import { annotatedPng } from '../export/annotated.ts';
import type { Caption } from '../export/caption.ts';
import { renamed } from '../export/names.ts';
import { save } from '../export/save.ts';
import { useSession, useWords } from '../session/context.ts';
import type { Limits } from '../session/limits.ts';
import { isOpen, type Picture } from '../session/picture.ts';
import { passWords } from '../verdict/pass-words.ts';
import type { Spoken } from '../words/catalogue.ts';
import { reasonWords } from '../words/reasons.ts';
import type { LayerName } from './layers.tsx';

/** Saves what is known of one picture: as a picture with everything drawn in, and as JSON. */
export function SaveOne({
  picture,
  layers,
  isShown,
}: {
  readonly picture: Picture;
  readonly layers: ReadonlySignal<readonly LayerName[]>;
  /** Whether this browser can draw it. */
  readonly isShown: boolean;
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
      const drawing = await annotatedPng(file!, drawn, captionOf(picture, limits, words));
      save(renamed(picture.name, '-checked.png'), drawing);
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
      {file !== null && isShown && (
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
function captionOf(picture: Picture, limits: Limits, words: Spoken): Caption {
  const { name, progress, standing, reason } = picture;
  const now = progress.value;
  const verdict = words.verdict.standings[standing.value];
  const image = now.at === 'inspected' ? now.inspection.image : null;
  return {
    standing: standing.value,
    title: reason.value === null ? verdict : `${verdict} · ${reasonWords(reason.value, words)}`,
    sentences: sentencesOf(picture, limits, words),
    source: [
      name,
      ...(image === null ? [] : [`${image.uprightWidth} × ${image.uprightHeight}`]),
      words.intake.called(presetOf(limits.generator.value).title),
      'liveportrait-detect',
    ].join(' · '),
  };
}

function sentencesOf(picture: Picture, limits: Limits, words: Spoken): readonly string[] {
  const now = picture.progress.value;
  if (now.at === 'failed') {
    const { what, advice } = tellProblem(now.problem, words);
    return [words.core.join([what, advice])];
  }
  const judgement = picture.judgement.value;
  if (judgement === null || now.at !== 'inspected') return [];
  const failing = judgement.checks.filter(({ status }) => status === 'fail');
  const grave = failing.filter(({ advisory }) => !advisory).map(({ advice }) => advice);
  if (grave.length > 0) return grave;
  const passes = passWords(now.inspection, limits, failing.length === 0, words);
  return [passes, ...failing.map(({ advice }) => advice)];
}
