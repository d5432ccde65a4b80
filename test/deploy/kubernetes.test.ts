/** The manifests: against the cluster's own schemas, against each other, and against the service. */
import { readdirSync } from 'node:fs';
import { Deployment } from 'kubernetes-models/apps/v1';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { Namespace, Service, ServiceAccount } from 'kubernetes-models/v1';
import { describe, expect, it } from 'vitest';
import { ADDRESS_RULES, refusingRule } from '../../src/download/address.ts';
import { contains, parseCidr } from '../../src/download/cidr.ts';
import { LONGEST_END_MS, ROOT, readText, readYaml, unknownVariables } from './files.ts';
import { readDockerfile } from './image/dockerfile.ts';

const FOLDER = 'deploy/kubernetes';
const BASE = `${FOLDER}/base`;

/** A class of the cluster's schemas. */
interface Kind<T> {
  readonly apiVersion: string;
  readonly kind: string;
  new (content?: never): T;
}

interface Named {
  readonly metadata?: { readonly name?: string | undefined } | undefined;
  validate(): void;
}

/** A manifest as an object of its kind, checked against its schema. */
function read<T extends { validate(): void }>(kind: Kind<T>, file: string): T {
  return checked(kind, readYaml(`${BASE}/${file}`));
}

function checked<T extends { validate(): void }>(kind: Kind<T>, content: object): T {
  expect(content).toMatchObject({ apiVersion: kind.apiVersion, kind: kind.kind });
  const manifest = new kind(content as never);
  manifest.validate();
  return manifest;
}

const deployment = read(Deployment, 'deployment.yaml');
const pod = deployment.spec!.template;
const spec = pod.spec!;
const [container] = spec.containers;
const image = readDockerfile(readText('Dockerfile')).at(-1)!.steps;

describe('the manifests', () => {
  it.each<[string, Kind<Named>, string]>([
    ['Namespace', Namespace, 'namespace.yaml'],
    ['ServiceAccount', ServiceAccount, 'service-account.yaml'],
    ['Service', Service, 'service.yaml'],
    ['HorizontalPodAutoscaler', HorizontalPodAutoscaler, 'autoscaler.yaml'],
    ['PodDisruptionBudget', PodDisruptionBudget, 'disruption-budget.yaml'],
    ['NetworkPolicy', NetworkPolicy, 'network-policy.yaml'],
  ])('describe a %s', (_name, kind, file) => {
    expect(read(kind, file).metadata?.name).toBe('liveportrait-detect');
  });

  it('would be refused with a field that is not there', () => {
    const wrong = { ...readYaml<object>(`${BASE}/service.yaml`), spec: { ports: [{ port: 'eighty' }] } };
    expect(() => checked(Service, wrong)).toThrow();
  });

  it('are all listed, and all there', () => {
    const { resources } = readYaml<{ resources: string[] }>(`${BASE}/kustomization.yaml`);
    const files = readdirSync(ROOT + BASE).filter((file) => file !== 'kustomization.yaml');
    expect(resources.toSorted()).toEqual(files.toSorted());
  });

  it('all mean the pods of the deployment', () => {
    const labels = pod.metadata?.labels;
    const policy = read(NetworkPolicy, 'network-policy.yaml').spec;
    expect(labels).toEqual({ 'app.kubernetes.io/name': 'liveportrait-detect' });
    expect(deployment.spec?.selector.matchLabels).toEqual(labels);
    expect(read(Service, 'service.yaml').spec?.selector).toEqual(labels);
    expect(read(PodDisruptionBudget, 'disruption-budget.yaml').spec?.selector?.matchLabels).toEqual(labels);
    expect(policy?.podSelector?.matchLabels).toEqual(labels);
    expect(spec.topologySpreadConstraints?.[0]?.labelSelector?.matchLabels).toEqual(labels);
    expect(read(HorizontalPodAutoscaler, 'autoscaler.yaml').spec?.scaleTargetRef).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name: deployment.metadata?.name,
    });
  });
});

