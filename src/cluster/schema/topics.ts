/**
 * Every topic of the cluster. `cluster up` makes them so: creates what is missing, adds partitions, sets configuration,
 * and never deletes or shrinks. Everything not named here keeps the broker's default. Ticks and candles may be replayed
 * history, whose record time would be refused or expire at once: they carry event time in the value, and the broker
 * stamps arrival. What becomes of runs is kept in databases: their topics are kept for as long as a service may be
 * away.
 */

export interface Topic {
  readonly name: string;
  readonly partitions: number;
  readonly config: Readonly<Record<string, string>>;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MEBIBYTE = 2 ** 20;
const GIBIBYTE = 2 ** 30;
const LARGEST_MESSAGE_BYTES = 8 * MEBIBYTE;

const kept = (retentionMs: number) => ({ 'retention.ms': String(retentionMs) });
const stampedOnArrival = { 'message.timestamp.type': 'LogAppendTime' };

/** A partition of `ticks` is a shard: one producer at a time. */
const SHARDS = 8;

const candles = (interval: string): Topic => ({
  name: `candles.${interval}`,
  partitions: 4,
  config: { ...stampedOnArrival, ...kept(7 * DAY_MS) },
});

export const TOPICS: readonly Topic[] = [
  { name: 'commands', partitions: 8, config: kept(7 * DAY_MS) },
  // A partition belongs to one worker (`TASK_PARTITIONS`), and only what it can take at once is in it.
  { name: 'tasks', partitions: 64, config: kept(HOUR_MS) },
  { name: 'task-events', partitions: 8, config: kept(7 * DAY_MS) },
  {
    name: 'results',
    partitions: 8,
    config: {
      ...kept(2 * DAY_MS),
      'retention.bytes': String(2 * GIBIBYTE),
      'max.message.bytes': String(LARGEST_MESSAGE_BYTES),
    },
  },
  { name: 'run-events', partitions: 8, config: kept(7 * DAY_MS) },
  {
    name: 'ticks',
    partitions: SHARDS,
    config: { ...stampedOnArrival, ...kept(2 * DAY_MS), 'retention.bytes': String(GIBIBYTE) },
  },
  { name: 'ticks.checkpoint', partitions: SHARDS, config: { 'cleanup.policy': 'compact' } },
  { name: 'ticks.late', partitions: 1, config: { ...stampedOnArrival, ...kept(7 * DAY_MS) } },
  candles('1s'),
  candles('5s'),
  candles('1m'),
  candles('5m'),
  // Takes whatever another topic has, and beside it why it is here.
  {
    name: 'dead-letters',
    partitions: 1,
    config: { ...kept(30 * DAY_MS), 'max.message.bytes': String(LARGEST_MESSAGE_BYTES + MEBIBYTE) },
  },
  { name: 'probe', partitions: 1, config: kept(HOUR_MS) },
];
