import { expect, test } from 'vitest';
import { fallenBystanders } from '../../../../src/cluster/chaos/bystanders.ts';
import { statusOf } from '../../../helpers/cluster-status.ts';

const BEFORE = statusOf();

test('whoever is another process, or was started again, has fallen; the target may', () => {
  const after = statusOf({ kafka: { pid: 1, restarts: 1 }, join: { pid: 2, restarts: 1 }, etcd: { restarts: 3 } });
  const fallen = fallenBystanders(BEFORE, after, 'kafka').map(text => text.split(' ')[0]);
  expect(fallen).toEqual(['etcd', 'join']);
  expect(fallenBystanders(BEFORE, after, 'everything')).toEqual([]);
});

test('what was not healthy before is nobody’s fault', () => {
  const before = statusOf({ join: { state: 'restarting', pid: null } });
  expect(fallenBystanders(before, statusOf({ join: { restarts: 1 } }), 'kafka')).toEqual([]);
});
