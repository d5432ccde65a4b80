/** Every metric that the dashboard, the alerts and the autoscaler ask for is one that the running service has. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CATALOGUE } from '../../src/errors.ts';
import { openJobs } from '../../src/jobs/open.ts';
import { openServingStore } from '../../src/store/open.ts';
import { build } from '../server/build.ts';
import { PORTRAIT } from '../server/pictures.ts';
import { readText, readYaml } from './files.ts';
import { readQuery, type Selected } from './promql.ts';

/** What Prometheus itself knows of a target. */
const PROMETHEUS = { metrics: ['up'], labels: ['job', 'instance', 'namespace', 'pod'] };

interface Rules {
  readonly groups: readonly {
    readonly rules: readonly {
      readonly alert: string;
      readonly expr: string;
      readonly annotations: { readonly runbook: string };
    }[];
  }[];
}

interface Dashboard {
  readonly panels: readonly {
    readonly id: number;
    readonly type: string;
    readonly title: string;
    readonly description?: string;
    readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
    readonly targets?: readonly { readonly expr: string }[];
  }[];
  readonly templating: { readonly list: readonly { readonly name: string; readonly definition?: string }[] };
}

const { rules } = readYaml<Rules>('deploy/monitoring/alerts.yaml').groups[0]!;
const dashboard: Dashboard = JSON.parse(readText('deploy/monitoring/dashboard.json'));
const adapter = readYaml<{ rules: { custom: { seriesQuery: string; metricsQuery: string }[] } }>(
  'deploy/kubernetes/queue-depth/prometheus-adapter.yaml',
);

/** All queries, with a name for each; Grafana's and the adapter's own words are put as they would be. */
const QUERIES: [string, string][] = [
  ...rules.map(({ alert, expr }): [string, string] => [alert, expr]),
  ...dashboard.panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }): [string, string] => [title, expr.replaceAll('$__rate_interval', '5m')]),
  ),
  ...dashboard.templating.list.flatMap(({ name, definition }): [string, string][] =>
    definition ? [[name, /^label_values\((.*), \w+\)$/.exec(definition)![1]!]] : [],
  ),
  ...adapter.rules.custom.flatMap(({ seriesQuery, metricsQuery }): [string, string][] => [
    ['adapter, series', seriesQuery],
    ['adapter', metricsQuery.replace('<<.Series>>', 'lpd_waiting').replace('<<.LabelMatchers>>', 'pod="a"')],
  ]),
];

/** Name → the series that the service shows of it, each as its labels. */
let series: Map<string, Record<string, string>[]>;
/** The service's own metrics, without those of the process and of Node. */
let ownMetrics: string[];

beforeAll(async () => {
  const { url, key, metrics } = await build(afterAll, { settings: { cache: 10 } });
  const dataDir = mkdtempSync(join(tmpdir(), 'lpd-metrics-'));
  afterAll(() => rmSync(dataDir, { recursive: true }));
  const onTrouble = () => undefined;
  const serving = await openServingStore({ dataDir, databaseUrl: undefined, graceMs: 0, onTrouble });
  afterAll(() => serving.store.close());
  metrics.watchStore(serving);
  const jobs = await openJobs(serving.store, dataDir);
  afterAll(() => jobs.close());
  metrics.watchJobs(() => jobs.depth());
  metrics.watchUpstream(() => 0);
  const call = async (secret: string) => {
    const headers = { authorization: `Bearer ${secret}`, 'content-type': 'image/jpeg' };
    await (await fetch(`${url}/v1/inspect`, { method: 'POST', headers, body: PORTRAIT })).text();
  };
  await call(key.secret);
  await call(key.secret);
  await call('sk-nobody-has-this-key');
  ownMetrics = metrics.registry
    .getMetricsAsArray()
    .map(({ name }) => name)
    .filter((name) => name.startsWith('lpd_'));
  // A request is counted when its connection is done with it, which may be after its answer was read.
  series = await vi.waitFor(async () => {
    const text = await metrics.registry.metrics();
    expect(text).toMatch(/^lpd_reasons_total\{/m);
    return readMetrics(text);
  });
});

/** Reads the text that Prometheus is given; a metric without samples has no series. */
function readMetrics(text: string): Map<string, Record<string, string>[]> {
  const found = new Map<string, Record<string, string>[]>();
  for (const line of text.split('\n')) {
    const [, name, labels = ''] = /^(\w+)(?:\{(.*)\})? \S+$/.exec(line) ?? [];
    if (name === undefined) continue;
    const pairs = [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, label, value]) => [label!, value!]);
    found.set(name, [...(found.get(name) ?? []), Object.fromEntries(pairs)]);
  }
  return found;
}

