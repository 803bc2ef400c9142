/**
 * The Streams app as part of the local cluster. It says itself how it is: `GET /health`. It has no declared schema: it
 * makes the topic of its state itself.
 */
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod/mini';
import type { ClusterFacts } from '../cluster-facts.ts';
import type { Component, ComponentClient } from '../component.ts';
import { codedBy } from './coded-by.ts';

const PAUSE_MS = 100;

const coded = codedBy('GB_PROBE_STREAMS', 'Streams');

const healthSchema = z.object({
  /** `WAITING_FOR_KAFKA`, `WAITING_FOR_TOPICS`, or a state of Kafka Streams. */
  state: z.string(),
  /** Topics that do not exist yet. */
  missing: z._default(z.array(z.string()), []),
  /** Partitions of `ticks` that are read. */
  partitions: z._default(z.int(), 0),
  partitionsOfTopic: z._default(z.int(), 0),
  /** Records of `ticks` that are not read yet; null before the first one. */
  lag: z._default(z.nullable(z.int()), null),
});

type Health = z.infer<typeof healthSchema>;

export const streamsComponent: Component = { name: 'streams', after: ['kafka'], needs: ['kafka'], open };

function open(facts: ClusterFacts): ComponentClient {
  const address = `127.0.0.1:${facts.ports.streams}`;
  return {
    check: signal => coded(signal, async () => requireRunning(await readHealth(address, signal))),
    initialise: signal => coded(signal, () => untilWorking(address, signal)),
    probe: signal => coded(signal, async () => evidence(await readHealth(address, signal))),
    drift: async () => [],
    close: async () => {},
  };
}

/** `fetch` keeps its connection, and makes a new one after it broke. */
async function readHealth(address: string, signal: AbortSignal): Promise<Health> {
  const response = await fetch(`http://${address}/health`, { signal }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw new Error(`no answer from ${address}.`, { cause: error });
  });
  return healthSchema.parse(await response.json());
}

async function untilWorking(address: string, signal: AbortSignal): Promise<void> {
  while (!isWorking(await readHealth(address, signal))) await pause(PAUSE_MS, undefined, { signal });
}

const isWorking = ({ state, partitions, partitionsOfTopic }: Health) =>
  state === 'RUNNING' && partitions === partitionsOfTopic;

function requireRunning({ state, missing }: Health): void {
  if (state === 'RUNNING') return;
  throw new Error(missing.length === 0 ? `it is ${state}.` : `these topics are missing: ${missing.join(', ')}.`);
}

function evidence(health: Health): string {
  const { state, partitions, partitionsOfTopic, lag } = health;
  const seen = `${state}, ${partitions} of ${partitionsOfTopic} partitions${lag === null ? '' : `, lag ${lag}`}`;
  if (!isWorking(health)) throw new Error(`it is ${seen}.`);
  return seen;
}
