/** The local cluster with engines that are fetched already: from nothing to healthy, again, at rest, and down. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type ComponentName, isService } from '../../../src/cluster/dev/component.ts';
import { inFolder } from '../../lib/folder.ts';
import { median, type Row } from '../../lib/row.ts';

const ROUNDS = 3;
const SECOND_UPS = 7;
/** Long enough for the daemon's own averages, which are taken every 10 s. */
const REST_MS = 40_000;

const gobool = new URL('../../../bin/gobool.js', import.meta.url).pathname;
const project = inFolder('cluster');

interface Round {
  readonly upMs: number;
  readonly againMs: number;
  readonly memoryMb: number;
  /** Share of one core, percent. */
  readonly cpu: number;
  readonly downMs: number;
}

export async function measureLife(): Promise<Row[]> {
  // The first start may fetch engines and train class archives.
  await measureRound(0);
  const rounds: Round[] = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await measureRound(REST_MS));
  const of = (field: keyof Round) => median(rounds.map(round => round[field]));
  return [
    { name: 'cluster up, empty data, engines fetched', value: of('upMs'), unit: 'ms', wanted: 15_000 },
    { name: 'cluster up, healthy already', value: of('againMs'), unit: 'ms', wanted: 300 },
    { name: 'cluster down', value: of('downMs'), unit: 'ms', wanted: 8_000 },
    { name: 'all engines at rest', value: of('memoryMb'), unit: 'MB', wanted: 700 },
    { name: 'all engines at rest, of one core', value: of('cpu'), unit: '%', wanted: 15 },
  ];
}

async function measureRound(restMs: number): Promise<Round> {
  rmSync(project, { recursive: true, force: true });
  mkdirSync(join(project, '.gobool'), { recursive: true });
  const upMs = timed('up', '--detach', '--any-port');
  const againMs = median(Array.from({ length: SECOND_UPS }, () => timed('up', '--detach')));
  await pause(restMs);
  const components = status().components.filter(({ name }) => !isService(name));
  const sum = (values: readonly (number | null)[]) => values.reduce((total: number, value) => total + (value ?? 0), 0);
  const memoryMb = sum(components.map(({ memoryBytes }) => memoryBytes)) / 1e6;
  const cpu = sum(components.map(({ cpu }) => cpu)) * 100;
  return { upMs, againMs, memoryMb, cpu, downMs: timed('down') };
}

function timed(...args: readonly string[]): number {
  const startMs = performance.now();
  run(...args);
  return performance.now() - startMs;
}

const run = (...args: readonly string[]): string =>
  execFileSync(process.execPath, [gobool, 'cluster', ...args], { cwd: project, encoding: 'utf8', stdio: 'pipe' });

interface Status {
  readonly components: readonly {
    readonly name: ComponentName;
    readonly memoryBytes: number | null;
    readonly cpu: number | null;
  }[];
}

const status = (): Status => JSON.parse(run('status', '--json')).data;
