import { type Baseline, type BaselinePicture, pictureOf } from './baseline.ts';
import { DECODE, HUMAN, OURS, SSD, STAGES, TINY, YUNET } from './contestants.ts';
import { describeMachine } from './machine.ts';
import { nameOf, type PictureSpec } from './pictures.ts';
import { USUAL } from './ratios.ts';
import { ms, table } from './statistics.ts';

const LARGE: PictureSpec = { scene: 'one', format: 'jpeg', edge: 4096 };
const COLUMNS = [OURS, DECODE, HUMAN, TINY, SSD, YUNET];

/** The parts of `docs/performance.md` that are made from the baseline, by the name in their marks. */
const PARTS: Readonly<Record<string, (baseline: Baseline) => string>> = {
  machine: ({ machine }) => `${describeMachine(machine)}.\n`,
  targets,
  times: (baseline) => pictureTable(baseline, (picture, name) => shown(picture.ms[name], ms)),
  ratios: (baseline) =>
    pictureTable(baseline, (picture, name) =>
      shown(picture.ms[name] / picture.ms[DECODE], (v) => v.toFixed(2)),
    ),
  stages: ({ pictures }) =>
    table(
      ['picture', ...STAGES],
      pictures.map((picture) => [nameOf(picture), ...STAGES.map((stage) => ms(picture.stages[stage] ?? 0))]),
    ),
  photos: ({ photos }) => {
    const names = COLUMNS.filter((name) => photos.some(({ ms }) => ms[name] !== undefined));
    return table(
      ['', ...names],
      photos.map(({ name, pictures, ms: times }) => [
        `${name} (${pictures})`,
        ...names.map((name) => shown(times[name], ms)),
      ]),
    );
  },
  upkeep: ({ upkeep }) =>
    table(
      ['', 'loaded, ms', 'first picture, ms', 'most memory, MB'],
      Object.entries(upkeep).map(([name, { loadMs, firstMs, peakMb }]) => [
        name,
        ...[loadMs, firstMs, peakMb].map((value) => value.toFixed(0)),
      ]),
    ),
  many: ({ many }) =>
    table(
      ['', ''],
      [
        [`processor time of all stages of ${many.pictures} pictures, s`, (many.stagesMs / 1000).toFixed(1)],
        [`\`check\` on them, ${many.cores} cores, s`, (many.checkMs / 1000).toFixed(1)],
        [`\`check\` on ${many.cores} pictures, s`, (many.checkStartMs / 1000).toFixed(2)],
        ['`check` on one picture, s', shown(many.checkOneMs / 1000, (s) => s.toFixed(2))],
        ['the same of a Node that does nothing, s', shown(many.nodeMs / 1000, (s) => s.toFixed(2))],
        ['two workers ÷ one', many.scaling.toFixed(2)],
        ['cores busy with one worker', shown(many.busyOne, (cores) => cores.toFixed(2))],
        ['cores busy with two', shown(many.busyTwo, (cores) => cores.toFixed(2))],
        ['service, start to ready, s', (many.startMs / 1000).toFixed(2)],
      ],
    ),
  server: ({ server }) =>
    table(
      ['workers', 'pictures a second', 'median ms', '97.5 % ms', 'processor ms a picture', 'memory MB'],
      server.throughput.map(({ workers, perSecond, medianMs, p97Ms, cpuMs, peakMb }) => [
        String(workers),
        ...[perSecond, medianMs, p97Ms, cpuMs].map(ms),
        peakMb.toFixed(0),
      ]),
    ),
  loads: ({ server }) =>
    table(
      ['load', 'answered', 'refused (429)', 'other', 'median ms', '97.5 % ms'],
      server.loads.map(({ share, answered, refused, other, medianMs, p97Ms }) => [
        `${share} of capacity`,
        ...[answered, refused, other].map(String),
        ...[medianMs, p97Ms].map(ms),
      ]),
    ),
  refusals: ({ server }) =>
    table(
      ['refused', 'median ms', '95 % ms'],
      server.refusals.map(({ name, time }) => [name, ms(time.median), ms(time.high)]),
    ),
};

