import { memoryArtifacts } from '../../../../src/cluster/adapters/memory/artifacts.ts';
import { artifactsContract } from '../../../contracts/artifacts.ts';

artifactsContract(async () => {
  const stored = new Map<string, Buffer>();
  return {
    artifacts: memoryArtifacts(stored),
    async damage(hash) {
      stored.get(hash)?.write('X', 7);
    },
  };
});
