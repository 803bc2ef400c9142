/**
 * The recovery test of a cluster that runs: faults under load, one after the other or as a storm, and what became of
 * the invariants. What it decides it decides by its seed.
 */
import { GoboolError } from '../../runtime/base/error.ts';
import type { ClusterStatus } from '../dev/cluster-status.ts';
import { readStatus } from '../dev/control/read-status.ts';
import { openRuns } from './check-truth.ts';
import { openCluster } from './cluster-under-test.ts';
import { Dice, type Fault, type FaultKind, faultsOf, type Target } from './fault.ts';
import type { Victim } from './inject-fault.ts';
import { type RoundResult, runRound, type Trial } from './round.ts';
import { type Pace, runStorm, type StormResult } from './storm.ts';
import type { Offence } from './witness.ts';
import type { Work } from './work.ts';

export interface ChaosOptions {
  readonly projectDir: string;
  readonly name: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly work: Work;
  readonly seed: number;
  readonly kinds: readonly FaultKind[];
  /** `components`: those that run. `everything`: these, and all at once. */
  readonly targets: readonly Target[] | 'components' | 'everything';
  /** A storm of this pace; absent: each fault in turn. */
  readonly pace?: Pace | undefined;
  readonly withinMs: number;
  /** Also where the cluster has runs of others. */
  readonly force: boolean;
  readonly onFault: (fault: Fault) => void;
  readonly onOffence: (offence: Offence) => void;
  readonly signal: AbortSignal;
}

export interface ChaosResult {
  readonly rounds: readonly RoundResult[];
  readonly storm: StormResult | null;
}

/** Throws `GB_CLUSTER_MISSING`, `GB_CLUSTER_DOWN`, and `GB_USAGE` where it must not or cannot be done. */
export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const { projectDir, name, env, seed, work, withinMs, onOffence, signal } = options;
  const status = await requireHealthy(projectDir, name);
  const healthy = status.components.filter(({ state }) => state === 'healthy').map(component => component.name);
  const faults = faultsOf(chooseTargets(options.targets, healthy), options.kinds);
  const [first, ...others] = faults;
  if (first === undefined) throw new GoboolError('GB_USAGE', 'None of these faults can be done.');
  await using cluster = openCluster(projectDir, name);
  const open = await openRuns(cluster.sql);
  if (!options.force) requireUnused(open);
  const victim: Victim = { projectDir, name, id: cluster.facts.id, components: healthy, env, signal };
  const trial: Trial = { cluster, victim, work, dice: new Dice(seed), foreign: new Set(open), onOffence, withinMs };
  if (options.pace !== undefined) {
    const storm = await runStorm(trial, [first, ...others], options.pace, options.onFault);
    return { rounds: [], storm };
  }
  return { rounds: await inTurn(trial, faults, options), storm: null };
}

async function inTurn(
  trial: Trial,
  faults: readonly Fault[],
  { onFault }: ChaosOptions,
): Promise<readonly RoundResult[]> {
  const rounds: RoundResult[] = [];
  for (const fault of faults) {
    onFault(fault);
    const round = await runRound(trial, fault);
    rounds.push(round);
    // What comes after would only tell that it is still broken.
    if (round.recoveredMs === null) break;
  }
  return rounds;
}

async function requireHealthy(projectDir: string, name: string): Promise<ClusterStatus> {
  const status = await readStatus(projectDir, name);
  if (status.driver !== 'native')
    throw new GoboolError(
      'GB_USAGE',
      'Chaos sends signals to processes, which a cluster in Docker does not have here.',
      {
        hint: 'Try it on a cluster of its own: `gobool cluster up --name chaos --driver native --any-port`.',
      },
    );
  if (status.state === 'healthy') return status;
  throw new GoboolError('GB_CLUSTER_DOWN', `Cluster ${name} is ${status.state}; chaos begins with a healthy one.`);
}

function chooseTargets(asked: ChaosOptions['targets'], healthy: readonly Target[]): readonly Target[] {
  if (asked === 'components') return healthy;
  if (asked === 'everything') return [...healthy, 'everything'];
  const missing = asked.filter(target => target !== 'everything' && !healthy.includes(target));
  if (missing.length === 0) return asked;
  throw new GoboolError('GB_USAGE', `The cluster runs without ${missing.join(', ')}.`);
}

function requireUnused([runId]: readonly string[]): void {
  if (runId === undefined) return;
  throw new GoboolError('GB_USAGE', `The cluster is in use: run ${runId} is not over.`, {
    hint: 'Wait for it, or disturb it with --yes.',
  });
}
