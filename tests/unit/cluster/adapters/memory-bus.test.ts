import { randomUUID } from 'node:crypto';
import { memoryBus } from '../../../../src/cluster/adapters/memory/bus.ts';
import { busContract } from '../../../contracts/bus.ts';
import { busPartitionContract } from '../../../contracts/bus-partition.ts';

const open = async () => {
  const bus = memoryBus();
  const makeTopic = async (partitions: number) => {
    const name = `topic-${randomUUID()}`;
    bus.makeTopic(name, partitions);
    return name;
  };
  return { bus, makeTopic };
};

busContract(open);
busPartitionContract(open);
