import { expect, test } from 'vitest';
import { isUp } from '../../../../src/cli/commands/cluster/is-up.ts';
import { KAFKA_FAILED, statusOf } from '../../../helpers/cluster-status.ts';

const FAILED = { ...KAFKA_FAILED, state: 'failed' } as const;

test('what was asked for is up when all that it needs is, and whatever becomes of the rest', () => {
  const status = statusOf({ gateway: { needs: ['worker'] }, worker: { ...FAILED, needs: ['kafka'] } }, 'degraded');
  expect(isUp(status, ['gateway'])).toBe(false);
  expect(isUp(status, ['postgres', 'etcd'])).toBe(true);
  expect(isUp(status, undefined)).toBe(false);
  const engine = statusOf({ gateway: { needs: ['worker'] }, worker: { needs: ['kafka'] }, kafka: FAILED }, 'degraded');
  expect(isUp(engine, ['gateway'])).toBe(false);
  expect(isUp(engine, ['mongodb'])).toBe(true);
});
