/**
 * The workers of one machine: one for each processor that this process may use, or as many as `GOBOOL_WORKER_SLOTS`
 * says. `GET /health` tells how they are: 200 as soon as one of them listens.
 */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GoboolError } from '../../../runtime/base/error.ts';
import { type Routes, serveRoutes } from '../common/serve-routes.ts';
import { serviceMain } from '../common/service.ts';
import { allowedCpus, cpusOfSlots } from './allowed-cpus.ts';
import { CACHE_FOLDER } from './artifact-cache.ts';
import { type Pool, startPool } from './pool.ts';
import { poolMetrics } from './pool-metrics.ts';
import { pruneCache } from './prune-cache.ts';

const CACHE_BYTES_MAX = 2 ** 31;
const PRUNE_EVERY_MS = 60_000;

/** Beside this file among the sources, or where the build puts it. */
const MAIN = import.meta.url.endsWith('.ts')
  ? new URL('main.ts', import.meta.url)
  : new URL('cluster/services/worker/main.js', import.meta.url.replace(/(.*\/dist\/).*/, '$1'));

/** One that somebody started in a terminal does not outlive that. */
process.once('disconnect', () => process.exit(1));

await serviceMain('worker-pool', async ({ settings, log, signal }) => {
  const [, , settingsFile = ''] = process.argv;
  const { GOBOOL_WORKER_SLOTS } = process.env;
  const { metrics, onNews } = poolMetrics(() => pool.workers());
  const pool = startPool({
    cpus: cpusOfSlots(GOBOOL_WORKER_SLOTS ?? String(availableParallelism()), allowedCpus()),
    start: cpu =>
      spawn(process.execPath, [...process.execArgv, fileURLToPath(MAIN), settingsFile], {
        env: { ...process.env, GOBOOL_WORKER_CPU: String(cpu ?? '') },
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      }),
    onNews,
    log,
    signal,
  });
  const server = await serveRoutes(settings.port, [healthRoutes(pool), metrics.routes], log);
  const prune = () => pruneCache(join(settings.cacheDir, CACHE_FOLDER), CACHE_BYTES_MAX);
  const pruning = setInterval(prune, PRUNE_EVERY_MS);
  log.info({ url: server.url, workers: pool.workers().length }, 'started');
  await pool.ended;
  clearInterval(pruning);
  await server[Symbol.asyncDispose]();
});

/** Hoisted: what stands above runs until the pool has ended. */
function healthRoutes(pool: Pool): Routes {
  return app =>
    app.get('/health', async (_request, reply) => {
      const workers = pool.workers();
      const isListening = workers.some(({ offer }) => offer !== null);
      const problems = [...new Set(workers.flatMap(({ problem }) => problem ?? []))];
      if (!isListening && problems.length > 0)
        throw new GoboolError('GB_SERVICE_AWAY', 'No worker can start.', { problems });
      return reply.status(isListening ? 200 : 503).send({ state: isListening ? 'RUNNING' : 'STARTING', workers });
    });
}
