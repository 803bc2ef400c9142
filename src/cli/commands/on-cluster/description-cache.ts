/**
 * What bundles say of their strategies, by bundle, in `.gobool/cache`: a pure function of the bundle, so it is asked
 * for once. A cache that cannot be read or written is no cache.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Descriptions } from '../../../cluster/client/cluster-executor.ts';
import { decodeFrame, encodeFrame } from '../../../cluster/contracts/frame.ts';
import type { StrategyDescription } from '../../../runtime/bundle/abi.ts';
import { writeFileAtomic } from '../../../runtime/host/files.ts';
import { cacheOf } from '../../../runtime/host/folders.ts';

export function descriptionCache(projectDir: string): Descriptions {
  const pathOf = (bundleHash: string) => join(cacheOf(projectDir), `${bundleHash.slice(0, 32)}.description`);
  return {
    get(bundleHash) {
      try {
        return decodeFrame(readFileSync(pathOf(bundleHash))) as StrategyDescription;
      } catch {
        return undefined;
      }
    },
    set(bundleHash, description) {
      try {
        writeFileAtomic(pathOf(bundleHash), [encodeFrame(description)]);
      } catch {
        /* It is asked for again. */
      }
    },
  };
}
