/** Answers that are nearly what the service answers: a member is of another type, or says what no service says. */
import { describe, expect, test } from 'vitest';
import { isInspection, isJob } from '../../src/client/fits.ts';
import { INSPECTION, JOB } from './wrong-server.ts';

const box = { x: 1, y: 2, width: 3, height: 4 };
const SUBJECT = {
  box,
  index: 0,
  pose: { yaw: 1, pitch: 2, roll: 3 },
  heads: { human: 1, obstructed: 0 },
  workingWidth: 300,
  sharpness: 0.5,
  cover: null,
};
const CHECK = { id: 'yaw', value: null, limit: 30, status: 'unknown', reason: null, advice: '' };
const COVER = { class: 'hand', regions: ['mouth'], area: [[1, 2, 3, 4]] };
const SCRIPT = '"/><script>';

describe('an inspection', () => {
  test.each<[string, object]>([
    ['without a face', {}],
    ['of a newer service', { faces: [{ box, score: 1, mood: 'fine' }], reason: 'face.newer', more: [1] }],
    ['of an older service', { crop: undefined, quality: undefined, request_id: undefined }],
    [
      'with all that is read',
      { subject: { ...SUBJECT, cover: COVER }, checks: [CHECK], quality: { score: 1 } },
    ],
  ])('%s fits', (_, members) => {
    expect(isInspection({ ...INSPECTION, ...members })).toBe(true);
  });

  test.each<[string, object]>([
    ['no verdict', { pass: 'yes' }],
    ['a list of nothing for checks', { checks: [null] }],
    ['a check without advice', { checks: [{ ...CHECK, advice: undefined }] }],
    ['a check whose value is a text', { checks: [{ ...CHECK, value: '1' }] }],
    ['a check of a status of its own', { checks: [{ ...CHECK, status: SCRIPT }] }],
    ['a text for a face', { faces: ['face'] }],
    ['a face without a box', { faces: [{ score: 1 }] }],
    ['a subject without a pose', { subject: { ...SUBJECT, pose: undefined } }],
    ['an index that is a text', { subject: { ...SUBJECT, index: '0' } }],
    ['a cover of one region', { subject: { ...SUBJECT, cover: { ...COVER, regions: 'mouth' } } }],
    ['a cover with markup', { subject: { ...SUBJECT, cover: { ...COVER, area: [[SCRIPT]] } } }],
    ['a score that is a text', { quality: { score: '90' } }],
    ['a reason with blanks', { reason: 'a b' }],
    ['a reason that is a number', { reason: 5 }],
    ['no size', { image: { format: 'jpeg' } }],
    ['a crop without a middle', { crop: { size: 1, angle: 0 } }],
  ])('with %s does not', (_, members) => {
    expect(isInspection({ ...INSPECTION, ...members })).toBe(false);
  });
});

describe('a job', () => {
  test.each<[string, object, boolean]>([
    ['with its counts', {}, true],
    ['of a newer service', { more: 'x' }, true],
    ['without a count', { pass: undefined }, false],
    ['with a count that is a text', { fail: '1' }, false],
    ['with a count below 0', { error: -1 }, false],
    ['with half an item', { total: 0.5 }, false],
    ['in a state of its own', { state: 'asleep' }, false],
    ['with a secret that is a number', { webhook_secret: 5 }, false],
  ])('%s', (_, members, fits) => {
    expect(isJob({ ...JOB, ...members })).toBe(fits);
  });

  test.each([null, 5, 'text', []])('is not %j', (value) => {
    expect([isJob(value), isInspection(value)]).toEqual([false, false]);
  });
});
