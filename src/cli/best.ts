/** `best`: which of many pictures, or which frame of a film, to take. */
import { basename, extname, join } from 'node:path';
import type { Command } from 'commander';
import { DetectError } from '../errors.ts';
import { bestJson, bestTable, type Ranked } from './best-format.ts';
import { type CliContext, EXIT, note, tell, write } from './context.ts';
import { type Film, Frames, findFilms } from './films.ts';
import { fitting } from './fitting.ts';
import { adviceOf, reasonOf } from './format.ts';
import { Inputs } from './inputs.ts';
import { type Interrupt, onInterrupt, tellFailure } from './interrupt.ts';
import { layoutFor } from './layout.ts';
import { toJobs, toWhole } from './option-values.ts';
import { addFormat, type FormatName } from './output-format.ts';
import { openPictures, type Pictures } from './pictures.ts';
import { type PolicyFlags, readPolicy } from './policy-file.ts';
import { createProgress } from './progress.ts';
import { type Candidate, Ranking } from './ranking.ts';
import { inspectPictures, type Picture, type Row } from './run.ts';
import { visible } from './visible.ts';
import { writeWhole } from './whole-file.ts';

/** How many are shown where nobody says how many. */
const USUAL_TOP = 3;
/** The most that can be asked for: their files are in memory until the end, 10 MiB each at most. */
const MAX_TOP = 50;

interface BestOptions extends PolicyFlags {
  readonly top: number;
  readonly out?: string;
  readonly format: FormatName;
  readonly quiet?: true;
  readonly urls?: string;
  readonly jobs?: number;
}

/** Adds the command `best`. */
export function registerBest(program: Command, context: CliContext): void {
  const { help } = context.words;
  addFormat(program.command('best'), ['table', 'json'], context)
    .description(help.commands.best)
    .argument('[pictures...]', help.picturesAndFilms)
    .option('--top <n>', help.top(MAX_TOP), toWhole(context, 1, MAX_TOP), USUAL_TOP)
    .option('--out <folder>', help.bestOut)
    .option('--json', help.bestJson)
    .option('--urls <file>', help.urls)
    .option('--for <name>', help.for)
    .option('--policy <file>', help.policy)
    .option('-q, --quiet', help.quiet)
    .option('--jobs <n>', help.jobs, toJobs(context))
    .addHelpText('after', help.afterBest)
    .action((names: string[], options: BestOptions) =>
      best({ ...context, isQuiet: options.quiet === true }, names, options),
    );
}

async function best(context: CliContext, names: readonly string[], options: BestOptions): Promise<void> {
  const interrupt = onInterrupt();
  const { signal } = interrupt;
  try {
    const { films, others } = await findFilms(names);
    const find = { signal, urlList: options.urls, except: options.out === undefined ? [] : [options.out] };
    // Films alone are a call too.
    const pictures =
      films.length > 0 && others.length === 0 && options.urls === undefined
        ? null
        : await openPictures(context, others, find);
    try {
      await rankAll(context, { films, pictures, interrupt }, options);
    } finally {
      await pictures?.close();
    }
  } catch (error) {
    const isMissing = error instanceof DetectError && error.code === 'film.no_ffmpeg';
    await tellFailure(context, error, interrupt, isMissing ? EXIT.failed : EXIT.usage);
  } finally {
    interrupt.dispose();
  }
}

/** What is to be looked at. */
interface BestRun {
  readonly films: readonly Film[];
  readonly pictures: (Pictures & { readonly list: readonly Picture[] }) | null;
  readonly interrupt: Interrupt;
}

