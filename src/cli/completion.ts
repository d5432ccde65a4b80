/** `completion`: what a shell needs to complete our commands, options and values, made of the commands themselves. */
import { Argument, type Command } from 'commander';
import { bashScript } from './completion/bash.ts';
import { commandsOf } from './completion/commands.ts';
import { fishScript } from './completion/fish.ts';
import { zshScript } from './completion/zsh.ts';
import { type CliContext, write } from './context.ts';

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript };

/** Adds the command `completion`. The program it is added to has to have all others. */
export function registerCompletion(program: Command, context: CliContext): void {
  const { help } = context.words;
  program
    .command('completion')
    .description(help.commands.completion)
    .addArgument(new Argument('<shell>', help.shell).choices(Object.keys(SCRIPTS)))
    .action((shell: keyof typeof SCRIPTS) => write(context.stdout, SCRIPTS[shell](commandsOf(program))));
}
