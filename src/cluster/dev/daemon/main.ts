/**
 * The program of the daemon: `main.js <folder of the cluster> <order as JSON>`. Started detached by
 * `control/start-daemon.ts`, which it answers on descriptor 3. SIGTERM and SIGINT stop the cluster as `down` does;
 * kill -9 leaves the engines running.
 */
import { closeSync, writeSync } from 'node:fs';
import { errorToData, GoboolError } from '../../../runtime/base/error.ts';
import { isService } from '../component.ts';
import { COMPONENTS } from '../components.ts';
import { makeDriver } from '../make-driver.ts';
import { runDaemon } from './daemon.ts';
import type { DaemonAnswer } from './order.ts';

const ANSWER_DESCRIPTOR = 3;
const [dir = '', order = ''] = process.argv.slice(2);
const stop = new AbortController();
let hasAnswered = false;

/** Clients of engines reject and throw where nobody listens; the engines' own checks tell what is wrong with them. */
process.on('unhandledRejection', error => log(`unhandled rejection: ${textOf(error)}`));
process.on('uncaughtException', error => log(`uncaught exception: ${textOf(error)}`));
process.on('SIGTERM', () => stop.abort());
process.on('SIGINT', () => stop.abort());

try {
  log(`daemon ${process.pid} starts`);
  const end = await runDaemon({
    dir,
    order: JSON.parse(order),
    env: process.env,
    components: process.platform === 'linux' ? COMPONENTS : COMPONENTS.filter(({ name }) => !isService(name)),
    makeDriver: name => makeDriver(name, process.env),
    onReady: () => answer({ type: 'ready' }),
    log,
    signal: stop.signal,
  });
  if (end === 'busy') answer({ type: 'busy' });
  log(`daemon ${process.pid} ends: ${end}`);
  process.exit(0);
} catch (error) {
  log(`daemon ${process.pid} failed: ${textOf(error)}`);
  const failure =
    error instanceof GoboolError ? error : new GoboolError('GB_CLUSTER_DAEMON', `The daemon failed: ${error}.`);
  answer({ type: 'failed', error: errorToData(failure) });
  process.exit(1);
}

/** Only the first answer counts; whoever waited for it may be gone. */
function answer(message: DaemonAnswer): void {
  if (hasAnswered) return;
  hasAnswered = true;
  try {
    writeSync(ANSWER_DESCRIPTOR, `${JSON.stringify(message)}\n`);
    closeSync(ANSWER_DESCRIPTOR);
  } catch (error) {
    log(`nobody waits for the daemon's answer: ${textOf(error)}`);
  }
}

function log(line: string): void {
  process.stderr.write(`${new Date().toISOString()} ${line}\n`);
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
