/** What can be done about a picture that is refused, so that only what can succeed is offered. */
import { judge } from '../../../src/core/checks/judge.ts';
import type { Policy } from '../../../src/core/checks/policy.ts';
import { MAX_BYTES } from '../../../src/core/image/limits.ts';
import { MAX_REPAIR_BYTES } from '../../../src/repair/limits.ts';
import { mayBeRepaired } from '../../../src/repair/prospect.ts';
import { fileOf, type Picture } from './picture.ts';

/**
 * What can be done: a new file made in this browser; a repair by the service; nothing, since only limits that the person has
 * moved refuse the picture; or nothing at all.
 */
export type Remedy = 'browser' | 'service' | 'limits' | 'none';

/** Formats that the service converts. */
const OF_SERVICE: ReadonlySet<string> = new Set(['GIF', 'TIFF', 'AVIF']);

/**
 * What can be done about a refused picture.
 *
 * @param hasService only a service repairs pictures
 * @param policy     what a repair has to reach: the service's own limits with those of the generator
 */
export function remedyOf(picture: Picture, hasService: boolean, policy: Policy): Remedy {
  const now = picture.progress.value;
  if (now.at === 'inspected') {
    const judgement = judge(now.inspection, policy);
    if (judgement.pass) return 'limits';
    return hasService && mayBeRepaired({ ...now.inspection, ...judgement }, policy) ? 'service' : 'none';
  }
  if (now.at !== 'failed') return 'none';
  const file = fileOf(picture);
  const { code, format } = now.problem;
  if (file === null)
    return hasService && (code === 'image.edge' || code === 'image.aspect') ? 'service' : 'none';
  const isLarge = file.size >= MAX_BYTES;
  // A service scales with one resampling, and keeps what loses nothing.
  if (code === 'image.bytes' || (code === 'image.edge' && (isLarge || !hasService)))
    return file.size <= MAX_REPAIR_BYTES ? 'browser' : 'none';
  if (!hasService || isLarge) return 'none';
  const isConverted = code === 'image.unsupported' && OF_SERVICE.has(format);
  return isConverted || code === 'image.aspect' || code === 'image.edge' ? 'service' : 'none';
}
