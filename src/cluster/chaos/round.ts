/**
 * One fault under load: health before, users at work, the fault at a random moment, back to health, and then every
 * invariant.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { ComponentStatus } from '../dev/cluster-status.ts';
import { readStatus } from '../dev/control/read-status.ts';
import { fallenBystanders } from './bystanders.ts';
import { checkReplay } from './check-replay.ts';
import { checkTruth } from './check-truth.ts';
import type { ClusterUnderTest } from './cluster-under-test.ts';
import type { Dice, Fault } from './fault.ts';
import { injectFault, type Victim } from './inject-fault.ts';
import { Load } from './load.ts';
import { orphansAfter } from './orphans.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { untilHealthy } from './recovery.ts';
import { type Offence, Witness } from './witness.ts';
import type { Work } from './work.ts';

export interface Trial {
  readonly cluster: ClusterUnderTest;
  readonly victim: Victim;
  readonly work: Work;
  readonly dice: Dice;
  /** Runs of others that were open before. */
  readonly foreign: ReadonlySet<string>;
  readonly onOffence: (offence: Offence) => void;
  /** How long a fault may be felt. */
  readonly withinMs: number;
}

export interface RoundResult extends Outcome {
  readonly fault: Fault;
}

/** How long the load runs before a fault, at most. */
const WARM_MS = [1_000, 3_000] as const;

export async function runRound(trial: Trial, fault: Fault): Promise<RoundResult> {
  const { cluster, victim, work, dice, withinMs, onOffence } = trial;
  const { signal } = victim;
  const witness = new Witness(onOffence);
  const before = await readStatus(victim.projectDir, victim.name);
  const load = new Load(cluster.client, work, witness, signal);
  await pause(dice.between(...WARM_MS), undefined, { signal });
  const doomed = await injectFault(fault, victim);
  const goneMs = performance.now();
  const isReplaced = replacement(before.components, fault);
  const recoveredMs = await untilHealthy(victim, withinMs, ({ components }) => {
    return isReplaced(components) && witness.hasConverged(goneMs);
  });
  if (recoveredMs === undefined) witness.offence('C', `it has not recovered within ${withinMs / 1_000} s`);
  await load.drain();
  signal.throwIfAborted();
  const after = await readStatus(victim.projectDir, victim.name);
  for (const fallen of fallenBystanders(before, after, fault.target)) witness.offence('X', fallen);
  await checkAll(trial, witness);
  for (const orphan of await orphansAfter(doomed, cluster.keys)) witness.offence('O', `${orphan} is left`);
  return { fault, ...outcomeOf(witness, recoveredMs) };
}

/** What the users' own results do not show. */
export async function checkAll({ cluster, victim, foreign }: Trial, witness: Witness): Promise<void> {
  const done = await checkTruth(cluster.sql, witness, foreign);
  await checkReplay(cluster.client, done, witness, victim.signal);
}

/** Whether the component that was to be another process is one. */
function replacement(before: readonly ComponentStatus[], { target, kind }: Fault) {
  const old = before.find(({ name }) => name === target)?.pid;
  return (now: readonly ComponentStatus[]): boolean =>
    kind === 'stop' || target === 'everything' || now.find(({ name }) => name === target)?.pid !== old;
}
