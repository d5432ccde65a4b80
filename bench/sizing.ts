/**
 * How large a fleet has to be for so many pictures a second, by arithmetic from what the other benches measure:
 * `npm run bench:sizing -- --picture-ms 18 --core-count 4`. Without numbers of your own it prints the table of
 * docs/sizing.md.
 */
import { parseArgs } from 'node:util';
import { table } from './statistics.ts';

/** What the arithmetic begins with. */
export interface SizingInputs {
  /** Processor time of a picture, download and TLS included, in ms: `bench:server --tls`, "processor ms a picture". */
  readonly pictureMs: number;
  /** What of it the main thread of a process does, in ms: the same, "of which main thread". */
  readonly mainMs: number;
  /** Memory of a process with one worker, in MB: the same, "memory MB". */
  readonly processMb: number;
  /** Memory of each further worker, in MB: the difference of two lines of it. */
  readonly workerMb: number;
  /** Bytes of a picture; those of the bench are of 1280 × 1280 pixels. */
  readonly pictureBytes: number;
  /** Round trips to PostgreSQL for 1000 pictures: `bench:store`, the line of 100 keys. */
  readonly roundTrips: number;
  /** Processor cores of a replica. */
  readonly coreCount: number;
  /** Share of the cores, and of a main thread, that may be busy at the busiest; the autoscaler's target. */
  readonly busy: number;
}

/** What docs/sizing.md quotes. */
export const MEASURED: SizingInputs = {
  pictureMs: 17,
  mainMs: 4.7,
  processMb: 235,
  workerMb: 75,
  pictureBytes: 400_000,
  roundTrips: 1_700,
  coreCount: 2,
  busy: 0.7,
};

/** Connections that a process has open to PostgreSQL: src/store/postgres/database.ts has four, the watch one. */
const CONNECTIONS = 5;
/** Of PostgreSQL's default of 100, three are kept for its superuser. */
const DEFAULT_CONNECTIONS = 97;
/** Memory of a full cache of inspections, in MB. */
const CACHE_MB = 25;
/** Replicas that may be missing: one is moved, or broken. */
const SPARE = 1;
const RATES = [10, 100, 1_000, 10_000];

/** What so many pictures a second need. */
export interface Size {
  readonly cores: number;
  readonly replicas: number;
  readonly memoryGb: number;
  readonly networkMbit: number;
  readonly connections: number;
  readonly roundTrips: number;
}

/** The size of a fleet for a rate of pictures a second, none of them known. */
function sizeFor(rate: number, inputs: SizingInputs): Size {
  const { pictureMs, processMb, workerMb, pictureBytes, roundTrips, coreCount, busy } = inputs;
  const cores = (rate * pictureMs) / 1_000 / busy;
  const replicas = Math.ceil(cores / coreCount) + SPARE;
  return {
    cores,
    replicas,
    memoryGb: (replicas * (processMb + (coreCount - 1) * workerMb + CACHE_MB)) / 1_024,
    networkMbit: (rate * pictureBytes * 8) / 1e6,
    connections: replicas * CONNECTIONS,
    roundTrips: (rate * roundTrips) / 1_000,
  };
}

/** How many cores a replica can have before its main thread is busier than it may be. */
function mostCores({ pictureMs, mainMs }: SizingInputs): number {
  return pictureMs / mainMs;
}

/** The pictures a second from which on the default number of PostgreSQL's connections is too small. */
function connectionsEnd({ pictureMs, coreCount, busy }: SizingInputs): number {
  const replicas = Math.floor(DEFAULT_CONNECTIONS / CONNECTIONS) - SPARE;
  return (replicas * coreCount * busy * 1_000) / pictureMs;
}

/** The table of docs/sizing.md. */
export function sizingTable(inputs: SizingInputs): string {
  const head = [
    'pictures a second',
    'cores',
    `replicas of ${inputs.coreCount}`,
    'memory, all together',
    'network in',
    'connections',
    'round trips a second',
  ];
  const rows = RATES.map((rate) => {
    const size = sizeFor(rate, inputs);
    return [
      rate.toLocaleString('en'),
      Math.ceil(size.cores).toLocaleString('en'),
      size.replicas.toLocaleString('en'),
      `${size.memoryGb.toFixed(size.memoryGb < 10 ? 1 : 0)} GB`,
      size.networkMbit < 1_000 ? `${size.networkMbit} Mbit/s` : `${size.networkMbit / 1_000} Gbit/s`,
      size.connections.toLocaleString('en'),
      Math.round(size.roundTrips).toLocaleString('en'),
    ];
  });
  return table(head, rows);
}

if (process.argv[1] === import.meta.filename) {
  const flagOf = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const names = Object.keys(MEASURED) as (keyof SizingInputs)[];
  const { values } = parseArgs({
    options: Object.fromEntries(names.map((name) => [flagOf(name), { type: 'string' as const }])),
  });
  const inputs = Object.fromEntries(
    names.map((name) => [name, Number(values[flagOf(name)] ?? MEASURED[name])]),
  ) as unknown as SizingInputs;
  process.stdout.write(
    `${sizingTable(inputs)}\nThe main thread allows ${mostCores(inputs).toFixed(1)} cores a process. ` +
      `PostgreSQL's 100 connections last until ${Math.round(connectionsEnd(inputs))} pictures a second.\n`,
  );
}
