import { MemoryKeys } from '../../../../src/cluster/adapters/memory/memory-keys.ts';
import { memoryLeases } from '../../../../src/cluster/adapters/memory/memory-leases.ts';
import { memoryObjects } from '../../../../src/cluster/adapters/memory/memory-objects.ts';
import { leasesContract } from '../../../contracts/leases.ts';
import { objectsContract } from '../../../contracts/objects.ts';

const keys = new MemoryKeys();

objectsContract(async kind => memoryObjects(keys, kind));

leasesContract(async () => {
  const leases = memoryLeases(keys);
  return { leases, revoke: async id => leases.revoke(id), read: async key => keys.get(key)?.text };
});
