/** The manifests: against the cluster's own schemas, against each other, and against the service. */
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Deployment, StatefulSet } from 'kubernetes-models/apps/v1';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { Service, ServiceAccount } from 'kubernetes-models/v1';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { WORKER_OPTIONS } from '../../src/cli/worker.ts';
import { ADDRESS_RULES, refusingRule } from '../../src/download/address.ts';
import { contains, parseCidr } from '../../src/download/cidr.ts';
import { OPTIONS } from '../../src/server/options.ts';
import { LONGEST_END_MS, ROOT, readText, readYaml, unknownVariables } from './files.ts';
import { readDockerfile } from './image/dockerfile.ts';
import { KUSTOMIZATION, type Kustomization, kustomize, type Manifest } from './kustomize.ts';
import { checked, find, KINDS } from './manifests.ts';

const FOLDER = 'deploy/kubernetes';
const FOLDERS = readdirSync(ROOT + FOLDER);
const SERVICE = 'liveportrait-detect';
const WORKER = 'liveportrait-detect-worker';

const base = kustomize(`${FOLDER}/base`);
const both = kustomize(`${FOLDER}/queue-depth`);
const image = readDockerfile(readText('Dockerfile')).at(-1)!.steps;

function kustomizationOf(folder: string): Kustomization {
  return readYaml<Kustomization>(join(FOLDER, folder, KUSTOMIZATION));
}

describe.each(FOLDERS)('%s', (folder) => {
  const manifests = kustomize(`${FOLDER}/${folder}`);

  it('is made of what the cluster takes', () => {
    for (const manifest of manifests) {
      const kind = KINDS.find(({ kind }) => kind === manifest.kind);
      expect(kind, manifest.kind).toBeDefined();
      checked(kind!, manifest);
    }
  });

  it('uses all of its files', () => {
    const { resources, patches = [] } = kustomizationOf(folder);
    const files = readdirSync(join(ROOT, FOLDER, folder)).filter((file) => file !== KUSTOMIZATION);
    const used = [...resources, ...patches.map(({ path }) => path)].filter((path) => !path.startsWith('..'));
    // Values for somebody else's chart.
    const values = folder === 'queue-depth' ? ['prometheus-adapter.yaml'] : [];
    expect([...used, ...values].toSorted()).toEqual(files.toSorted());
  });

  it.skipIf(!hasKubectl())('is what kubectl makes of it', () => {
    const text = execFileSync('kubectl', ['kustomize', join(ROOT, FOLDER, folder)], { encoding: 'utf8' });
    const built = parseAllDocuments(text).map((document) => document.toJS() as Manifest);
    expect(byName(built)).toEqual(byName(manifests));
  });
});

it('a manifest would be refused with a field that is not there', () => {
  const wrong = { ...base.find(({ kind }) => kind === 'Service')!, spec: { ports: [{ port: 'eighty' }] } };
  expect(() => checked(Service, wrong)).toThrow();
});

it('service and workers are of the same image', () => {
  expect(kustomizationOf('workers').images).toEqual(kustomizationOf('base').images);
});

it('the service is reached by its own pods only', () => {
  expect(find(base, Service, SERVICE).spec?.selector).toEqual({ 'app.kubernetes.io/name': SERVICE });
});

