import type { PolicyOverrides } from '../core/checks/policy.ts';
import { annotationSink } from './annotate.ts';
import { type CliContext, EXIT, note, tell } from './context.ts';
import { adviceOf, type Outcome, outcomeOf, type RowFormat, reasonOf } from './format.ts';
import type { Inputs } from './inputs.ts';
import type { Interrupt } from './interrupt.ts';
import { csvMark, openOutput } from './output.ts';
import type { Pictures } from './pictures.ts';
import { createProgress } from './progress.ts';
import { dropPassing, isPassing, type Past } from './resume.ts';
import { inspectPictures, type Row } from './run.ts';
import type { Server } from './server.ts';
import type { Sink } from './sink.ts';
import { openSorter } from './sorter.ts';
import { visible } from './visible.ts';

/** What is to be checked. */
export interface CheckRun {
  readonly pictures: Pictures;
  /** What is read, and so not written over. */
  readonly inputs: Inputs;
  readonly past: Past;
  readonly policy: PolicyOverrides;
  /** The service that inspects; this machine does if undefined. */
  readonly server: Server | undefined;
  readonly interrupt: Interrupt;
}

/** Where the rows go and how. */
export interface CheckOutput {
  /** Null where the results are the contact sheet. */
  readonly format: RowFormat | null;
  readonly output?: string;
  readonly resume?: string;
  readonly annotate?: string;
  readonly report?: string;
  readonly sort?: 'quality';
  readonly failFast?: true;
  readonly jobs?: number;
}

/**
 * Checks pictures one row after another, and sets the exit code.
 *
 * @throws DetectError `file.unwritable`, `policy.invalid`
 */
export async function checkPictures(context: CliContext, run: CheckRun, options: CheckOutput): Promise<void> {
  const { pictures, past, interrupt } = run;
  const { format } = options;
  const { check: words } = context.words;
  const total = 'length' in pictures.list ? pictures.list.length : Number.POSITIVE_INFINITY;
  const counts = { ...past.counts };
  let again = 0;
  for (const path of [options.resume ?? options.output, options.report]) {
    if (path !== undefined) await run.inputs.spare(path);
  }
  const sorter = options.sort === undefined ? undefined : await openSorter();
  const kept = await keptOf(context, past, options.resume);
  const output = format && (await openOutput(context, options.resume ?? options.output, kept));
  const sinks: Sink[] = [];
  const progress = createProgress(context, total, { before: past.files.size, signal: interrupt.signal });
  try {
    if (options.annotate !== undefined) sinks.push(annotationSink(options.annotate, run.inputs));
    if (hasSheet(options)) {
      const { openReport } = await import('./report.ts');
      sinks.push(await openReport(context, format === null ? options.output : options.report));
    }
    if (kept === 0 && output) {
      await output.write(`${format?.isCsv ? csvMark(output) : ''}${format?.head ?? ''}`);
    }
    for await (const row of rowsOf(context, run, options)) {
      // Without a format, the results are the contact sheet.
      const { outcome, line } = format?.row(row) ?? { outcome: outcomeOf(row), line: '' };
      counts[outcome]++;
      if (isPassing(row.error?.code)) again++;
      if (sorter) await sorter.add(row.inspection?.quality?.score ?? -1, line);
      else await progress.above(async () => output?.write(line));
      // An error is all that a quiet run tells of.
      if (context.isQuiet && row.error) {
        await tell(context, `${visible(row.file)}  ${reasonOf(row)}  ${visible(adviceOf(row, context))}`);
      }
      for (const sink of sinks) await sink.add(row);
      progress.step();
      if (options.failFast && outcome !== 'pass') break;
    }
    if (sorter) {
      progress.end();
      for await (const line of sorter.sorted()) await output?.write(line);
    }
  } finally {
    progress.end();
    await closeAll([...sinks, ...(output ? [output] : []), ...(sorter ? [sorter] : [])]);
  }
  const left = total < Infinity ? total - (counts.pass + counts.fail + counts.error) : 0;
  if (total > 1) {
    await note(context, words.summary(counts, left));
    const foot = format?.foot?.();
    if (foot !== undefined) await note(context, foot);
  }
  const isStopped = interrupt.signal.aborted && left > 0;
  if (options.resume) {
    if (isStopped) await note(context, words.stopped(visible(options.resume)));
    else if (again > 0) await note(context, words.again(again, visible(options.resume)));
  }
  context.setExitCode(isStopped ? interrupt.exitCode : exitCodeOf(counts));
}

function exitCodeOf({ fail, error }: Readonly<Record<Outcome, number>>): number {
  if (error > 0) return EXIT.failed;
  return fail > 0 ? EXIT.fail : EXIT.pass;
}

/** How many bytes of an earlier run's file are kept, once the rows that are not have been taken out. */
async function keptOf(context: CliContext, past: Past, resume: string | undefined): Promise<number> {
  return resume !== undefined && past.again.size > 0 ? dropPassing(context, resume, past) : past.length;
}

/** Whether a contact sheet is made, beside the results or as the results. */
function hasSheet({ format, report }: CheckOutput): boolean {
  return format === null || report !== undefined;
}

function rowsOf(
  context: CliContext,
  { pictures, past, policy, server, interrupt }: CheckRun,
  options: CheckOutput,
): AsyncGenerator<Row> {
  const { list, read, ahead } = pictures;
  return inspectPictures({
    context,
    pictures: 'length' in list ? list.filter(({ file }) => !past.files.has(file)) : list,
    read,
    signal: interrupt.signal,
    policy,
    server,
    jobs: options.jobs,
    ahead,
    keepsBytes: hasSheet(options),
    isAnnotated: options.annotate !== undefined,
  });
}

/** Closes all of them, also where one cannot be closed: it is told then. */
async function closeAll(open: readonly { close(): Promise<void> }[]): Promise<void> {
  const closed = await Promise.allSettled(open.map((one) => one.close()));
  for (const end of closed) if (end.status === 'rejected') throw end.reason;
}
