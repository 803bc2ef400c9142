/** `gobool doctor`: whether this machine and project can run backtests. */
import * as z from 'zod/mini';
import { defineHandler } from '../../define-handler.ts';
import { VERSION } from '../../version.ts';
import type { Check } from './check.ts';
import { checksText } from './check-text.ts';
import { runChecks } from './checks.ts';

const EXIT_BLOCKED = 6;

export const doctor = defineHandler(z.object({}), async (_options, context) => {
  const { out } = context;
  const checks = await runChecks(context);
  const isBlocked = checks.some(check => check.status === 'blocker');
  return {
    data: { gobool: VERSION, checks },
    text: () => [`gobool ${VERSION}`, checksText(checks, out.paint), verdict(checks)].join('\n\n'),
    exitCode: isBlocked ? EXIT_BLOCKED : 0,
  };
});

function verdict(checks: readonly Check[]): string {
  const blockers = checks.filter(check => check.status === 'blocker').map(check => check.name);
  return blockers.length === 0 ? 'Ready to run backtests.' : `Not ready: ${blockers.join(', ')}.`;
}
