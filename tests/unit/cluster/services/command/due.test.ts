import { expect, test } from 'vitest';
import { dueTimes } from '../../../../../src/cluster/services/command/due.ts';
import type { Policies } from '../../../../../src/cluster/services/command/hospital/policies.ts';

test('what lies further ahead than any pause is due: the clock was set back', () => {
  expect(dueTimes({}, 1_000)).toEqual({ nowMs: 1_000, neverMs: 41_000 });
  expect(dueTimes({}, 1_000, 60_000).neverMs).toBe(71_000);
  const policies: Policies = { GB_SANDBOX_EXIT: { retryMs: [5, 600_000], finally: 'ignore' } };
  expect(dueTimes(policies, 0).neverMs).toBe(610_000);
  expect(dueTimes({ '*': { retryMs: [90_000], finally: 'person' } }, 0).neverMs).toBe(100_000);
});
