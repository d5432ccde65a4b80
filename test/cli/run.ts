import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { main } from '../../src/cli/main.ts';
import { EXEC_ARGV } from '../programs/exec-argv.ts';

// The workers of a command are started as this process was, and their program is TypeScript.
process.execArgv.push(...EXEC_ARGV);

/** What a command line ended in. */
export interface RunResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in this process, as `bin/liveportrait-detect.js` does in its own. */
export async function run(
  args: readonly string[],
  { env = {}, stdin = new Uint8Array() }: { env?: NodeJS.ProcessEnv; stdin?: Uint8Array } = {},
): Promise<RunResult> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const [out, err] = [text(stdout), text(stderr)];
  let code = 0;
  const setExitCode = (value: number) => {
    code = value;
  };
  await main(args, { stdout, stderr, stdin: Readable.from([Buffer.from(stdin)]), env, setExitCode });
  stdout.end();
  stderr.end();
  return { code, out: await out, err: await err };
}
