import { describe, expect, test } from 'vitest';
import { type Guidance, guide } from '../../src/capture/guide.ts';
import { INSTRUCTIONS, type Instruction } from '../../src/capture/instruction.ts';
import { ENGLISH } from '../../src/capture/words.ts';
import type { PolicyOverrides } from '../../src/core/checks/policy.ts';
import type { CoverClass, Subject } from '../../src/core/inspection.ts';
import { evidence } from '../core/checks/evidence.ts';
import { type Changes, frame } from './frame.ts';

const TENTH_MS = 100;
const { heads } = evidence().subject!;
const pose = (changes: Partial<Subject['pose']>) => ({ pose: { yaw: 0, pitch: 0, roll: 0, ...changes } });
const covered = (name: CoverClass) => ({
  heads: { ...heads, obstructed: 0.9, covered: { ...heads.covered, mouth: 0.9, nose: 0.9 } },
  cover: { class: name, regions: ['mouth'], area: [] } as const,
});

/** What frames call for, a tenth of a second after each other. */
function follow(...frames: readonly (Changes | null)[]): Instruction[] {
  let before: Guidance | null = null;
  return frames.map((changes, at) => {
    before = guide({ inspection: frame(changes), at: at * TENTH_MS }, before);
    return before.instruction;
  });
}

/** What a frame calls for after the same. */
function ask(changes: Changes | null, policy: PolicyOverrides = {}): Instruction {
  const first = guide({ inspection: frame(changes, policy), at: 0 }, null);
  return guide({ inspection: frame(changes, policy), at: TENTH_MS }, first).instruction;
}

describe('one fault calls for one instruction', () => {
  test.each<[Instruction, Changes | null]>([
    ['noFace', null],
    ['noFace', { heads: { ...heads, human: 0.4 } }],
    ['closer', { width: 190 }],
    ['back', { width: 440 }],
    ['back', { width: 350, outside: 0.1 }],
    ['centre', { x: -200 }],
    ['centre', { outside: 0.1 }],
    ['turn', pose({ yaw: -21 })],
    ['turn', pose({ pitch: 26 })],
    ['turn', { heads: { ...heads, profile: 0.9 } }],
    ['level', pose({ roll: -16 })],
    ['hand', covered('hand')],
    ['glasses', covered('glasses')],
    ['hair', covered('hair')],
    ['cloth', covered('cloth')],
    ['object', covered('object')],
    ['closeMouth', { mouthOpening: 0.21 }],
    ['openEyes', { eyeOpening: 0.05 }],
    ['moreLight', { brightness: 0.24, surround: 0.24 }],
    ['lessLight', { brightness: 0.95 }],
    ['evenLight', { evenness: 0.3 }],
    ['evenLight', { surround: 0.9 }],
    ['still', { sharpness: 0.3 }],
    ['ready', {}],
  ])('%s', (instruction, changes) => {
    expect(ask(changes)).toBe(instruction);
    expect(ENGLISH.instructions[instruction]).toMatch(/^[A-Z].*\.$/);
  });
});

test('of several faults the most basic is named first', () => {
  const faults = [
    { width: 190 },
    { x: -200 },
    pose({ yaw: 30, roll: 20 }),
    pose({ roll: 20 }),
    covered('hand'),
    { mouthOpening: 0.3 },
    { brightness: 0.2, surround: 0.2 },
    { sharpness: 0.3 },
  ];
  const asked = faults.map((_, at) => ask(Object.assign({}, ...faults.slice(at).reverse())));
  expect(asked).toEqual(['closer', 'centre', 'turn', 'level', 'hand', 'closeMouth', 'moreLight', 'still']);
  const order = asked.map((instruction) => INSTRUCTIONS.indexOf(instruction));
  expect(order).toEqual(order.toSorted((a, b) => a - b));
});

test('an instruction is taken back only when the limit is cleared by a margin', () => {
  expect(follow({}, pose({ yaw: 19 }))).toEqual(['still', 'ready']);
  expect(follow(pose({ yaw: 21 }), pose({ yaw: 19 }), pose({ yaw: 16 }))).toEqual(['turn', 'turn', 'ready']);
  expect(follow({ width: 200 }, { width: 210 }, { width: 245 })).toEqual(['closer', 'closer', 'still']);
  expect(follow({ x: 200 }, { x: 180 }, { x: 180 })).toEqual(['centre', 'centre', 'centre']);
  // The margin of one instruction is none of another's.
  expect(follow({ width: 200 }, { ...pose({ yaw: 19 }), width: 280 })).toEqual(['closer', 'still']);
});

test('a head that moves is to hold still, whichever way it moves', () => {
  expect(follow({}, {}, { x: 20 }, { x: 20 })).toEqual(['still', 'ready', 'still', 'ready']);
  expect(follow({}, {}, { width: 320 }, { width: 320 })).toEqual(['still', 'ready', 'still', 'ready']);
  // Two pixels in a tenth of a second are the trembling of a hand.
  expect(follow({}, {}, { x: 2 }, {})).toEqual(['still', 'ready', 'ready', 'ready']);
});

test("the policy's own limits hold where they are stricter, and never make the guide more lenient", () => {
  expect(ask(pose({ yaw: 12 }), { maxYaw: 10 })).toBe('turn');
  expect(ask(pose({ yaw: 30 }), { maxYaw: 80 })).toBe('turn');
  expect(ask({ eyeOpening: 0.15 }, { minEyeOpening: 0.2 })).toBe('openEyes');
  const glasses = { leftEye: 0.9, rightEye: 0.9, nose: 0, mouth: 0, chin: 0 };
  const dark = { heads: { ...heads, obstructed: 0.9, covered: glasses }, cover: covered('glasses').cover };
  expect(ask(dark)).toBe('glasses');
  expect(ask(dark, { maxEyesCovered: 1 })).toBe('ready');
});

test('whatever refuses a picture calls for something: nothing that fails is ready', () => {
  expect(ask({ sharpness: 0.5 }, { minSharpness: 0.6, enforce: ['sharpness'] })).toBe('other');
  expect(ask({ pose: { yaw: 0, pitch: 0, roll: 8 } }, { maxRoll: 5, enforce: ['roll'] })).toBe('level');
});
