/** `fix`: makes of a picture one that will do, where that can be done without altering the face. */
import { realpath, stat } from 'node:fs/promises';
import type { Command } from 'commander';
import { DetectError } from '../errors.ts';
import { engineOf } from '../node/engine.ts';
import { MAX_REPAIR_BYTES } from '../repair/limits.ts';
import { repair } from '../repair/repair.ts';
import { type CliContext, EXIT, isClosed, note, tell, write } from './context.ts';
import { openExaminer } from './examiner.ts';
import { pathOf } from './file-name.ts';
import { STDIN } from './files.ts';
import { type FixFormat, type FixOutcome, type FixRow, fixJson, fixOutcome, fixText } from './fix-format.ts';
import { createTarget, type Target } from './fix-target.ts';
import { type Interrupt, onInterrupt, tellFailure } from './interrupt.ts';
import { layoutFor } from './layout.ts';
import { mapInOrder } from './map-in-order.ts';
import { toJobs, toWhole } from './option-values.ts';
import { addFormat, type FormatName } from './output-format.ts';
import { openPictures, type Pictures } from './pictures.ts';
import { readPolicy } from './policy-file.ts';
import { createProgress } from './progress.ts';
import { asRowError, type Picture, workersFor } from './run.ts';

interface FixOptions {
  readonly output?: string;
  readonly face?: number;
  readonly format: FormatName;
  readonly quiet?: true;
  readonly urls?: string;
  readonly policy?: string;
  readonly for?: string;
  readonly jobs?: number;
}

/** Adds the command `fix`. */
export function registerFix(program: Command, context: CliContext): void {
  const { help } = context.words;
  addFormat(program.command('fix'), ['table', 'json'], context)
    .description(help.commands.fix)
    .argument('[pictures...]', help.pictures)
    .option('-o, --output <path>', help.fixOutput)
    .option('--face <n>', help.face, toWhole(context, 1, null))
    .option('--json', help.fixJson)
    .option('--urls <file>', help.urls)
    .option('--for <name>', help.for)
    .option('--policy <file>', help.policy)
    .option('-q, --quiet', help.quiet)
    .option('--jobs <n>', help.jobs, toJobs(context))
    .addHelpText('after', help.afterFix)
    .action((names: string[], options: FixOptions) =>
      fix({ ...context, isQuiet: options.quiet === true }, names, options),
    );
}

async function fix(context: CliContext, names: readonly string[], options: FixOptions): Promise<void> {
  const interrupt = onInterrupt();
  try {
    const pictures = await openPictures(context, names, {
      signal: interrupt.signal,
      urlList: options.urls,
      maxBytes: MAX_REPAIR_BYTES,
      except: await foldersBelow(options.output, names),
    });
    try {
      const target = createTarget(context, pictures.list, {
        output: options.output,
        isFolder: options.output !== undefined && (await isFolder(options.output)),
        isMany: pictures.list.length > 1 || (await Promise.all(names.map(isFolder))).includes(true),
      });
      await fixAll(context, pictures, target, options, interrupt);
    } finally {
      await pictures.close();
    }
  } catch (error) {
    await tellFailure(context, error, interrupt, EXIT.usage);
  } finally {
    interrupt.dispose();
  }
}

async function fixAll(
  context: CliContext,
  { list, read, ahead }: Pictures & { readonly list: readonly Picture[] },
  target: Target,
  options: FixOptions,
  interrupt: Interrupt,
): Promise<void> {
  const policy = await readPolicy(options);
  const workers = workersFor(options.jobs, list.length);
  const examiner = await openExaminer(context, policy, workers);
  const inspect = async (bytes: Uint8Array) => (await examiner.examine(bytes)).inspection;
  const rows = target.isStdout ? context.stderr : context.stdout;
  const format: FixFormat =
    options.format === 'json' ? fixJson(context) : fixText(await layoutFor(rows), context);
  const ended = new AbortController();
  const signal = AbortSignal.any([interrupt.signal, ended.signal]);
  const counts: Record<FixOutcome, number> = { good: 0, fixed: 0, failed: 0, error: 0 };
  const progress = createProgress(context, list.length, { signal: interrupt.signal });
  const fixOne = async (picture: Picture): Promise<FixRow> => {
    try {
      const bytes = await read(picture.file);
      const result = await repair(
        bytes,
        { inspect, signal, engine: engineOf(context.env) },
        { face: options.face, for: policy.for, language: context.language },
      );
      return { ...picture, result, written: await target.write(picture, result) };
    } catch (error) {
      return { ...picture, error: asRowError(error) };
    }
  };
  try {
    for await (const row of mapInOrder(list, { width: workers + ahead - 1, signal }, fixOne)) {
      // A picture on standard output that nobody reads: what is told of it is for nobody.
      if (isClosed(row.error?.cause)) throw row.error;
      counts[fixOutcome(row)]++;
      if (context.isQuiet) {
        if (row.error) await tell(context, format(row).trimEnd());
      } else await progress.above(() => write(rows, format(row)));
      progress.step();
    }
  } finally {
    progress.end();
    ended.abort(new DetectError('inspect.aborted'));
    await examiner.close();
  }
  if (list.length > 1) await note(context, context.words.fix.summary(counts));
  const code = counts.error > 0 ? EXIT.failed : counts.failed > 0 ? EXIT.fail : EXIT.pass;
  context.setExitCode(interrupt.signal.aborted ? interrupt.exitCode : code);
}

/** The folder that repaired pictures go into, unless it is one that was named: then they lie beside the others. */
async function foldersBelow(output: string | undefined, names: readonly string[]): Promise<string[]> {
  if (output === undefined || output === STDIN) return [];
  const real = await Promise.all([output, ...names].map((path) => realpath(path).catch(() => undefined)));
  return real.slice(1).includes(real[0]) ? [] : [output];
}

async function isFolder(path: string): Promise<boolean> {
  if (path === STDIN) return false;
  return (await stat(pathOf(path)).catch(() => null))?.isDirectory() ?? false;
}