/** One thing that was aimed at. */
interface Target {
  readonly what: string;
  readonly value: number | undefined;
  readonly limit: number;
  readonly good: 'atMost' | 'atLeast';
}

/** Replaces what is between `<!-- bench:name -->` and `<!-- /bench -->` by the part of that name. */
export function fillTables(page: string, baseline: Baseline): string {
  return page.replaceAll(/(<!-- bench:(\w+) -->\n)[\s\S]*?(<!-- \/bench -->)/g, (_all, open, name, close) => {
    const part = PARTS[name];
    if (!part) throw new Error(`There is no part ${name}.`);
    return `${open}\n${part(baseline)}\n${close}`;
  });
}

function targets(baseline: Baseline): string {
  return table(
    ['', 'target', 'measured', ''],
    targetsOf(baseline).map((target) => {
      const sign = target.good === 'atMost' ? '≤' : '≥';
      return [target.what, `${sign} ${target.limit}`, shown(target.value, number), verdict(target)];
    }),
  );
}

/** Nothing is said of what was not measured: a peer that is not installed. */
function verdict({ value, limit, good }: Target): string {
  if (value === undefined || Number.isNaN(value)) return 'not measured';
  const isMet = good === 'atMost' ? value <= limit : value >= limit;
  return isMet ? 'met' : '**missed**';
}

function targetsOf(baseline: Baseline): Target[] {
  const { many, server } = baseline;
  const busiest = server.throughput.at(-1);
  const slowest = Math.max(...server.refusals.map(({ time }) => time.high));
  const usual = pictureOf(baseline, USUAL).ms;
  const beside = (spec: PictureSpec, limit: number) => {
    const { ms } = pictureOf(baseline, spec);
    return atMost(`\`inspect\` ÷ YuNet, ${nameOf(spec)}`, ms[OURS] / ms[YUNET], limit);
  };
  return [
    beside(USUAL, 0.9),
    beside({ ...USUAL, scene: 'ten' }, 1.2),
    beside({ ...USUAL, scene: 'none' }, 1),
    beside({ ...USUAL, format: 'png' }, 1),
    beside({ ...USUAL, format: 'webp' }, 1),
    beside({ ...USUAL, edge: 512 }, 1),
    beside(LARGE, 1),
    atMost(`\`inspect\` ÷ sharp's full decode, ${nameOf(USUAL)}`, usual[OURS] / usual[DECODE], 1.3),
    atLeast(`human with mesh ÷ \`inspect\`, ${nameOf(USUAL)}`, usual[HUMAN] / usual[OURS], 6),
    atLeast(`face-api SSD ÷ \`inspect\`, ${nameOf(USUAL)}`, usual[SSD] / usual[OURS], 30),
    atLeast('two workers ÷ one, on two cores', many.scaling, 1.85),
    atMost('processor time, service ÷ library', busiest && busiest.cpuMs / server.libraryMs, 1.08),
    atMost('most memory, service with two workers under load, MB', busiest?.peakMb, 350),
    atMost(
      `\`check\` on ${many.pictures} pictures ÷ ideal`,
      many.checkMs / (many.stagesMs / many.cores),
      1.12,
    ),
    atMost('`check` on one picture, s', many.checkOneMs / 1000, 0.35),
    atMost('service, start to ready, s', many.startMs / 1000, 0.7),
    atMost('refusals, 95 % of the slowest kind, ms', slowest, 50),
  ];
}

function atMost(what: string, value: number | undefined, limit: number): Target {
  return { what, value, limit, good: 'atMost' };
}

function atLeast(what: string, value: number | undefined, limit: number): Target {
  return { what, value, limit, good: 'atLeast' };
}

function pictureTable(
  { pictures }: Baseline,
  cell: (picture: BaselinePicture, name: string) => string,
): string {
  const names = COLUMNS.filter((name) => pictures.some((picture) => picture.ms[name] !== undefined));
  return table(
    ['picture', ...names],
    pictures.map((picture) => [nameOf(picture), ...names.map((name) => cell(picture, name))]),
  );
}

function shown(value: number | undefined, show: (value: number) => string): string {
  return value === undefined || Number.isNaN(value) ? '–' : show(value);
}

function number(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
