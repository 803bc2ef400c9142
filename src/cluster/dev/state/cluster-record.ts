/**
 * `cluster.json`: what a cluster keeps for good. It is written whole or not at all, by the daemon that holds the
 * cluster's lock. Loads quickly, since every command reads it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GoboolError } from '../../../runtime/base/error.ts';
import { systemCode, toFileError, writeFileAtomic } from '../../../runtime/host/files.ts';
import { DEFAULT_PORTS, type Ports } from '../cluster-facts.ts';
import type { ComponentName } from '../component.ts';
import type { DriverName, Origin } from '../driver.ts';

const VERSION = 1;

export interface ClusterRecord {
  readonly v: typeof VERSION;
  readonly id: string;
  readonly name: string;
  readonly driver: DriverName;
  readonly ports: Ports;
  /** What `up` asked for; `down` empties it. A new daemon goes on with it. */
  readonly wanted: readonly ComponentName[];
  /** Where the engines that ran last came from. */
  readonly origins: Readonly<Partial<Record<ComponentName, Origin>>>;
}

const fileOf = (dir: string) => join(dir, 'cluster.json');

type Identity = Pick<ClusterRecord, 'id' | 'name' | 'driver'> & Partial<Pick<ClusterRecord, 'ports'>>;

export const newRecord = ({ ports = DEFAULT_PORTS, ...identity }: Identity): ClusterRecord => ({
  v: VERSION,
  ...identity,
  ports,
  wanted: [],
  origins: {},
});

/** Undefined where the folder has no cluster. Throws `GB_CLUSTER_NEWER`, `GB_CLUSTER_BROKEN`, `GB_PERMISSION`. */
export function readRecord(dir: string): ClusterRecord | undefined {
  const file = fileOf(dir);
  const text = readText(file);
  return text === undefined ? undefined : checked(withAllPorts(parse(text)), file);
}

export function writeRecord(dir: string, record: ClusterRecord): void {
  writeFileAtomic(fileOf(dir), [Buffer.from(`${JSON.stringify(record, null, 2)}\n`)]);
}

/** Undefined where there is no such file. */
export function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return;
    throw toFileError(error, file);
  }
}

function checked(value: Partial<ClusterRecord> | undefined, file: string): ClusterRecord {
  const version: number = value?.v ?? 0;
  if (version > VERSION) {
    const versions = `version ${version}, and this gobool knows version ${VERSION}`;
    throw new GoboolError('GB_CLUSTER_NEWER', `${file} has ${versions}.`);
  }
  if (version !== VERSION || !isWhole(value)) throw new GoboolError('GB_CLUSTER_BROKEN', `${file} cannot be read.`);
  return value;
}

/** A cluster from before a component existed gets that one's usual port. */
const withAllPorts = (value: Partial<ClusterRecord> | undefined): Partial<ClusterRecord> | undefined =>
  value && { ...value, ports: { ...DEFAULT_PORTS, ...value.ports } };

function isWhole(value: Partial<ClusterRecord> | undefined): value is ClusterRecord {
  const hasPorts = Object.keys(DEFAULT_PORTS).every(name => Number.isInteger(value?.ports?.[name as keyof Ports]));
  const hasId = /^c-[0-9a-f]{12}$/.test(value?.id ?? '');
  return hasPorts && hasId && Array.isArray(value?.wanted) && typeof value.origins === 'object';
}

function parse(text: string): Partial<ClusterRecord> | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return;
  }
}
