/** `serve` from its sources, as `bin/` runs it when compiled. */
import { Command } from 'commander';
import { registerServe } from '../../src/cli/serve.ts';

const { stdout, stderr, stdin, env } = process;
const program = new Command();
registerServe(program, {
  stdout,
  stderr,
  stdin,
  env,
  setExitCode: (code) => {
    process.exitCode = code;
  },
});
await program.parseAsync();
