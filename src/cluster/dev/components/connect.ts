/**
 * Kafka Connect as part of the local cluster. Connect starts no failed task again by itself, so the check does: a
 * sink that had waited for MongoDB in vain would stay down after MongoDB is back.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { type Connector, declaredConnectors } from '../../schema/connectors.ts';
import type { ClusterFacts } from '../cluster-facts.ts';
import type { Component, ComponentClient } from '../component.ts';
import { connectSecretsFile } from '../connect-properties.ts';
import { codedBy } from './coded-by.ts';
import { ConnectError, type ConnectRest, connectRest, type PresentConnectors } from './connect-rest.ts';
import {
  connectorDrift,
  connectorsToPut,
  hasFailed,
  isPaused,
  isRunning,
  statesText,
  tasksText,
} from './connector-plan.ts';

const PAUSE_MS = 100;
/** For connectors to run. Less than the daemon's, so that what they lack is told. */
const PATIENCE_MS = 20_000;
/** Between restarts of what fails again and again. */
const RESTART_PAUSE_MS = 3000;
/** The worker is rebalancing or has just read another configuration. */
const CONFLICT = 409;

const coded = codedBy('GB_PROBE_CONNECT', 'Kafka Connect');

export const connectComponent: Component = { name: 'connect', after: [], needs: ['kafka', 'mongodb'], open };

function open(facts: ClusterFacts): ComponentClient {
  const rest = connectRest(`127.0.0.1:${facts.ports.connect}`);
  const declared = declaredConnectors(connectSecretsFile(facts));
  const restartFailed = restarter(rest);

  const check = async (signal: AbortSignal) => {
    const failed = await restartFailed(await rest.connectors(signal), signal);
    if (failed.length > 0) throw new Error(failed.join('; '));
  };
  const initialise = async (signal: AbortSignal) => {
    const giveUpMs = performance.now() + PATIENCE_MS;
    for (;;) {
      const present = await rest.connectors(signal);
      const different = connectorsToPut(declared, present);
      for (const { name, config } of different) await unlessConflict(rest.put(name, config, signal));
      for (const { name } of declared)
        if (isPaused(present[name]?.status)) await unlessConflict(rest.resume(name, signal));
      await restartFailed(present, signal);
      const waiting = declared.filter(({ name }) => !isRunning(present[name]?.status));
      if (different.length + waiting.length === 0) return;
      if (performance.now() > giveUpMs) throw notRunning(waiting, present);
      await pause(PAUSE_MS, undefined, { signal });
    }
  };

  return {
    check: signal => coded(signal, () => check(signal)),
    initialise: signal => coded(signal, () => initialise(signal)),
    probe: signal => coded(signal, () => probe(rest, declared, signal)),
    drift: signal => coded(signal, async () => connectorDrift(declared, await rest.connectors(signal))),
    close: async () => {},
  };
}

const notRunning = (connectors: readonly Connector[], present: PresentConnectors) =>
  new Error(connectors.map(({ name }) => statesText(name, present[name]?.status)).join('; '));

/** Says what FAILED, and starts it again, but not at every look. */
function restarter(rest: ConnectRest) {
  let notBeforeMs = 0;
  return async (present: PresentConnectors, signal: AbortSignal): Promise<readonly string[]> => {
    const failed = Object.entries(present).filter(([, { status }]) => hasFailed(status));
    if (failed.length > 0 && performance.now() >= notBeforeMs) {
      notBeforeMs = performance.now() + RESTART_PAUSE_MS;
      for (const [name] of failed) await unlessConflict(rest.restart(name, signal));
    }
    return failed.map(([name, { status }]) => statesText(name, status));
  };
}

/** The plugin tries the way to MongoDB with the connector's own user, and looks whether that may write. */
async function probe(rest: ConnectRest, declared: readonly Connector[], signal: AbortSignal): Promise<string> {
  const present = await rest.connectors(signal);
  const waiting = declared.filter(({ name }) => !isRunning(present[name]?.status));
  if (waiting.length > 0) throw notRunning(waiting, present);
  const startMs = performance.now();
  for (const { name, config } of declared) {
    const problems = await rest.validate({ name, ...config }, signal);
    if (problems.length > 0) throw new Error(`connector ${name}: ${problems.join('; ')}`);
  }
  const tookMs = Math.round(performance.now() - startMs);
  const running = declared.map(({ name }) => `connector ${name} and ${tasksText(present[name]?.status)} RUNNING`);
  return `${running.join(', ')}; MongoDB lets it write, asked in ${tookMs} ms`;
}

async function unlessConflict(request: Promise<void>): Promise<void> {
  try {
    await request;
  } catch (error) {
    if (!(error instanceof ConnectError && error.status === CONFLICT)) throw error;
  }
}
