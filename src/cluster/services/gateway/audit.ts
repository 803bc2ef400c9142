/** The audit log: one line for each request that changes something or was refused, with who, what and how it ended. */
import type { App } from './gateway-parts.ts';

const READING = new Set(['GET', 'HEAD']);
const REFUSED = new Set([401, 403, 429]);

export function audit(app: App): void {
  const log = app.log.child({ log: 'audit' });
  app.addHook('onResponse', async ({ span, method, url, caller, ip }, { statusCode, elapsedTime: durationMs }) => {
    if (READING.has(method) && !REFUSED.has(statusCode)) return;
    log.info({ ...span, keyId: caller?.keyId ?? null, method, url, status: statusCode, ip, durationMs });
  });
}