it.each(QUERIES)('%s asks for what there is: %s', (_name, text) => {
  expect(problemsOf(text)).toEqual([]);
});

it.each([
  ['lpd_nothing_total', 'there is no lpd_nothing_total'],
  ['lpd_workers{stat="alive"}', 'lpd_workers has no label stat'],
  ['lpd_workers{state="gone"}', 'lpd_workers has no state="gone"'],
  ['sum by (rout) (lpd_requests_total)', 'nothing has the label rout'],
])('%s would be found out', (text, problem) => {
  expect(problemsOf(text)).toEqual([problem]);
});

it('what is no query would be found out', () => {
  expect(() => problemsOf('sum(rate(lpd_requests_total[5m])')).toThrow('No PromQL');
});

/** What a query asks for in vain. */
function problemsOf(text: string): string[] {
  const { selected, grouping } = readQuery(text);
  const own = selected.filter(({ metric }) => !PROMETHEUS.metrics.includes(metric));
  const missing = own.filter(({ metric }) => !series.has(metric));
  if (missing.length > 0) return missing.map(({ metric }) => `there is no ${metric}`);
  const labels = [...PROMETHEUS.labels, ...own.flatMap(({ metric }) => labelsOf(metric))];
  return [
    ...own.flatMap(unmatched),
    ...grouping.filter((label) => !labels.includes(label)).map((label) => `nothing has the label ${label}`),
  ];
}

function labelsOf(metric: string): string[] {
  return [...new Set(series.get(metric)!.flatMap((labels) => Object.keys(labels)))];
}

/** What is wrong with the labels that a metric is picked by. Reasons are the catalogue's: few of them happen here. */
function unmatched({ metric, matchers }: Selected): string[] {
  return matchers
    .filter(({ label }) => !PROMETHEUS.labels.includes(label))
    .flatMap(({ label, operator, value }) => {
      if (!labelsOf(metric).includes(label)) return [`${metric} has no label ${label}`];
      const values = series.get(metric)!.map((labels) => labels[label]);
      const possible = label === 'reason' ? Object.keys(CATALOGUE) : values;
      const isMissing = operator === '=' && !possible.includes(value);
      return isMissing ? [`${metric} has no ${label}="${value}"`] : [];
    });
}

it('docs/operating.md tells of all metrics, and of no other', () => {
  const table = [...readText('docs/operating.md').matchAll(/^\| (`lpd_.*?) \|/gm)];
  const told = table.flatMap(([, cell]) => [...cell!.matchAll(/`(\w+)/g)].map(([, name]) => name!));
  expect(told.toSorted()).toEqual(ownMetrics.toSorted());
});

describe('the alerts', () => {
  const docs = readText('docs/operating.md');

  it.each(rules)('$alert has its paragraph in the docs, and a test', ({ alert, annotations }) => {
    expect(annotations.runbook).toBe(`docs/operating.md#${alert.toLowerCase()}`);
    expect(docs).toMatch(new RegExp(`^#+ ${alert}$`, 'm'));
    expect(readText('deploy/monitoring/alerts.test.yaml')).toContain(`alertname="${alert}"`);
  });

  it('that the dashboard names are there', () => {
    const named = dashboard.panels.flatMap(({ description = '' }) => description.match(/\bLpd\w+/g) ?? []);
    expect(named.length).toBeGreaterThan(0);
    expect(rules.map(({ alert }) => alert)).toEqual(expect.arrayContaining(named));
  });
});

describe('the dashboard', () => {
  it('has panels with numbers of their own that do not overlap', () => {
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
    const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, at) => `${x + (at % w)}:${y + Math.floor(at / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(dashboard.panels.every(({ gridPos: { x, w } }) => x + w <= 24)).toBe(true);
  });

  it('asks in every panel', () => {
    const silent = dashboard.panels.filter(
      ({ type, targets = [] }) => type !== 'row' && targets.length === 0,
    );
    expect(silent).toEqual([]);
  });
});
