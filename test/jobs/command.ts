/** `serve` and `worker` from their sources, as `bin/` runs them when compiled. */
import { main } from '../../src/cli/main.ts';

const { stdout, stderr, stdin, env } = process;
const setExitCode = (code: number) => {
  process.exitCode = code;
};
await main(process.argv.slice(2), { stdout, stderr, stdin, env, setExitCode });
