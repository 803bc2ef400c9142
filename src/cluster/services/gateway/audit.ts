/**
 * The audit log: one line for each request that changes something or was refused, with who, what, what it made and how
 * it ended. Lines are only ever appended, each at once.
 */
import { type Logger, pino } from 'pino';
import type { App } from './gateway-parts.ts';

const READING = new Set(['GET', 'HEAD']);
const REFUSED = new Set([401, 403, 429]);

export function audit(app: App, log: Logger): void {
  app.addHook('onResponse', async ({ span, method, url, caller, ip }, reply) => {
    const { statusCode: status, elapsedTime: durationMs } = reply;
    if (READING.has(method) && !REFUSED.has(status)) return;
    const made = reply.getHeader('location');
    log.info({ ...span, keyId: caller?.keyId ?? null, method, url, status, ...(made && { made }), ip, durationMs });
  });
}

/** `file`: mode 0600; without one the lines go to the service's own log, marked. */
export function auditLog(file: string | undefined, log: Logger): Logger {
  if (file === undefined) return log.child({ log: 'audit' });
  const destination = pino.destination({ dest: file, append: true, mkdir: true, mode: 0o600, sync: true });
  destination.on('error', (error: unknown) => log.error({ err: error }, 'the audit log cannot be written'));
  return pino({ base: { log: 'audit' }, timestamp: pino.stdTimeFunctions.isoTime }, destination);
}