describe('the pod', () => {
  it('fits the image: ports, user, data', () => {
    const exposed = image.find((step) => step.kind === 'expose')!;
    const volume = image.find((step) => step.kind === 'volume')!;
    const user = image.find((step) => step.kind === 'user')!;
    const { runAsUser, runAsGroup, fsGroup } = spec.securityContext!;
    expect(container!.ports?.map(({ containerPort }) => containerPort)).toEqual(exposed.ports);
    expect(container!.volumeMounts?.map(({ mountPath }) => mountPath)).toEqual([volume.path]);
    expect(`${runAsUser}:${runAsGroup}`).toBe(user.name);
    expect(fsGroup).toBe(runAsGroup);
  });

  it('keeps what the namespace’s level "restricted" asks for, and a read-only root', () => {
    expect(spec.securityContext).toMatchObject({
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(container!.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(spec.automountServiceAccountToken).toBe(false);
  });

  it('sets only variables that somebody reads', () => {
    const names = container!.env!.map(({ name }) => name);
    expect(unknownVariables(names)).toEqual([]);
  });

  it('has the time to drain', () => {
    const [, seconds] = container!.lifecycle!.preStop!.exec!.command!;
    const drainMs = container!.env!.find(({ name }) => name === 'LPD_DRAIN_MS')?.value;
    expect(Number(drainMs)).toBeLessThanOrEqual(LONGEST_END_MS);
    expect(spec.terminationGracePeriodSeconds! * 1_000).toBeGreaterThan(
      Number(seconds) * 1_000 + LONGEST_END_MS,
    );
  });

  it('is asked whether it lives, and whether it wants work', () => {
    expect(container!.startupProbe?.httpGet?.path).toBe('/healthz');
    expect(container!.livenessProbe?.httpGet?.path).toBe('/healthz');
    expect(container!.readinessProbe?.httpGet?.path).toBe('/readyz');
  });
});

describe('the network policy', () => {
  const { egress } = read(NetworkPolicy, 'network-policy.yaml').spec!;
  const blocks = egress!.flatMap(({ to }) => to ?? []).flatMap(({ ipBlock }) => ipBlock ?? []);
  const open = blocks.map(({ cidr, except = [] }) => {
    return { cidr: parseCidr(cidr)!, except: except.map((block) => parseCidr(block)!) };
  });

  it.each(ADDRESS_RULES)('keeps $block ($name) off limits', ({ cidr }) => {
    for (const ip of [cidr!, { ...cidr!, bits: cidr!.last }]) {
      const reached = open.filter((block) => contains(block.cidr, ip));
      expect(reached.every(({ except }) => except.some((block) => contains(block, ip)))).toBe(true);
    }
  });

  it('keeps nothing off limits that the guard lets through', () => {
    for (const exception of blocks.flatMap(({ except = [] }) => except)) {
      expect(refusingRule(exception.split('/')[0]!), exception).not.toBeNull();
    }
    expect(open.some(({ cidr }) => contains(cidr, parseCidr('1.1.1.1/32')!))).toBe(true);
    expect(open.some(({ cidr }) => contains(cidr, parseCidr('2606:4700::/32')!))).toBe(true);
  });

  it('lets names be looked up and the database be reached', () => {
    const ports = egress!.flatMap(({ ports = [] }) => ports).map(({ port }) => port);
    expect(ports).toEqual([53, 53, 5432, undefined]);
  });
});

describe('scaling by the depth of the queue', () => {
  it('takes all of the rest', () => {
    const { resources, patches } = readYaml<{ resources: string[]; patches: { path: string }[] }>(
      `${FOLDER}/queue-depth/kustomization.yaml`,
    );
    expect(resources).toEqual(['../base']);
    expect(patches.map(({ path }) => path)).toEqual(['autoscaler.yaml']);
  });

  interface Patch {
    readonly op: string;
    readonly path: string;
    readonly value: { readonly pods: { readonly metric: { readonly name: string } } };
  }

  it('adds a metric that the adapter serves', () => {
    const [patch] = readYaml<Patch[]>(`${FOLDER}/queue-depth/autoscaler.yaml`);
    expect(patch).toMatchObject({ op: 'add', path: '/spec/metrics/-' });
    const scaler = readYaml<{ spec: { metrics: unknown[] } }>(`${BASE}/autoscaler.yaml`);
    const metrics = [...scaler.spec.metrics, patch!.value];
    checked(HorizontalPodAutoscaler, { ...scaler, spec: { ...scaler.spec, metrics } });
    const adapter = readYaml<{ rules: { custom: { name: { as: string } }[] } }>(
      `${FOLDER}/queue-depth/prometheus-adapter.yaml`,
    );
    expect(adapter.rules.custom.map(({ name }) => name.as)).toEqual([patch!.value.pods.metric.name]);
  });
});
