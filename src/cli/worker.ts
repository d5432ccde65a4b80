/** `worker`: works on jobs, and answers no requests. */
import type { Command } from 'commander';
import type { OptionName } from '../server/options.ts';
import { startWorker } from '../server/work.ts';
import type { CliContext } from './context.ts';
import { addServiceOptions, type Flags, runService } from './service-command.ts';

/** Those of `serve` that concern the work, and who looks after it. */
export const WORKER_OPTIONS: readonly OptionName[] = [
  'dataDir',
  'databaseUrl',
  'storeGraceMs',
  'workers',
  'engine',
  'downloads',
  'downloadAllow',
  'cache',
  'deadlineMs',
  'inspectMs',
  'policy',
  'metricsHost',
  'metricsPort',
  'logLevel',
];

/** Adds the command `worker`. */
export function registerWorker(program: Command, context: CliContext): void {
  const command = program.command('worker').description(context.words.help.commands.worker);
  addServiceOptions(command, WORKER_OPTIONS, context).action((flags: Flags) => work(flags, context));
}

async function work(flags: Flags, context: CliContext): Promise<void> {
  await runService(flags, context, {
    start: startWorker,
    onStart: ({ metricsUrl }, { options, log }) =>
      log.info({ metrics: metricsUrl, workers: options.workers }, 'working'),
    ending: 'stopping',
  });
}
