/** Memory over time. */
import { setTimeout as sleep } from 'node:timers/promises';
import { spread } from '../statistics.ts';
import type { Fortress } from './fortress.ts';

/** Between two readings, in milliseconds. */
const READ_MS = 1_000;

/** Readings of a stretch of time, in MB. */
export interface MemoryCourse {
  /** Medians of the first and the last third. */
  readonly first: number;
  readonly last: number;
  readonly most: number;
}

/** Reads a service's memory until the signal ends it. */
export async function watchMemory(fortress: Fortress, signal: AbortSignal): Promise<MemoryCourse> {
  const readings: number[] = [];
  while (!signal.aborted) {
    readings.push(await fortress.memoryMb());
    await sleep(READ_MS, undefined, { signal }).catch(() => undefined);
  }
  const third = Math.ceil(readings.length / 3);
  return {
    first: spread(readings.slice(0, third)).median,
    last: spread(readings.slice(-third)).median,
    most: Math.max(...readings),
  };
}
