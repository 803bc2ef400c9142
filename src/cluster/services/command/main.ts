/** The process of the command service: the engines' adapters, its door on loopback, its entry in etcd. */
import { etcdClient } from '../../adapters/etcd/etcd-client.ts';
import { etcdLeases } from '../../adapters/etcd/etcd-leases.ts';
import { etcdObjects } from '../../adapters/etcd/etcd-objects.ts';
import { kafkaBus } from '../../adapters/kafka/bus.ts';
import { kafkaClient } from '../../adapters/kafka/kafka-client.ts';
import { postgresSql } from '../../adapters/postgres/postgres-sql.ts';
import { SERVICE_ENDPOINTS, WORKER_OFFERS } from '../common/object-kinds.ts';
import { keepRegistered } from '../common/register-service.ts';
import { serveRoutes } from '../common/serve-routes.ts';
import { type ServiceContext, serviceMain } from '../common/service.ts';
import { watchThresholds } from './alerts/watch-thresholds.ts';
import { runCommand } from './command.ts';
import { newCounters } from './counters.ts';
import { caseRoutes } from './http/cases.ts';
import { healthRoutes } from './http/health.ts';
import { queueRoutes } from './http/queue.ts';
import { rebuildRoutes } from './http/rebuild.ts';
import { runRoutes } from './http/runs.ts';
import { commandMetrics } from './metrics.ts';
import { caseCounts, queueFacts } from './store/queue-facts.ts';
import { tellRuns } from './tell-runs.ts';

/** A handler of messages has 5 s. */
const POSTGRES = { connections: 10, statementTimeoutMs: 3_000, connectTimeoutMs: 3_000 };
/** For those who ask: beside the handlers, and as long as a replay of all events may take. */
const POSTGRES_OF_READERS = { connections: 2, statementTimeoutMs: 60_000, connectTimeoutMs: 3_000 };
const KAFKA = { timeoutMs: 3_000, retries: 3 };

await serviceMain('command', async ({ settings, log, signal }: ServiceContext) => {
  const etcd = etcdClient(`http://${settings.etcd}`);
  const bus = kafkaBus(kafkaClient({ brokers: [settings.kafka], clientId: 'gobool-command', ...KAFKA }));
  const sql = postgresSql(settings.postgres, POSTGRES);
  const readers = postgresSql(settings.postgres, POSTGRES_OF_READERS);
  const counters = newCounters();
  const metrics = commandMetrics({ counters, queue: () => queueFacts(readers), cases: () => caseCounts(readers) });
  tellRuns(log);
  const asked = [queueRoutes(readers), runRoutes(readers), rebuildRoutes(readers), caseRoutes(readers)];
  const subjects = [metrics.routes, healthRoutes(counters), ...asked];
  const { policies = {}, webhook } = settings;
  const care = { policies, ...(webhook !== undefined && { webhook }) };
  await using server = await serveRoutes(settings.port, subjects, log);
  const registration = { leases: etcdLeases(etcd), name: 'command', log, signal };
  const offers = etcdObjects(etcd, WORKER_OFFERS);
  await Promise.all([
    keepRegistered({ ...registration, endpoint: { url: server.url, pid: process.pid } }),
    runCommand({ bus, sql, offers }, { counters, log, signal, care }),
    watchThresholds({ sql: readers, endpoints: etcdObjects(etcd, SERVICE_ENDPOINTS), settings, log, signal }),
  ]);
  await Promise.all([bus.close(), sql.close(), readers.close()]);
  etcd.close();
});
