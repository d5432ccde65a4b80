/** `mcp`: the judge as tools for agents, over standard input and output. */
import { readFileSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import type { Command } from 'commander';
import { DEFAULT_POLICY } from '../core/checks/policy.ts';
import { ALLOW_VARIABLE } from '../download/allow.ts';
import { createDownloader, type Downloader } from '../download/download.ts';
import { COMMAND_DETAILS, DetectError, fill } from '../errors.ts';
import { Folders } from '../mcp/folders.ts';
import { createMcpServer, type McpDeps } from '../mcp/server.ts';
import { engineOf } from '../node/engine.ts';
import { repair } from '../repair/repair.ts';
import { INSPECT_BODY_LIMIT } from '../wire/body-limit.ts';
import type { InspectPool } from '../workers/pool.ts';
import { type CliContext, EXIT, tell } from './context.ts';
import { openPool } from './examiner.ts';
import { readPicture } from './files.ts';
import { withEnding } from './fix-target.ts';
import { onInterrupt, tellFailure } from './interrupt.ts';
import { readPolicy } from './policy-file.ts';
import { visible } from './visible.ts';

/** Pictures at a time: an agent asks for one after the other, as a rule, and has the machine for other things. */
const MOST_PLACES = 2;
/** Longest download in milliseconds: clients wait a minute for a tool, as a rule. */
const DOWNLOAD_LIMIT_MS = 30_000;

interface McpOptions {
  readonly allow?: readonly string[];
  readonly policy?: string;
  readonly for?: string;
}

/** Adds the command `mcp`. */
export function registerMcp(program: Command, context: CliContext): void {
  const { help } = context.words;
  program
    .command('mcp')
    .description(help.commands.mcp)
    .option('--allow <folders...>', help.allowFolders)
    .option('--for <name>', help.for)
    .option('--policy <file>', help.policy)
    .addHelpText('after', help.afterMcp)
    .action((options: McpOptions) => serveAgent(context, options));
}

async function serveAgent(context: CliContext, options: McpOptions): Promise<void> {
  const interrupt = onInterrupt();
  let pool: InspectPool | undefined;
  let downloader: Downloader | undefined;
  let isOver = false;
  try {
    const opened = createDownloader({ allow: context.env[ALLOW_VARIABLE] ?? '' });
    downloader = opened;
    const policy = await readPolicy(options);
    const folders = await Folders.open(options.allow ?? Folders.usual(process.cwd()));
    const places = Math.min(MOST_PLACES, availableParallelism());
    // With the first picture: an agent has many servers, and asks few of them.
    const openOnce = () => {
      // A call that was read before the end, and nobody's any more: its workers would never be ended.
      if (isOver) throw new DetectError('inspect.aborted');
      pool ??= openPool(context, policy, places);
      return pool;
    };
    const deps: McpDeps = {
      version: JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version,
      places,
      generator: policy.for ?? DEFAULT_POLICY.for,
      folders,
      readFile: (path, maxBytes) => readPicture(path, context.stdin, maxBytes),
      download: async (url, signal) =>
        (await opened.download(url, { signal, deadlineMs: DOWNLOAD_LIMIT_MS })).bytes,
      examine: (bytes, { policy, isAnnotated, signal }) =>
        openOnce().inspect(bytes, { policy, signal, annotated: isAnnotated ? 'png' : undefined }),
      repair: (bytes, { policy: own, face, signal }) =>
        repair(
          bytes,
          {
            inspect: async (view) => (await openOnce().inspect(view, { policy: own, signal })).inspection,
            signal,
            engine: engineOf(context.env),
          },
          { face, for: own.for ?? policy.for },
        ),
      writeNew: async (path, { bytes, format }) => {
        const place = withEnding(path, format);
        await writeNew(place, bytes);
        return place;
      },
      tell: (fault) => void tell(context, visible(String(fault))),
    };
    await serveUntilEnd(context, deps, interrupt.signal);
    if (interrupt.signal.aborted) context.setExitCode(interrupt.exitCode);
  } catch (error) {
    await tellFailure(context, error, interrupt, EXIT.usage);
  } finally {
    isOver = true;
    await pool?.close();
    await downloader?.close();
    interrupt.dispose();
  }
}

/** Serves until the agent closes standard input, sends more than is read, or the signal is aborted. */
async function serveUntilEnd(context: CliContext, deps: McpDeps, signal: AbortSignal): Promise<void> {
  const transport = new StdioServerTransport(context.stdin as Readable, context.stdout as Writable, {
    // The largest picture as base64.
    maxBufferSize: INSPECT_BODY_LIMIT,
  });
  const onerror = ({ message }: Error) => void tell(context, visible(message));
  const serving = serveStdio(() => createMcpServer(deps), { transport, onerror });
  await new Promise<void>((resolve) => {
    const { onclose } = transport;
    transport.onclose = () => {
      onclose?.();
      resolve();
    };
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve());
  });
  await serving.close();
}

async function writeNew(path: string, bytes: Uint8Array): Promise<void> {
  // Fails where anything has that name, a link too.
  const file = await open(path, 'wx').catch((cause) => {
    const why = cause.code === 'EEXIST' ? COMMAND_DETAILS.thereAlready : COMMAND_DETAILS.unwritable;
    throw new DetectError('file.unwritable', fill(why, { path }), { cause });
  });
  try {
    await file.writeFile(bytes);
  } catch (cause) {
    await rm(path, { force: true });
    throw new DetectError('file.unwritable', fill(COMMAND_DETAILS.unwritable, { path }), { cause });
  } finally {
    await file.close();
  }
}
