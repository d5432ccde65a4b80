/** The database's address, and how its connections are made. */
import pg from 'pg';
import { DetectError, flawedOption, OPTION_PROBLEMS, type OptionProblem } from '../../errors.ts';

/** Where the address is. */
const VARIABLE = 'DATABASE_URL';

/** @throws DetectError `option.invalid` for an address that cannot be read, or whose certificates cannot be */
export function checkAddress(url: string): void {
  const invalid = (problem: OptionProblem, cause?: unknown) =>
    new DetectError('option.invalid', flawedOption(VARIABLE, '', problem), { cause });
  if (!/^postgres(ql)?:\/\//.test(url)) throw invalid(OPTION_PROBLEMS.notPostgres);
  try {
    // It connects to nothing yet.
    new pg.Client(clientConfig(url));
  } catch (error) {
    if ('syscall' in (error as Error)) throw invalid(OPTION_PROBLEMS.databaseFile, error);
    // Its own error says no more, and might say the password.
    throw invalid(OPTION_PROBLEMS.databaseAddress);
  }
}

/** What every connection of the project has in common. */
export function clientConfig(url: string): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: 'liveportrait-detect',
    keepAlive: true,
  };
}
