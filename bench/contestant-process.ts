/** What runs in each contestant's own process: it opens one contestant, and runs it when told to. */
import sharp from 'sharp';
import { allEntries, type Contestant } from './contestants.ts';

/** What the race tells a contestant's process. */
export type Order =
  | { readonly kind: 'picture'; readonly bytes: Uint8Array }
  | { readonly kind: 'run' }
  | { readonly kind: 'end' };

/** One run, in milliseconds. */
export interface Run {
  readonly wall: number;
  /** Processor time of all threads of the process. */
  readonly cpu: number;
  /** Processor time of each stage, where the contestant tells. */
  readonly stages: Readonly<Record<string, number>>;
}

/** What comes back: an answer to each order, and one for the start. */
export type Answer =
  | { readonly kind: 'open'; readonly loadMs: number }
  | { readonly kind: 'done' }
  | { readonly kind: 'run'; readonly run: Run }
  | { readonly kind: 'end'; readonly peakMb: number }
  | { readonly kind: 'error'; readonly message: string };

const [name, yunet] = process.argv.slice(2);

// The same for all: one thread per picture, and no answers from memory.
sharp.concurrency(1);
sharp.cache(false);

const contestant = await open();
let bytes = new Uint8Array();
process.on('message', (order: Order) => {
  obey(order).then(answer, (error: unknown) => answer({ kind: 'error', message: String(error) }));
});

async function open(): Promise<Contestant> {
  const entry = allEntries(yunet || undefined).find((candidate) => candidate.name === name);
  if (!entry) throw new Error(`There is no contestant ${name}.`);
  const started = performance.now();
  const opened = await entry.open();
  answer({ kind: 'open', loadMs: performance.now() - started });
  return opened;
}

async function obey(order: Order): Promise<Answer> {
  switch (order.kind) {
    case 'picture':
      // A copy of its own, as a file that was just read.
      bytes = new Uint8Array(order.bytes);
      return { kind: 'done' };
    case 'run':
      return { kind: 'run', run: await time() };
    case 'end':
      await contestant.close();
      return { kind: 'end', peakMb: process.resourceUsage().maxRSS / 1024 };
  }
}

async function time(): Promise<Run> {
  const stages: Record<string, number> = {};
  const cpuBefore = cpuMs();
  const started = performance.now();
  let last = cpuBefore;
  contestant.onStage = (stage) => {
    const now = cpuMs();
    // A stage may end more than once.
    stages[stage] = (stages[stage] ?? 0) + now - last;
    last = now;
  };
  await contestant.run(bytes);
  return { wall: performance.now() - started, cpu: cpuMs() - cpuBefore, stages };
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function answer(message: Answer): void {
  process.send?.(message);
}
