/**
 * Random faults at a fixed pace under one load, without waiting for anybody to recover. Every invariant is checked at
 * the end, and that nothing grew: memory, descriptors, connections.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { readStatus } from '../dev/control/read-status.ts';
import { fallenBystanders } from './bystanders.ts';
import type { Fault } from './fault.ts';
import { injectFault } from './inject-fault.ts';
import { Load } from './load.ts';
import { orphansAfter } from './orphans.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { untilHealthy } from './recovery.ts';
import { checkAll, type Trial } from './round.ts';
import { clusterUsage, growth, type UsageByRole } from './usage.ts';
import { Witness } from './witness.ts';

export interface Pace {
  readonly everyMs: number;
  readonly forMs: number;
}

export interface StormResult extends Outcome {
  readonly faults: readonly Fault[];
  /** Of the cluster at rest. */
  readonly usage: { readonly before: UsageByRole; readonly after: UsageByRole };
}

/** The first work fills caches; what comes after is compared with what is there then. */
const WARM_MS = 10_000;
const REST_MS = 5_000;

/** `faults`: what may happen. `onFault`: told of each before it does. */
export async function runStorm(
  trial: Trial,
  faults: readonly [Fault, ...Fault[]],
  { everyMs, forMs }: Pace,
  onFault: (fault: Fault) => void,
): Promise<StormResult> {
  const { cluster, victim, work, dice, withinMs, onOffence } = trial;
  const { signal } = victim;
  const warmth = new Load(cluster.client, work, new Witness(onOffence), signal);
  await pause(WARM_MS, undefined, { signal });
  await warmth.drain();
  await pause(REST_MS, undefined, { signal });
  const before = clusterUsage(victim.id);

  const witness = new Witness(onOffence);
  const load = new Load(cluster.client, work, witness, signal);
  const done: Fault[] = [];
  const endMs = performance.now() + forMs;
  for (let nextMs = performance.now() + everyMs; nextMs < endMs; nextMs += everyMs) {
    await pause(Math.max(0, nextMs - performance.now()), undefined, { signal });
    const fault = dice.pick(faults);
    onFault(fault);
    done.push(fault);
    await strike(trial, fault, witness);
  }
  const calmMs = performance.now();
  const recoveredMs = await untilHealthy(victim, withinMs, () => witness.hasConverged(calmMs));
  if (recoveredMs === undefined) witness.offence('C', `it has not recovered within ${withinMs / 1_000} s`);
  await load.drain();
  signal.throwIfAborted();
  await checkAll(trial, witness);
  for (const orphan of await orphansAfter([], cluster.keys)) witness.offence('O', `${orphan} is left`);
  await pause(REST_MS, undefined, { signal });
  const after = clusterUsage(victim.id);
  for (const grown of growth(before, after)) witness.offence('O', grown);
  return { faults: done, usage: { before, after }, ...outcomeOf(witness, recoveredMs) };
}

/** A component that is down already is left alone. */
async function strike({ victim }: Trial, fault: Fault, witness: Witness): Promise<void> {
  const before = await readStatus(victim.projectDir, victim.name);
  const target = before.components.find(({ name }) => name === fault.target);
  if (fault.target !== 'everything' && target?.pid === null) return;
  await injectFault(fault, victim);
  const after = await readStatus(victim.projectDir, victim.name);
  for (const fallen of fallenBystanders(before, after, fault.target)) witness.offence('X', fallen);
}
