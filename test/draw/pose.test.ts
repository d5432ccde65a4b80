import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Inspector } from '../../src/core/inspect.ts';
import type { Inspection, Subject } from '../../src/core/inspection.ts';
import { createInspector } from '../../src/node/inspector.ts';

const FOLDER = new URL('../fixtures/drawn/', import.meta.url);

let inspector: Inspector;

beforeAll(async () => {
  inspector = await createInspector();
});

afterAll(() => inspector.close());

async function inspect(name: string): Promise<Inspection> {
  return inspector.inspect(await readFile(new URL(`${name}.jpg`, FOLDER)));
}

async function measure(name: string): Promise<Subject> {
  const { subject } = await inspect(name);
  expect(subject).not.toBeNull();
  return subject!;
}

describe('the measured pose follows the drawn head', () => {
  it.each([
    ['yaw-40', -40],
    ['yaw-20', -20],
    ['yaw+0', 0],
    ['yaw+20', 20],
    ['yaw+40', 40],
  ])('%s', async (name, drawn) => {
    expect(Math.abs((await measure(name)).pose.yaw - drawn)).toBeLessThan(12);
  });

  it('looks down and up', async () => {
    // The mesh reads a level head as looking down a little, and damps the angles: what holds is their order.
    const down = (await measure('pitch-25')).pose.pitch;
    const level = (await measure('pitch+0')).pose.pitch;
    const up = (await measure('pitch+25')).pose.pitch;
    expect(level - down).toBeGreaterThan(10);
    expect(up - level).toBeGreaterThan(10);
  });

  it.each([
    ['roll-20', -20],
    ['roll+20', 20],
  ])('%s', async (name, drawn) => {
    expect(Math.abs((await measure(name)).pose.roll - drawn)).toBeLessThan(4);
  });
});

describe('a drawn face', () => {
  it.each(['yaw+0', 'bald', 'long-hair', 'beard', 'glasses', 'mouth-open'])('passes: %s', async (name) => {
    expect((await inspect(name)).reason).toBeNull();
  });

  it.each(['mask', 'scarf', 'phone'])('is obstructed by: %s', async (name) => {
    expect((await inspect(name)).reason).toBe('face.obstructed');
  });

  it('is a profile when seen from the side', async () => {
    expect((await inspect('yaw+70')).reason).toBe('face.profile');
  });

  it('opens its mouth', async () => {
    expect((await measure('yaw+0')).mouthOpening).toBeLessThan(0.15);
    expect((await measure('mouth-open')).mouthOpening).toBeGreaterThan(0.25);
  });
});
