/**
 * Tails of runs. What one costs that has 5,000 events a second, and how late they come; and what 2,000 cost of which
 * nobody has anything to tell: the databases must not notice them.
 */
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type ClientRequest, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { mongoClient } from '../../src/cluster/adapters/mongo/mongo-client.ts';
import { postgresSql } from '../../src/cluster/adapters/postgres/postgres-sql.ts';
import { PIECE_TYPE } from '../../src/cluster/contracts/piece.ts';
import type { ClusterFacts } from '../../src/cluster/dev/cluster-facts.ts';
import { clusterDir } from '../../src/cluster/dev/cluster-folder.ts';
import { mongoPassword } from '../../src/cluster/dev/mongodb-secrets.ts';
import { serviceSettings } from '../../src/cluster/dev/service-settings.ts';
import { readFacts } from '../../src/cluster/dev/state/facts.ts';
import type { OutgoingMessage } from '../../src/cluster/ports/bus.ts';
import { type BenchCluster, callIn, withCluster } from '../lib/bench-cluster.ts';
import type { Row } from '../lib/row.ts';

const EVENTS_PER_SECOND = 5_000;
const TICK_MS = 50;
const LOAD_MS = 20_000;
const TAILS = 2_000;
const QUIET_MS = 60_000;
const SETTLE_MS = 5_000;

export async function measureStreams(): Promise<Row[]> {
  return await withCluster('streams', [], async cluster => {
    const facts = readFacts(clusterDir(cluster.project, 'default'));
    const alone = await underLoad(cluster, facts, false);
    const tailed = await underLoad(cluster, facts, true);
    const queries = await queriesOfTails(facts);
    return [
      { name: 'join, 5,000 events a second stored, of one core', value: alone.cpu, unit: '%' },
      { name: 'their tail, of one core', value: Math.max(0, tailed.cpu - alone.cpu), unit: '%', wanted: 25 },
      { name: 'an event, from the log to its reader, p50', value: quantile(tailed.latenciesMs, 0.5), unit: 'ms' },
      { name: 'an event, from the log to its reader, p99', value: quantile(tailed.latenciesMs, 0.99), unit: 'ms' },
      { name: 'operations of MongoDB, 2,000 idle tails', ...queries.mongodb, wanted: 1.05 },
      { name: 'transactions of PostgreSQL, 2,000 idle tails', ...queries.postgres, wanted: 1.05 },
    ];
  });
}

interface Load {
  /** Of the service, percent of one core. */
  readonly cpu: number;
  readonly latenciesMs: readonly number[];
}

/** One task that gives small pieces, each telling when it was made. */
async function underLoad({ bus, project }: BenchCluster, facts: ClusterFacts, isTailed: boolean): Promise<Load> {
  const runId = `r-${randomBytes(12).toString('hex')}`;
  const taskId = `${runId}-0`;
  const latenciesMs: number[] = [];
  const tail = isTailed ? follow(facts, taskId, body => latenciesMs.push(performance.now() - body)) : undefined;
  const pid = joinPid(project);
  await pause(SETTLE_MS);
  const before = cpuSeconds(pid);
  const startMs = performance.now();
  let seq = 0;
  for (let nowMs = 0; nowMs < LOAD_MS; nowMs = performance.now() - startMs) {
    const due = Math.floor((nowMs / 1_000) * EVENTS_PER_SECOND);
    const messages = Array.from({ length: due - seq }, (_, i) => pieceOf(runId, taskId, seq + i));
    seq = due;
    if (messages.length > 0) await bus.publish('results', messages);
    await pause(TICK_MS);
  }
  if (tail !== undefined) while (latenciesMs.length < seq) await pause(TICK_MS);
  const seconds = (performance.now() - startMs) / 1_000;
  const cpu = ((cpuSeconds(pid) - before) / seconds) * 100;
  tail?.destroy();
  return { cpu, latenciesMs };
}

function pieceOf(runId: string, taskId: string, seq: number): OutgoingMessage {
  const value = Buffer.alloc(64);
  value.writeDoubleLE(performance.now());
  const hash = createHash('sha256').update(value).digest('hex');
  const headers = { type: PIECE_TYPE, 'correlation-id': runId, taskId, runId, attempt: '1', seq: `${seq}`, hash };
  return { key: taskId, value, headers };
}

/** `take`: told when each piece was made. */
function follow({ ports }: ClusterFacts, taskId: string, take: (madeMs: number) => void): ClientRequest {
  const asked = request({ port: ports.join, path: `/tasks/${taskId}/stream`, agent: false });
  asked.on('response', response => {
    let rest = '';
    response.setEncoding('utf8').on('data', (text: string) => {
      const lines = `${rest}${text}`.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines)
        if (line.startsWith('data: ')) take(Buffer.from(line.slice('data: '.length), 'base64').readDoubleLE());
    });
  });
  asked.on('error', () => {});
  asked.end();
  return asked;
}

interface Status {
  readonly components: readonly { readonly name: string; readonly pid: number }[];
}

const joinPid = (project: string): number =>
  (JSON.parse(callIn(project, 'cluster', 'status', '--json')).data as Status).components.find(
    ({ name }) => name === 'join',
  )!.pid;

/** User and system time so far. */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/.*\) /s, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** In percent of what there was without them. */
async function queriesOfTails(facts: ClusterFacts) {
  const settings = serviceSettings('join', facts);
  const login = { name: 'admin', password: mongoPassword(facts.secrets, 'admin') };
  const mongo = mongoClient({ ...settings.mongodb, login, timeoutMs: 5_000 });
  const sql = postgresSql(settings.postgres, { connections: 1, statementTimeoutMs: 5_000, connectTimeoutMs: 5_000 });
  const counters = async () => {
    const { opcounters } = await mongo.db('admin').command({ serverStatus: 1 });
    const [row] = await sql.query<{ done: string }>(
      'SELECT sum(xact_commit + xact_rollback) AS done FROM pg_stat_database',
    );
    const { insert, query, update, delete: removed, getmore, command } = opcounters;
    return { mongodb: insert + query + update + removed + getmore + command, postgres: Number(row!.done) };
  };
  const within = async () => {
    const before = await counters();
    await pause(QUIET_MS);
    const after = await counters();
    return { mongodb: after.mongodb - before.mongodb, postgres: after.postgres - before.postgres };
  };
  await mongo.connect();
  await pause(SETTLE_MS);
  const without = await within();
  const ids = Array.from({ length: TAILS }, () => `r-${randomBytes(12).toString('hex')}-0`);
  const tails = ids.map(taskId => follow(facts, taskId, () => {}));
  await pause(4 * SETTLE_MS);
  const withTails = await within();
  for (const tail of tails) tail.destroy();
  await Promise.all([mongo.close(), sql.close()]);
  const share = (name: 'mongodb' | 'postgres') =>
    ({
      value: (withTails[name] / without[name]) * 100,
      unit: '%',
      against: 'without',
      ratio: withTails[name] / without[name],
    }) as const;
  return { mongodb: share('mongodb'), postgres: share('postgres') };
}

const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;
