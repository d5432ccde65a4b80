import { readFileSync } from 'node:fs';
import { configDefaults, defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Files that take long and mostly wait: for processes to start, for what dead ones held, for a database to come back. vitest, where
 * it has not run them before, begins with the largest files; these are small, and would be waited for at the end. The two longest
 * are first, since one is busy while the other waits.
 */
const WAITING = [
  'jobs/chaos',
  'jobs/process',
  'server/process',
  'store/postgres/rates',
  'store/sqlite/processes',
  'store/postgres/outage',
  'server/fleet',
  'jobs/runner',
  'jobs/boss',
];

/**
 * Files that take minutes, or fetch what others made: they run where they are named, as `.ci/long` does. A plain `npm test` is for
 * people who wait for it.
 */
const LONG = readFileSync(new URL('.ci/long-tests', import.meta.url), 'utf8')
  .trim()
  .split('\n');
/** The names that follow vitest's own command. */
const named = process.argv.slice(3).filter((argument) => !argument.startsWith('-'));
const leftOut = LONG.filter((file) => !named.some((name) => file.includes(name)));

if (leftOut.length === LONG.length) {
  process.stdout.write(`${LONG.length} files of long tests are left out; .ci/long runs them.\n`);
}

class WaitingFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = WAITING.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
      return at < 0 ? WAITING.length : at;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

/**
 * Files that share three processes, and in them what they import: to load our tree and its packages takes up to two seconds, more
 * than most of these files do. None of them decodes pictures in its own process, since that sets sharp for all of it: few
 * formats, and one thread; `test/together.ts` fails the one that does. All others have a process of their own.
 */
const TOGETHER = [
  'test/{client,deploy,docs,download,evaluation,report,server,store,upstream,wire}/**/*.test.ts',
  'test/core/{checks,face,models,words}/!(cover|heads-training).test.ts',
  'test/jobs/!(process|remote).test.ts',
];

/** What holds for all of them. */
const all = {
  testTimeout: 30_000,
  hookTimeout: 60_000,
  // Some tests kill processes, stop databases and hold rates against the clock, on machines that others share: CI
  // gives those that fail a second chance, and names them in its log.
  retry: process.env.CI ? 2 : 0,
};
const exclude = [...configDefaults.exclude, ...leftOut];

export default defineConfig({
  test: {
    globalSetup: ['test/programs/lay.ts', 'test/postgres.ts'],
    // Two cores is what CI and many laptops have. A third of the time tests wait: for processes, for clocks, for a database.
    maxWorkers: 3,
    sequence: { sequencer: WaitingFirst },
    projects: [
      {
        test: {
          ...all,
          name: 'together',
          include: TOGETHER,
          setupFiles: ['test/together.ts'],
          exclude,
          isolate: false,
        },
      },
      {
        test: {
          ...all,
          name: 'apart',
          include: ['test/**/*.test.ts'],
          exclude: [...exclude, ...TOGETHER],
        },
      },
    ],
  },
});