async function rankAll(context: CliContext, run: BestRun, options: BestOptions): Promise<void> {
  const { films, pictures, interrupt } = run;
  const list = pictures?.list ?? [];
  const inputs = new Inputs([...films, ...list].map(({ file }) => file));
  const policy = await readPolicy(options);
  const frames = new Frames(interrupt.signal, (film) =>
    note(context, context.words.best.filmCut(visible(film))),
  );
  const counts = { pass: 0, fail: 0, error: 0 };
  const ranking = new Ranking(options.top);
  // Of films nobody knows how many frames there are, and then no bar is shown.
  const total = films.length > 0 ? Number.POSITIVE_INFINITY : list.length;
  const progress = createProgress(context, total, { signal: interrupt.signal });
  const rows = inspectPictures({
    context,
    pictures: films.length > 0 ? concat(frames.picturesOf(films), list) : list,
    read: async (file) => frames.read(file) ?? (await pictures!.read(file)),
    signal: interrupt.signal,
    policy,
    jobs: options.jobs,
    ahead: pictures?.ahead ?? 1,
    keepsBytes: options.out !== undefined,
  });
  let ofFilm: Candidate[] = [];
  const endFilm = () => {
    ranking.addFilm(ofFilm);
    ofFilm = [];
  };
  try {
    for await (const row of rows) {
      const frame = frames.release(row.file);
      const file = frame?.film ?? row.file;
      if (ofFilm.length > 0 && ofFilm[0]?.file !== frame?.film) endFilm();
      if (row.inspection) counts[row.inspection.pass ? 'pass' : 'fail']++;
      else {
        counts.error++;
        const told = { ...row, file };
        await progress.above(() =>
          tell(context, `${visible(file)}  ${reasonOf(told)}  ${visible(adviceOf(told, context))}`),
        );
      }
      progress.step();
      const candidate = candidateOf(row, frame);
      if (candidate === null) continue;
      if (frame) ofFilm.push(candidate);
      else ranking.add(candidate);
    }
    endFilm();
  } finally {
    progress.end();
  }
  const ranked = await copyAll(ranking.best, options.out, inputs);
  const layout = await layoutFor(context.stdout);
  const text =
    options.format === 'json'
      ? bestJson(ranked, context)
      : ranked.length > 0
        ? await bestTable(ranked, layout, context)
        : '';
  if (!context.isQuiet) await write(context.stdout, text);
  await note(context, context.words.best.summary(counts, ranked.length > 0));
  const isGood = ranked.length > 0 && ranked.every(({ inspection }) => inspection.pass);
  const code = counts.error > 0 ? EXIT.failed : isGood ? EXIT.pass : EXIT.fail;
  context.setExitCode(interrupt.signal.aborted ? interrupt.exitCode : code);
}

async function* concat(
  ...all: readonly (AsyncIterable<Picture> | readonly Picture[])[]
): AsyncGenerator<Picture> {
  for (const pictures of all) yield* pictures;
}

/** Null without a face. */
function candidateOf(
  row: Row,
  frame: { readonly film: string; readonly seconds: number } | undefined,
): Candidate | null {
  const { file, name, inspection } = row;
  const bytes = row.bytes ?? null;
  if (!inspection?.quality) return null;
  if (frame === undefined) {
    const ending = extname(name) || `.${inspection.image.format}`;
    return { file, name: `${basename(name, ending)}${ending}`, seconds: null, inspection, bytes };
  }
  const { film, seconds } = frame;
  return {
    file: film,
    name: `${basename(film, extname(film))}-${seconds.toFixed(2)}s.jpg`,
    seconds,
    inspection,
    bytes,
  };
}

/** Copies those that pass, with their rank before the name. */
async function copyAll(
  candidates: readonly Candidate[],
  folder: string | undefined,
  inputs: Inputs,
): Promise<Ranked[]> {
  const digits = String(candidates.length).length;
  const ranked: Ranked[] = [];
  for (const [at, candidate] of candidates.entries()) {
    const rank = at + 1;
    let written: string | null = null;
    if (folder !== undefined && candidate.bytes !== null && candidate.inspection.pass) {
      written = fitting(join(folder, `${String(rank).padStart(digits, '0')}-${candidate.name}`));
      await inputs.spare(written);
      await writeWhole(written, candidate.bytes);
    }
    ranked.push({ ...candidate, rank, written });
  }
  return ranked;
}
