/** What a repair is offered for: never what it would only refuse again. */
import { expect, test } from 'vitest';
import { judge } from '../../src/core/checks/judge.ts';
import { DEFAULT_POLICY } from '../../src/core/checks/policy.ts';
import type { Inspection, Subject } from '../../src/core/inspection.ts';
import { mayBeRepaired } from '../../src/repair/prospect.ts';
import { evidence, NO_FACE } from '../core/checks/evidence.ts';

/** Whether a repair is offered for such a subject in a picture of this edge; null for no face. */
function isOffered(subject: Partial<Subject> | null, edge: number): boolean {
  const found = subject === null ? NO_FACE : evidence(subject);
  const image = { ...found.image, uprightWidth: edge, uprightHeight: edge };
  const judgement = judge({ ...found, image }, DEFAULT_POLICY);
  expect(judgement.pass).toBe(false);
  return mayBeRepaired({ ...found, image, ...judgement } as unknown as Inspection, DEFAULT_POLICY);
}

const face = (width: number, workingWidth = width): Partial<Subject> => ({
  box: { x: 10, y: 10, width, height: width },
  workingWidth,
});
const profile = { yaw: 80, pitch: 0, roll: 0 };

test.each([
  ['a face of enough pixels in a large picture', face(100, 32), 4000, true],
  ['a face of too few pixels', face(37), 768, false],
  ['a small face in profile, seen as it is', { ...face(60), pose: profile }, 1280, false],
  ['a large face in profile', { ...face(400), pose: profile }, 1280, false],
  ['a picture on its side', { ...face(400), pose: { yaw: 0, pitch: 0, roll: 90 } }, 1280, true],
  ['nobody in a small picture, where each face of enough pixels is seen', null, 1000, false],
  ['nobody in a large picture, where a face may be too small to be seen', null, 4000, true],
] as const)('%s', (_name, subject, edge, offered) => {
  expect(isOffered(subject, edge)).toBe(offered);
});
