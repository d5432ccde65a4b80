import { judge } from '../../../src/core/checks/judge.ts';
import { presetOf } from '../../../src/core/checks/presets.ts';
import type { Inspection } from '../../../src/core/inspection.ts';
import type { Limits } from '../session/limits.ts';
import type { Spoken } from '../words/catalogue.ts';
import { reasonWords } from '../words/reasons.ts';

/**
 * What is said of a picture that passes. Where only a limit that was moved lets it through, that says nothing of what
 * the generator takes.
 *
 * @param isSpotless every check is within its limit
 */
export function passWords(
  inspection: Inspection,
  limits: Limits,
  isSpotless: boolean,
  words: Spoken,
): string {
  const { reason } = judge(inspection, limits.preset.value);
  return reason === null
    ? words.verdict.passes(words.intake.called(presetOf(limits.generator.value).title), isSpotless)
    : words.verdict.passesYours(reasonWords(reason, words));
}
