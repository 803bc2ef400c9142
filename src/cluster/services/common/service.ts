/**
 * The frame of every service process: settings in, structured logs out, one signal to end. A service that cannot go
 * on throws out of its `run`; the process then exits with 1, and whoever supervises it starts it again.
 */
import { type Logger, pino } from 'pino';
import { readServiceSettings, type ServiceSettings } from './settings.ts';

export interface ServiceContext {
  readonly settings: ServiceSettings;
  /** JSON lines on stdout; children carry `runId`, `taskId`, `correlationId`. */
  readonly log: Logger;
  /** Aborts at SIGTERM and SIGINT: finish what is begun, give back what is held, return. */
  readonly signal: AbortSignal;
}

/** Runs until `run` returns; never returns itself. */
export async function serviceMain(name: string, run: (context: ServiceContext) => Promise<void>): Promise<never> {
  const log = pino({ name, base: { service: name, pid: process.pid } });
  const controller = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => controller.abort());
  try {
    await run({ settings: readServiceSettings(process.argv[2] ?? ''), log, signal: controller.signal });
    log.info('stopped');
    process.exit(0);
  } catch (error) {
    log.fatal({ err: error }, 'ended by an error');
    process.exit(1);
  }
}
