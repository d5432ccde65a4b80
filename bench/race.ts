import { type ChildProcess, fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ImageFormat } from '../src/core/inspection.ts';
import type { Answer, Order, Run } from './contestant-process.ts';
import { allEntries } from './contestants.ts';
import type { PictureSpec } from './pictures.ts';
import { type Spread, spread } from './statistics.ts';

const CHILD = fileURLToPath(new URL('contestant-process.ts', import.meta.url));

/**
 * Runs of each contestant on its first picture before anything counts: so many it takes until V8 has compiled what is
 * hot; the peers' JavaScript and WebAssembly run at half their speed before that.
 */
const WARM_UP_RUNS = 20;
/** The same for each further picture. */
const WARM_UP_AGAIN = 2;

/** What the runs of one contestant on one picture gave, in milliseconds. */
export interface Timing {
  readonly wall: Spread;
  readonly cpu: Spread;
  /** Medians of the processor time of its stages, where it tells. */
  readonly stages: Readonly<Record<string, number>>;
}

/** One picture's race, with what the picture is. */
export type RaceResult<Spec = PictureSpec> = Spec & {
  readonly bytes: number;
  readonly contestants: Readonly<Record<string, Timing>>;
};

/** What a contestant costs besides its runs. */
export interface Upkeep {
  /** Loading its packages and models, in milliseconds. */
  readonly loadMs: number;
  /** Its first picture, in milliseconds. */
  readonly firstMs: number;
  /** Most memory that its process ever had. */
  readonly peakMb: number;
}

/**
 * Contestants that take turns on one core, each in a process of its own: none waits for another's garbage to be
 * collected or code to be compiled, and each one's memory can be told apart.
 */
export class Race {
  readonly #racers: Racer[] = [];

  /** Opens the contestants one after another, all on one core where `taskset` is there to hold them. */
  static async open(names: readonly string[], yunet?: string): Promise<Race> {
    const race = new Race();
    for (const name of names) race.#racers.push(await Racer.open(name, yunet));
    return race;
  }

  /**
   * Lets all run on one picture in turns; whoever was first in a round is last in the next.
   *
   * @param rounds slow contestants take part in some of them only
   */
  async run<Spec extends { readonly format: ImageFormat }>(
    spec: Spec,
    bytes: Uint8Array,
    rounds: number,
  ): Promise<RaceResult<Spec>> {
    const racers = this.#racers.filter(({ entry }) => spec.format !== 'bmp' || entry.readsBmp);
    const runs = new Map<Racer, Run[]>(racers.map((racer) => [racer, []]));
    for (const racer of racers) await racer.take(bytes);
    for (let round = 0; round < rounds; round++) {
      for (let i = 0; i < racers.length; i++) {
        const racer = racers[(i + round) % racers.length];
        if (round % racer.entry.every === 0) runs.get(racer)?.push(await racer.run());
      }
    }
    return {
      ...spec,
      bytes: bytes.length,
      contestants: Object.fromEntries([...runs].map(([{ entry }, list]) => [entry.name, timing(list)])),
    };
  }

  /** Ends all contestants, and tells what they cost besides. */
  async close(): Promise<Record<string, Upkeep>> {
    const upkeep: Record<string, Upkeep> = {};
    for (const racer of this.#racers) upkeep[racer.entry.name] = await racer.close();
    return upkeep;
  }
}

/** One contestant's process. */
class Racer {
  readonly entry;
  readonly #child: ChildProcess;
  #loadMs = 0;
  #firstMs: number | undefined;

  private constructor(name: string, yunet: string | undefined) {
    const entry = allEntries(yunet).find((candidate) => candidate.name === name);
    if (!entry) throw new Error(`There is no contestant ${name}.`);
    this.entry = entry;
    this.#child = fork(CHILD, [name, yunet ?? ''], { ...onOneCore(), serialization: 'advanced' });
  }

  static async open(name: string, yunet: string | undefined): Promise<Racer> {
    const racer = new Racer(name, yunet);
    const opened = await racer.#answer();
    if (opened.kind === 'open') racer.#loadMs = opened.loadMs;
    return racer;
  }

  /** Hands over the next picture, and warms up. */
  async take(bytes: Uint8Array): Promise<void> {
    await this.#ask({ kind: 'picture', bytes });
    const runs = this.#firstMs === undefined ? WARM_UP_RUNS : WARM_UP_AGAIN;
    for (let i = 0; i < runs; i++) {
      const { wall } = await this.run();
      this.#firstMs ??= wall;
    }
  }

  async run(): Promise<Run> {
    const answer = await this.#ask({ kind: 'run' });
    if (answer.kind !== 'run') throw new Error(`${this.entry.name} answered ${answer.kind} to a run.`);
    return answer.run;
  }

  async close(): Promise<Upkeep> {
    const ended = once(this.#child, 'exit');
    const answer = await this.#ask({ kind: 'end' });
    this.#child.disconnect();
    await ended;
    const peakMb = answer.kind === 'end' ? answer.peakMb : Number.NaN;
    return { loadMs: this.#loadMs, firstMs: this.#firstMs ?? Number.NaN, peakMb };
  }

  #ask(order: Order): Promise<Answer> {
    this.#child.send(order);
    return this.#answer();
  }

  async #answer(): Promise<Answer> {
    const gone = new AbortController();
    const onExit = () => gone.abort();
    this.#child.once('exit', onExit);
    try {
      const [answer] = (await once(this.#child, 'message', { signal: gone.signal })) as [Answer];
      if (answer.kind === 'error') throw new Error(`${this.entry.name}: ${answer.message}`);
      return answer;
    } catch (cause) {
      throw gone.signal.aborted ? new Error(`${this.entry.name}'s process ended.`, { cause }) : cause;
    } finally {
      this.#child.off('exit', onExit);
    }
  }
}

/** Node's options, started through `taskset` on the first core that we may use; this machine's own without it. */
function onOneCore(): { execPath?: string; execArgv?: string[] } {
  const core = firstCore();
  if (core === undefined) return {};
  return { execPath: 'taskset', execArgv: ['-c', core, process.execPath, ...process.execArgv] };
}

function firstCore(): string | undefined {
  if (process.platform !== 'linux' || spawnSync('taskset', ['--version']).error) return undefined;
  return /Cpus_allowed_list:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
}

function timing(runs: readonly Run[]): Timing {
  return {
    wall: spread(runs.map(({ wall }) => wall)),
    cpu: spread(runs.map(({ cpu }) => cpu)),
    stages: medianStages(runs),
  };
}

function medianStages(runs: readonly Run[]): Record<string, number> {
  const names = new Set(runs.flatMap(({ stages }) => Object.keys(stages)));
  return Object.fromEntries(
    [...names].map((name) => [name, spread(runs.map(({ stages }) => stages[name] ?? 0)).median]),
  );
}
