/** `best`: which of many pictures, or which frame of a film, to take. */
import { basename, extname, join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { bestJson, bestTable, type Ranked } from './best-format.ts';
import { toJobs } from './check.ts';
import { type CliContext, EXIT, tell, write } from './context.ts';
import { type Film, Frames, findFilms } from './films.ts';
import { adviceOf, reasonOf } from './format.ts';
import { Inputs } from './inputs.ts';
import { type Interrupt, onInterrupt, tellFailure } from './interrupt.ts';
import { layoutFor } from './layout.ts';
import { writeWhole } from './output.ts';
import { openPictures, type Pictures } from './pictures.ts';
import { FOR_HELP, type PolicyFlags, readPolicy } from './policy-file.ts';
import { createProgress } from './progress.ts';
import { type Candidate, Ranking } from './ranking.ts';
import { inspectPictures, type Picture, type Row } from './run.ts';
import { visible } from './visible.ts';

/** So many are shown where nobody says how many. */
const USUAL_TOP = 3;
/** The most that can be asked for: their files are in memory until the end, 10 MiB each at most. */
const MAX_TOP = 50;

interface BestOptions extends PolicyFlags {
  readonly top: number;
  readonly out?: string;
  readonly json?: true;
  readonly urls?: string;
  readonly jobs?: number;
}

const HELP = `
Pictures that pass come first, then the quality decides (see docs/quality.md). Of a film (MP4, QuickTime, WebM, Matroska,
AVI), up to 240 frames are looked at, which needs ffmpeg. Only what passes is copied to --out.

Exit code: 0 all that are shown pass, 1 one does not, 2 wrong call, 3 one could not be inspected, or ffmpeg is missing.`;

/** Adds the command `best`. */
export function registerBest(program: Command, context: CliContext): void {
  program
    .command('best')
    .description('say which of many pictures, or which frames of a film, are the best ones, and why')
    .argument(
      '[pictures...]',
      'files, films, folders, glob patterns, addresses, or - for one on standard input',
    )
    .option('--top <n>', `how many, 1 to ${MAX_TOP}`, toTop, USUAL_TOP)
    .option('--out <folder>', 'copy the best ones there; of a film, the frames as JPEG')
    .option('--json', 'print NDJSON: a line for each of the best ones, with all that was measured')
    .option('--urls <file>', 'a list of addresses, one a line; - is standard input')
    .option('--for <name>', FOR_HELP)
    .option('--policy <file>', 'limits that differ from the defaults, as JSON (see docs/policy.md)')
    .option('--jobs <n>', 'pictures at once (default: one more than there are cores)', toJobs)
    .addHelpText('after', HELP)
    .action((names: string[], options: BestOptions) => best(context, names, options));
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
    const isMissing = (error as { code?: unknown }).code === 'film.no_ffmpeg';
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
    tell(context, `${visible(film)} is too long or too large: its end was not looked at.`),
  );
  const counts = { pass: 0, fail: 0, error: 0 };
  const ranking = new Ranking(options.top);
  // Of films nobody knows how many frames there are, and then no bar is shown.
  const progress = createProgress(context, films.length > 0 ? Number.POSITIVE_INFINITY : list.length);
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
          tell(context, `${visible(file)}  ${reasonOf(told)}  ${visible(adviceOf(told))}`),
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
  const text = options.json ? bestJson(ranked) : ranked.length > 0 ? bestTable(ranked, layout) : '';
  await write(context.stdout, text);
  await tell(context, summary(counts, ranked));
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
      written = join(folder, `${String(rank).padStart(digits, '0')}-${candidate.name}`);
      await inputs.spare(written);
      await writeWhole(written, candidate.bytes);
    }
    ranked.push({ ...candidate, rank, written });
  }
  return ranked;
}

function summary(
  { pass, fail, error }: Record<'pass' | 'fail' | 'error', number>,
  ranked: readonly Ranked[],
): string {
  const looked = `${pass + fail} looked at: ${pass} pass, ${fail} fail; ${error} could not be inspected`;
  return ranked.length === 0 ? `${looked}. There is no face in any of them.` : looked;
}

function toTop(text: string): number {
  const top = Number(text);
  if (!Number.isInteger(top) || top < 1 || top > MAX_TOP) {
    throw new InvalidArgumentError(`A whole number from 1 to ${MAX_TOP} is needed.`);
  }
  return top;
}
