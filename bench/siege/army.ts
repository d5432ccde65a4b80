/** The attackers' process, as the siege commands it. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Toll } from './campaign.ts';

/** What the attackers are told. */
export type Orders =
  | {
      /** The service. */
      readonly url: string;
      readonly keys: readonly string[];
      readonly seed: number;
      /** A part of the names of the attacks that are wanted; all of them if left out. */
      readonly only?: string | undefined;
    }
  | { readonly end: true };

/** What the attackers tell. */
export type Report = { readonly ready: true } | Losses;

/** What it came to. */
export interface Losses {
  readonly tolls: readonly Toll[];
  /** Their own processor time, in milliseconds. */
  readonly cpuMs: number;
}

/** Attackers who wait for orders. */
export interface Army {
  attack(orders: Exclude<Orders, { end: true }>): void;
  /** Ends all attacks, and tells what came of them. */
  end(): Promise<Losses>;
}

/** Starts the attackers' process, and waits until it has made what it throws. */
export async function raiseArmy(): Promise<Army> {
  const child = fork(fileURLToPath(new URL('attackers.ts', import.meta.url)));
  await nextReport(child);
  return {
    attack: (orders) => void child.send(orders satisfies Orders),
    async end() {
      const report = nextReport(child);
      child.send({ end: true } satisfies Orders);
      return (await report) as Losses;
    },
  };
}

function nextReport(child: ChildProcess): Promise<Report> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`The attackers ended with ${code}.`));
    child.once('exit', onExit);
    child.once('message', (report: Report) => {
      child.off('exit', onExit);
      resolve(report);
    });
  });
}
