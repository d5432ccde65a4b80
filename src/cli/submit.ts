/** `submit`: sends a list of addresses to a service, and fetches the results. */
import { createReadStream } from 'node:fs';
import { readFile, rm, stat } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import type { Jobs } from '../client/index.ts';
import { COMMAND_DETAILS, DetectError, fill } from '../errors.ts';
import type { JobBody } from '../wire/job.ts';
import { type CliContext, EXIT, note, tell, tellError, write } from './context.ts';
import { pathOf } from './file-name.ts';
import { STDIN } from './files.ts';
import { onInterrupt } from './interrupt.ts';
import { bytesOf, jobsOf } from './job-service.ts';
import { openOutput } from './output.ts';
import { readPolicy } from './policy-file.ts';
import { createProgress } from './progress.ts';
import { openText } from './read-file.ts';
import { KEY_VARIABLE, serverOf } from './server.ts';
import { visible, visibleJson } from './visible.ts';
import { writeWhole } from './whole-file.ts';

/** More than the longest line of results has, in bytes. */
const TAIL_BYTES = 64 * 1024;

interface SubmitOptions {
  readonly server: string;
  readonly key?: string;
  readonly out?: string;
  readonly wait?: true;
  readonly quiet?: true;
  readonly webhook?: string;
  readonly for?: string;
}

/** A job that is under way, and how far its results were fetched. */
interface Fetched {
  readonly id: string;
  readonly cursor: number;
  /** Length of the complete lines in bytes. */
  readonly length: number;
}

/** Adds the command `submit`. */
export function registerSubmit(program: Command, context: CliContext): void {
  const { help } = context.words;
  program
    .command('submit')
    .description(help.commands.submit)
    .argument('<list>', help.list)
    .requiredOption('--server <url>', help.jobServer)
    .addOption(new Option('--key <key>', help.jobKey(KEY_VARIABLE)))
    .option('-o, --out <file>', help.jobOut)
    .option('--wait', help.wait)
    .option('-q, --quiet', help.quiet)
    .option('--for <name>', help.for)
    .option('--webhook <url>', help.webhook)
    .addHelpText('after', help.afterSubmit)
    .action((list: string, options: SubmitOptions) =>
      submit({ ...context, isQuiet: options.quiet === true }, list, options),
    );
}

async function submit(context: CliContext, list: string, options: SubmitOptions): Promise<void> {
  const interrupt = onInterrupt();
  try {
    const jobs = jobsOf(serverOf(context, options.server, options.key));
    await readPolicy({ for: options.for });
    const past = options.out === undefined ? undefined : await readFetched(options.out);
    const begun = past ?? (await send(context, jobs, list, options, interrupt.signal));
    if (options.out === undefined && !options.wait) await tellId(context, begun.id, options.server);
    else await fetchResults(context, jobs, begun, options.out, interrupt.signal);
  } catch (error) {
    if (interrupt.signal.aborted) {
      await note(context, context.words.submit.stoppedWaiting);
      context.setExitCode(interrupt.exitCode);
    } else await tellError(context, error, isWrongCall(error) ? EXIT.usage : EXIT.failed);
  } finally {
    interrupt.dispose();
  }
}

async function send(
  context: CliContext,
  jobs: Jobs,
  list: string,
  { out, webhook, for: generator }: SubmitOptions,
  signal: AbortSignal,
): Promise<Fetched> {
  const lines = list === STDIN ? context.stdin : await openText(list, 'list');
  const asked = { webhook, for: generator, signal };
  const { id, total, webhook_secret: secret } = await jobs.submit(bytesOf(lines), asked);
  // The secret is shown only here, so it is told in a quiet run too.
  const say = secret === undefined ? note : tell;
  await say(context, context.words.submit.job(visible(id), total, secret && visible(secret)));
  if (out !== undefined) await writeWhole(jobFileOf(out), Buffer.from(`${id}\n`));
  return { id, cursor: 0, length: 0 };
}

async function fetchResults(
  context: CliContext,
  jobs: Jobs,
  { id, cursor, length }: Fetched,
  out: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  const output = await openOutput(context, out, length);
  const progress = createProgress(context, (await jobs.find(id, { signal })).total, {
    before: cursor,
    signal,
  });
  try {
    for await (const result of jobs.follow(id, { after: cursor, signal })) {
      const text = JSON.stringify(result);
      if (out === undefined) await progress.above(() => output.write(`${visibleJson(text)}\n`));
      else await output.write(`${text}\n`);
      progress.step();
    }
  } finally {
    progress.end();
    await output.close();
  }
  const job = await jobs.find(id, { signal });
  if (out !== undefined) await rm(pathOf(jobFileOf(out)), { force: true });
  await note(context, context.words.check.summary(job, 0));
  context.setExitCode(exitCodeOf(job));
}

/** The id for scripts, and for people where the results will be. */
async function tellId(context: CliContext, id: string, server: string): Promise<void> {
  await write(context.stdout, `${visible(id)}\n`);
  const path = `${server.replace(/\/+$/, '')}/v1/jobs/${id}`;
  await note(context, context.words.submit.where(visible(path)));
}

function isWrongCall(error: unknown): boolean {
  return (
    error instanceof DetectError &&
    ['key.missing', 'file.unreadable', 'policy.invalid', 'option.invalid'].includes(error.code)
  );
}

function exitCodeOf({ state, fail, error }: JobBody): number {
  if (error > 0 || state !== 'done') return EXIT.failed;
  return fail > 0 ? EXIT.fail : EXIT.pass;
}

/** The file beside the results that says which job they are of, for as long as it is under way. */
function jobFileOf(out: string): string {
  return `${out}.job`;
}

/**
 * How far an earlier run of the same command came; undefined when there is none to go on with.
 *
 * @throws DetectError `file.unreadable` where nobody can tell: to begin anew would send the list once more; `resume.invalid`
 */
async function readFetched(out: string): Promise<Fetched | undefined> {
  const jobFile = jobFileOf(out);
  const id = await unlessMissing(jobFile, () => readFile(pathOf(jobFile), 'utf8'));
  if (id === undefined) return undefined;
  const tail = await unlessMissing(out, () => readTail(out));
  return { id: id.trim(), ...(tail ?? NOTHING) };
}

/** Before the first result. */
const NOTHING = { cursor: 0, length: 0 } as const;

async function readTail(out: string): Promise<Omit<Fetched, 'id'>> {
  const { size } = await stat(pathOf(out));
  const start = Math.max(0, size - TAIL_BYTES);
  const chunks: Buffer[] = [];
  for await (const chunk of createReadStream(pathOf(out), { start })) chunks.push(chunk as Buffer);
  const tail = Buffer.concat(chunks);
  // A run that was stopped may have torn the last line.
  const end = tail.lastIndexOf('\n');
  if (end === -1) return NOTHING;
  const last = tail.subarray(tail.lastIndexOf('\n', end - 1) + 1, end).toString('utf8');
  try {
    return { cursor: (JSON.parse(last) as { cursor: number }).cursor, length: start + end + 1 };
  } catch (cause) {
    throw new DetectError('resume.invalid', fill(COMMAND_DETAILS.notResult, { path: out }), {
      cause,
    });
  }
}

/** @throws DetectError `file.unreadable` for whatever else keeps a file from being read than that there is none */
async function unlessMissing<T>(path: string, read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (cause) {
    if (cause instanceof DetectError) throw cause;
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new DetectError('file.unreadable', fill(COMMAND_DETAILS.unreadable, { called: path }), { cause });
  }
}
