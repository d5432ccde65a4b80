import { describe, expect, it } from 'vitest';
import { Intake } from '../../src/server/intake.ts';
import { RunningMean } from '../../src/server/pace.ts';

/** How many of a key get in when it asks for more than there is. */
function flood(intake: Intake, key: string, limit: number) {
  const releases = [];
  for (let count = 0; count < 2 * limit; count++) {
    try {
      releases.push(intake.enter(key, limit));
    } catch {
      break;
    }
  }
  return releases;
}

describe('Intake', () => {
  it('gives one key two thirds, and a newcomer room', () => {
    const intake = new Intake();
    expect(flood(intake, 'a', 30)).toHaveLength(20);
    expect(flood(intake, 'b', 30).length).toBeGreaterThan(5);
    expect(flood(intake, 'c', 30).length).toBeGreaterThan(0);
    expect(intake.total).toBeLessThanOrEqual(30);
  });

  it('settles at equal shares for keys that keep asking', () => {
    const intake = new Intake();
    const held = { a: flood(intake, 'a', 30), b: flood(intake, 'b', 30) };
    for (let turn = 0; turn < 100; turn++) {
      for (const key of ['a', 'b'] as const) {
        held[key].shift()?.();
        held[key].push(...flood(intake, key, 30));
      }
    }
    expect(Math.abs(held.a.length - held.b.length)).toBeLessThanOrEqual(2);
  });

  it('lets a key in that holds nothing while there is room, whatever else it is held to', () => {
    const intake = new Intake();
    const slow = { useful: 3 };
    for (let count = 0; count < 3; count++) intake.enter('a', 30, slow);
    expect(() => intake.enter('a', 30, slow)).toThrow(expect.objectContaining({ code: 'overload.queue' }));
    expect(() => intake.enter('b', 30, { useful: 0.5 })).not.toThrow();
    expect(() => intake.enter('b', 30, { useful: 0.5 })).toThrow();
  });

  it('counts light requests for less, and forgets what is left of fractions', () => {
    const intake = new Intake();
    const releases = Array.from({ length: 190 }, () => intake.enter('a', 30, { weight: 0.1 }));
    expect(intake.total).toBeCloseTo(19);
    expect(flood(intake, 'b', 30).length).toBeGreaterThan(5);
    for (const release of releases) release();
    expect(flood(intake, 'a', 30).length).toBeGreaterThan(5);
    const other = new Intake();
    for (const release of Array.from({ length: 7 }, () => other.enter('a', 9, { weight: 0.3 }))) release();
    expect(other.total).toBe(0);
  });

  it('refuses with the token of overload, and takes each back once', () => {
    const intake = new Intake();
    const release = intake.enter('a', 1);
    expect(() => intake.enter('b', 1)).toThrow(expect.objectContaining({ code: 'overload.queue' }));
    release();
    release();
    expect(intake.total).toBe(0);
    intake.enter('b', 1);
  });
});

describe('RunningMean', () => {
  it('starts as assumed and follows what comes', () => {
    const mean = new RunningMean(100);
    expect(mean.value).toBe(100);
    for (let count = 0; count < 100; count++) mean.add(10);
    expect(mean.value).toBeCloseTo(10, 0);
  });
});
