/** The service beside a database on one machine, under Compose and under systemd. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
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
}

interface Compose {
  readonly services: { readonly detect: Container; readonly postgres: Container };
  readonly networks: Readonly<Record<string, { readonly internal?: boolean } | null>>;
  readonly volumes: Readonly<Record<string, null>>;
}

describe('compose', () => {
  const { services, networks, volumes } = readYaml<Compose>('deploy/compose.yaml');
  const { detect, postgres } = services;

  it('names only networks and volumes that there are', () => {
    const used = Object.values(services).flatMap((service) => service.networks);
    expect(new Set(used)).toEqual(new Set(Object.keys(networks)));
    const kept = Object.values(services).flatMap((service) => service.volumes);
    expect(kept.map((volume) => volume.split(':')[0])).toEqual(Object.keys(volumes));
  });

  it('fits the image: volume and ports', () => {
    const image = readDockerfile(readText('Dockerfile')).at(-1)!.steps;
    const volume = image.find((step) => step.kind === 'volume')!;
    const exposed = image.find((step) => step.kind === 'expose')!;
    expect(detect.volumes[0]?.split(':')[1]).toBe(volume.path);
    expect(detect.ports?.map((port) => Number(port.split(':').at(-1)))).toEqual(exposed.ports);
  });

  it('lets nobody but this machine read the metrics, and only the service reach the database', () => {
    expect(detect.ports?.[1]).toMatch(/^127\.0\.0\.1:/);
    expect(postgres.ports).toBeUndefined();
    expect(postgres.networks.map((name) => networks[name]?.internal)).toEqual([true]);
  });

  it('waits for the database, and takes nothing that the service does not need', () => {
    expect(detect.depends_on?.postgres?.condition).toBe('service_healthy');
    expect(postgres.healthcheck).toBeDefined();
    expect(detect).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
  });

  it('sets only variables that somebody reads, and gives the time to drain', () => {
    expect(unknownVariables(Object.keys(detect.environment))).toEqual([]);
    expect(Number.parseInt(detect.stop_grace_period!, 10) * 1_000).toBeGreaterThan(LONGEST_END_MS);
  });
});

describe('the systemd unit', () => {
  const unit = readText('deploy/systemd/liveportrait-detect.service');

  it('sets only variables that somebody reads, and gives the time to drain', () => {
    const variables = [...unit.matchAll(/^Environment=(.*)$/gm)].flatMap((line) => line[1]!.split(' '));
    expect(unknownVariables(variables.map((pair) => pair.split('=')[0]!))).toEqual([]);
    expect(Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1]) * 1_000).toBeGreaterThan(LONGEST_END_MS);
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
