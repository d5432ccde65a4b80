/** What can be said of the image without making it; deploy/try-image.sh makes it. */
import { existsSync, readFileSync } from 'node:fs';
import { validate } from 'dockerfile-utils';
import { describe, expect, it } from 'vitest';
import { ROOT, readText, unknownVariables } from './files.ts';
import { readAllowed } from './image/build.ts';
import { readDockerfile, type Step } from './image/dockerfile.ts';

const TEXT = readText('Dockerfile');
const STAGES = readDockerfile(TEXT);
const LAST = STAGES.at(-1)!.steps;

function steps<K extends Step['kind']>(kind: K, among: readonly Step[] = LAST): Extract<Step, { kind: K }>[] {
  return among.filter((step): step is Extract<Step, { kind: K }> => step.kind === kind);
}

const ENV = Object.fromEntries(steps('env').map(({ name, value }) => [name, value]));

describe('the Dockerfile', () => {
  it('has nothing that a linter minds', () => {
    expect(validate(TEXT)).toEqual([]);
    expect(validate('FORM node')).not.toEqual([]);
  });

  it('runs on the Node that the package asks for, the same in all stages', () => {
    const [base] = STAGES.map((stage) => stage.base);
    expect(STAGES.every((stage) => stage.base === base)).toBe(true);
    const major = /^node:(\d+)-/.exec(base!)?.[1];
    expect(JSON.parse(readText('package.json')).engines.node).toMatch(new RegExp(`\\^${major}\\.`));
  });

  it('copies only what .dockerignore lets through, and that is there', () => {
    const allowed = readAllowed(readText('.dockerignore'));
    const copied = STAGES.flatMap((stage) => steps('copy', stage.steps))
      .filter(({ from }) => from === null)
      .flatMap(({ sources }) => sources);
    for (const source of copied) {
      expect(
        allowed.some((path) => source === path || source.startsWith(`${path}/`)),
        source,
      ).toBe(true);
      expect(existsSync(ROOT + source), source).toBe(true);
    }
    const used = (path: string) => copied.some((source) => source === path || source.startsWith(`${path}/`));
    expect(allowed.filter((path) => !used(path))).toEqual([]);
  });

  it('sets only variables that somebody reads, to ports that it exposes', () => {
    expect(unknownVariables(Object.keys(ENV))).toEqual([]);
    expect(steps('expose')[0]?.ports).toEqual([Number(ENV.PORT), Number(ENV.LPD_METRICS_PORT)]);
  });

  it('runs as a user that is not root, by number, and writes to a volume only', () => {
    expect(steps('user').at(-1)?.name).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    expect(steps('volume').map(({ path }) => path)).toEqual([ENV.LPD_DATA_DIR]);
    expect(LAST.findIndex(({ kind }) => kind === 'user')).toBeGreaterThan(
      LAST.findLastIndex(({ kind }) => kind === 'run' || kind === 'copy'),
    );
  });

  it('starts without a shell, so that signals arrive, and looks after its health', () => {
    expect(steps('entrypoint')[0]?.command[0]).toBe('node');
    expect(steps('cmd')[0]?.command).toEqual(['serve']);
    const [, script] = steps('healthcheck')[0]!.command;
    expect(readFileSync(ROOT + script!, 'utf8')).toContain('/healthz');
  });
});

describe('what carries it out', () => {
  it.each(['ADD a b', 'RUN --network=none true', 'ENV A 1', 'CMD serve', 'COPY --chown=1 a b'])(
    'refuses %s, which it would not do as an engine does',
    (line) => {
      expect(() => readDockerfile(`FROM a\n${line}`)).toThrow('Line 2');
    },
  );

  it('refuses a .dockerignore whose patterns it does not know', () => {
    expect(() => readAllowed('*\n!**/*.ts')).toThrow('.dockerignore');
    expect(() => readAllowed('node_modules')).toThrow('.dockerignore');
  });
});
