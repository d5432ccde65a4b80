import { afterAll } from 'vitest';

/** Takes what is to be done at the end. */
export type Cleanup = (task: () => unknown) => void;

/**
 * Takes what is to be done once all tests of this file, or of this `describe`, are over; the last is done first. It is called while
 * tests are collected, since what hooks hand to `afterAll` while they run is never called.
 */
export function cleanupAfterAll(): Cleanup {
  const tasks: (() => unknown)[] = [];
  afterAll(async () => {
    for (const task of tasks.reverse()) await task();
  });
  return (task) => void tasks.push(task);
}
