/** Every engine of the cluster, killed and paused. */
import { beforeAll } from 'vitest';
import { ENGINE_NAMES } from '../../src/cluster/dev/component.ts';
import { testHealing } from '../helpers/healing.ts';
import { testCluster } from '../helpers/test-cluster.ts';

beforeAll(testCluster);

testHealing(ENGINE_NAMES, 'shared');
