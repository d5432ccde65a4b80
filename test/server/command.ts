/** The command line from its sources, as `bin/` runs it when compiled. */
import { main } from '../../src/cli/main.ts';

const { stdout, stderr, stdin, env } = process;
await main(process.argv.slice(2), {
  stdout,
  stderr,
  stdin,
  env,
  setExitCode: (code) => {
    process.exitCode = code;
  },
});