describe.each([SERVICE, WORKER])('what belongs to %s', (name) => {
  const { spec } = find(both, Deployment, name);

  it('means its pods', () => {
    const labels = spec?.template.metadata?.labels;
    expect(labels).toEqual({ 'app.kubernetes.io/name': name });
    expect(spec?.selector.matchLabels).toEqual(labels);
    expect(find(both, PodDisruptionBudget, name).spec?.selector?.matchLabels).toEqual(labels);
    const spread = spec?.template.spec?.topologySpreadConstraints;
    expect(spread?.map(({ labelSelector }) => labelSelector?.matchLabels)).toEqual([labels]);
    const target = { apiVersion: 'apps/v1', kind: 'Deployment', name };
    expect(find(both, HorizontalPodAutoscaler, name).spec?.scaleTargetRef).toEqual(target);
    const { key, values } = find(both, NetworkPolicy, SERVICE).spec!.podSelector!.matchExpressions![0]!;
    expect([key, values]).toEqual(['app.kubernetes.io/name', expect.arrayContaining([name])]);
  });

  const pod = spec!.template.spec!;
  const [container] = pod.containers;

  it('runs under an account that there is', () => {
    expect(find(both, ServiceAccount, pod.serviceAccountName!).automountServiceAccountToken).toBe(false);
  });

  it('fits the image: ports, user, data', () => {
    const exposed = image.find((step) => step.kind === 'expose')!;
    const volume = image.find((step) => step.kind === 'volume')!;
    const user = image.find((step) => step.kind === 'user')!;
    const { runAsUser, runAsGroup, fsGroup } = pod.securityContext!;
    const ports = container!.ports?.map(({ containerPort }) => containerPort);
    expect(ports).toEqual(name === SERVICE ? exposed.ports : exposed.ports.slice(1));
    expect(container!.volumeMounts?.map(({ mountPath }) => mountPath)).toEqual([volume.path]);
    expect(`${runAsUser}:${runAsGroup}`).toBe(user.name);
    expect(fsGroup).toBe(runAsGroup);
  });

  it('keeps what the namespace’s level "restricted" asks for, and a read-only root', () => {
    expect(pod.securityContext).toMatchObject({
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(container!.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(pod.automountServiceAccountToken).toBe(false);
  });

  it('sets only variables that somebody reads', () => {
    const names = container!.env!.map(({ name }) => name);
    expect(unknownVariables(names)).toEqual([]);
    const workers = WORKER_OPTIONS.map((option) => OPTIONS[option].variable as string);
    if (name === WORKER) expect(workers).toEqual(expect.arrayContaining(names));
  });

  it('is asked whether it lives, and whether it wants work, where it listens', () => {
    const { startupProbe, livenessProbe, readinessProbe, ports } = container!;
    const asked = [startupProbe, livenessProbe, readinessProbe].map((probe) => probe?.httpGet);
    expect(asked.map((get) => get?.path)).toEqual(['/healthz', '/healthz', '/readyz']);
    for (const get of asked) expect(get?.port).toBe(ports![0]!.name);
  });

  it('has the time to drain', () => {
    const [, seconds = 0] = container!.lifecycle?.preStop?.exec?.command ?? [];
    const drainMs = container!.env!.find(({ name }) => name === 'LPD_DRAIN_MS')?.value ?? 0;
    expect(Number(drainMs)).toBeLessThanOrEqual(LONGEST_END_MS);
    expect(pod.terminationGracePeriodSeconds! * 1_000).toBeGreaterThan(
      Number(seconds) * 1_000 + LONGEST_END_MS,
    );
  });
});

describe('the network policy', () => {
  const { ingress, egress } = find(base, NetworkPolicy, SERVICE).spec!;
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

  it('lets the monitoring in everywhere, and callers to the service alone', () => {
    expect(ingress?.map(({ ports, from }) => [ports?.[0]?.port, from?.length])).toEqual([['metrics', 1]]);
    const callers = find(base, NetworkPolicy, 'liveportrait-detect-callers').spec!;
    expect(callers.podSelector?.matchLabels).toEqual({ 'app.kubernetes.io/name': SERVICE });
    expect(callers.ingress).toEqual([{ ports: [{ port: 'http' }] }]);
  });
});

describe('scaling by the depth of the queue', () => {
  interface Served {
    readonly name: { readonly as: string };
  }
  const { rules } = readYaml<{ rules: { custom: Served[]; external: Served[] } }>(
    `${FOLDER}/queue-depth/prometheus-adapter.yaml`,
  );

  it('goes by metrics that the adapter serves, on top of the processors where requests are answered', () => {
    const [cpu, pods] = find(both, HorizontalPodAutoscaler, SERVICE).spec!.metrics!;
    expect(cpu?.resource?.name).toBe('cpu');
    expect(rules.custom.map(({ name }) => name.as)).toEqual([pods?.pods?.metric.name]);
  });

  it('goes by what is left to do where jobs are worked on, and by nothing else', () => {
    const metrics = find(both, HorizontalPodAutoscaler, WORKER).spec!.metrics!;
    expect(metrics.map(({ external }) => external?.metric.name)).toEqual(['lpd_job_items_waiting']);
    expect(rules.external.map(({ name }) => name.as)).toEqual(['lpd_job_items_waiting']);
  });
});

describe('volumes', () => {
  const manifests = kustomize(`${FOLDER}/volumes`);
  const { spec } = find(manifests, StatefulSet, SERVICE);

  it('claims one for each replica, where its data are', () => {
    const pod = spec!.template.spec!;
    expect(pod.volumes).toBeUndefined();
    expect(spec?.volumeClaimTemplates?.map(({ metadata }) => metadata?.name)).toEqual(
      pod.containers[0]!.volumeMounts?.map(({ name }) => name),
    );
    expect(spec?.serviceName).toBe(find(manifests, Service, SERVICE).metadata?.name);
  });

  it('leaves no deployment behind, and scales what is there', () => {
    expect(manifests.map(({ kind }) => kind)).not.toContain('Deployment');
    const target = { apiVersion: 'apps/v1', kind: 'StatefulSet', name: SERVICE };
    expect(find(manifests, HorizontalPodAutoscaler, SERVICE).spec?.scaleTargetRef).toEqual(target);
  });
});

function byName(manifests: readonly Manifest[]): Record<string, Manifest> {
  return Object.fromEntries(manifests.map((one) => [`${one.kind} ${one.metadata.name}`, one]));
}

function hasKubectl(): boolean {
  try {
    execFileSync('kubectl', ['kustomize', '--help'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
