/** Whether the gateway can do its work now: for whoever looks after it, without a key. */
import { setTimeout as sleep } from 'node:timers/promises';
import { GoboolError } from '../../../../runtime/base/error.ts';
import type { App, GatewayParts } from '../gateway-parts.ts';

/** For every check; less than those who ask wait. */
const LIMIT_MS = 1_000;

export function healthRoute(app: App, { checks }: Pick<GatewayParts, 'checks'>): void {
  const probes = Object.entries(checks).map(([name, check]) => ({ name, problem: problemOf(check) }));
  app.get('/health', async () => {
    const found = await Promise.all(probes.map(async ({ name, problem }) => ({ name, problem: await problem() })));
    const problems = found.flatMap(({ name, problem }) => (problem === undefined ? [] : [`${name}: ${problem}`]));
    if (problems.length > 0) throw new GoboolError('GB_SERVICE_AWAY', 'The gateway misses something.', { problems });
    return { status: 'ok' };
  });
}

/** What is wrong, or undefined. One that hangs runs once, however often it is asked for. */
function problemOf(check: () => Promise<unknown>): () => Promise<string | undefined> {
  let running: Promise<string | undefined> | undefined;
  const run = async () => {
    try {
      await check();
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    } finally {
      running = undefined;
    }
  };
  return async () => {
    running ??= run();
    const over = new AbortController();
    const late = sleep(LIMIT_MS, 'no answer', { signal: over.signal }).catch(() => undefined);
    try {
      return await Promise.race([running, late]);
    } finally {
      over.abort();
    }
  };
}
