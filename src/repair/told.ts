import type { Repair } from './repair.ts';

/** What came of a repair as JSON tells it, on the command line and by the service: all but the picture itself. */
export function toldRepair({ picture, steps, reason, advice, before, refusal, faces }: Repair) {
  return {
    pass: picture !== null,
    reason,
    advice,
    steps,
    faces,
    refusal: refusal && { code: refusal.code, message: refusal.message },
    before,
    after: picture?.inspection ?? null,
  };
}
