/** `serve` and `worker` from their sources, as `bin/` runs them when compiled. */
import { Command } from 'commander';
import { registerServe } from '../../src/cli/serve.ts';
import { cliWordsIn } from '../../src/cli/words/catalogue.ts';
import { registerWorker } from '../../src/cli/worker.ts';

const { stdout, stderr, stdin, env } = process;
const setExitCode = (code: number) => {
  process.exitCode = code;
};
const program = new Command();
for (const register of [registerServe, registerWorker]) {
  register(program, { stdout, stderr, stdin, env, setExitCode, language: 'en', words: cliWordsIn('en') });
}
await program.parseAsync();
