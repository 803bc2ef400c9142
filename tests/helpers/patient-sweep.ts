/** A sweep that keeps every worker of the cluster `services` busy for a while, and what it comes to on this machine. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClusterFacts } from '../../src/cluster/dev/cluster-facts.ts';
import { document, gobool, type Json } from './cli.ts';
import { pricesCsv, strategyText } from './cli-project.ts';
import { clusterProject, serviceCluster } from './test-cluster.ts';

const STRATEGY = strategyText(`
  params: { every: int(5, { min: 1, max: 50 }) },
  onBar({ bar, params, order }) {
    let sum = 0;
    for (let i = 0; i < 60_000; i++) sum += i % 7;
    if (bar.index % params.every === sum % 1) order.target((bar.index / params.every) % 2 === 0 ? 1 : 0);
  },`);

export const PATIENT_SWEEP: readonly string[] = [
  ...['sweep', 'patient.ts', '--data', 'prices.csv'],
  ...['--param', 'every=1..50:1', '--no-store', '--json'],
];

export interface PatientSweep {
  readonly cluster: ClusterFacts;
  /** The project from which it is run. */
  readonly cwd: string;
  /** Its runs on this machine. */
  readonly expected: Json;
  /** `data` of the document of the same sweep on the cluster. */
  readonly onCluster: () => Promise<Json>;
}

export async function patientSweep(): Promise<PatientSweep> {
  const cluster = await serviceCluster();
  const cwd = clusterProject('services');
  writeFileSync(join(cwd, 'prices.csv'), pricesCsv(300));
  writeFileSync(join(cwd, 'patient.ts'), STRATEGY);
  const run = async (...more: readonly string[]) => document(await gobool([...PATIENT_SWEEP, ...more], { cwd })).data;
  return { cluster, cwd, expected: (await run()).runs, onCluster: () => run('--cluster') };
}
