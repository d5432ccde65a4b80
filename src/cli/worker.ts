/** `worker`: works on jobs, and answers no requests. */
import type { Command } from 'commander';
import { type OptionName, resolveOptions } from '../server/options.ts';
import { startWorker } from '../server/work.ts';
import { type CliContext, EXIT } from './context.ts';
import { readPolicyFile } from './policy-file.ts';
import {
  addServiceOptions,
  endInAnyCase,
  type Flags,
  openLog,
  signalled,
  startUnless,
  tellServiceError,
} from './service-command.ts';
import { checkVariables } from './variables.ts';

/** Those of `serve` that concern the work, and who looks after it. */
export const WORKER_OPTIONS: readonly OptionName[] = [
  'dataDir',
  'databaseUrl',
  'storeGraceMs',
  'workers',
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
  const command = program
    .command('worker')
    .description('work on the jobs of a service, beside it or on another machine');
  addServiceOptions(command, WORKER_OPTIONS).action((flags: Flags) => work(flags, context));
}

async function work(flags: Flags, context: CliContext): Promise<void> {
  const stopped = signalled();
  try {
    await checkVariables(context.env);
    const options = resolveOptions(flags, context.env);
    const log = openLog(context, options.logLevel);
    const policy = await readPolicyFile(options.policy);
    const worker = await startUnless(stopped, startWorker({ options, policy, log }));
    log.info({ metrics: worker.metricsUrl, workers: options.workers }, 'working');
    const reason = await Promise.race([stopped, worker.extinct.then(() => 'no workers' as const)]);
    log.info({ reason }, 'stopping');
    const ended = endInAnyCase(options.drainMs, log);
    await worker.stop();
    ended();
    log.info('stopped');
    if (reason === 'no workers') context.setExitCode(EXIT.failed);
  } catch (error) {
    await tellServiceError(context, error);
  }
}
