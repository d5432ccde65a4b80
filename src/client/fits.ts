/**
 * Whether an answer has the members that whoever asked will read, each of its type: text and numbers of others that were only
 * believed would end a run of many pictures, or stand in a terminal or a report as they came. What a service says beyond that is left
 * alone, since a newer one may say more. By hand, as the client has no dependencies.
 */
import type { CheckStatus } from '../core/inspection.ts';
import type { JobBody } from '../wire/job.ts';

/** Tells whether a value is of a kind. */
type Fits = (value: unknown) => boolean;

const STATES: readonly unknown[] = [
  'receiving',
  'queued',
  'running',
  'done',
  'cancelled',
] satisfies readonly JobBody['state'][];
const STATUSES: readonly unknown[] = ['pass', 'fail', 'unknown'] satisfies readonly CheckStatus[];
/** What reasons, formats and the names of regions are made of. */
const TOKEN = /^[\w.-]{1,64}$/;

const isText: Fits = (value) => typeof value === 'string';
const isNumber: Fits = (value) => Number.isFinite(value);
const isToken: Fits = (value) => typeof value === 'string' && TOKEN.test(value);
const isCount: Fits = (value) => Number.isSafeInteger(value) && (value as number) >= 0;

const listOf =
  (fits: Fits): Fits =>
  (value) =>
    Array.isArray(value) && value.every(fits);
const orNull =
  (fits: Fits): Fits =>
  (value) =>
    value === null || fits(value);
/** An older service may not have the member. */
const orNone =
  (fits: Fits): Fits =>
  (value) =>
    value === undefined || value === null || fits(value);
const withMembers =
  (members: Readonly<Record<string, Fits>>): Fits =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(members).every(([name, fits]) => fits((value as Record<string, unknown>)[name]));

const isBox = withMembers({ x: isNumber, y: isNumber, width: isNumber, height: isNumber });
const isImage = withMembers({
  format: isToken,
  width: isNumber,
  height: isNumber,
  uprightWidth: isNumber,
  uprightHeight: isNumber,
});
const isCheck = withMembers({
  id: isText,
  value: orNull(isNumber),
  limit: orNull(isNumber),
  status: (value) => STATUSES.includes(value),
  reason: orNull(isToken),
  advice: isText,
});
const isSubject = withMembers({
  box: isBox,
  index: isCount,
  pose: withMembers({ yaw: isNumber, pitch: isNumber, roll: isNumber }),
  heads: withMembers({ human: isNumber, obstructed: isNumber }),
  workingWidth: isNumber,
  sharpness: isNumber,
  cover: orNone(
    withMembers({ class: isToken, regions: listOf(isToken), area: orNone(listOf(listOf(isNumber))) }),
  ),
});
const isCrop = withMembers({
  center: withMembers({ x: isNumber, y: isNumber }),
  size: isNumber,
  angle: isNumber,
});

/** Whether it is an inspection: what lists, tables and reports tell of a picture is there. */
export const isInspection: Fits = withMembers({
  image: isImage,
  faces: listOf(withMembers({ box: isBox, score: isNumber })),
  subject: orNull(isSubject),
  checks: listOf(isCheck),
  pass: (value) => typeof value === 'boolean',
  reason: orNull(isToken),
  crop: orNone(isCrop),
  quality: orNone(withMembers({ score: isNumber })),
});

/** Whether it is a job, with its counts. */
export const isJob: Fits = withMembers({
  id: isText,
  state: (value) => STATES.includes(value),
  total: isCount,
  answered: isCount,
  pass: isCount,
  fail: isCount,
  error: isCount,
  webhook_secret: orNone(isText),
});
