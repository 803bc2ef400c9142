/** What every adapter of the port `Artifacts` must do. */
import { hash as digest } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Artifacts } from '../../src/cluster/ports/artifacts.ts';
import { errorOf } from '../helpers/errors.ts';

interface OpenArtifacts {
  readonly artifacts: Artifacts;
  /** Changes one stored byte. */
  readonly damage: (hash: string) => Promise<void>;
}

/** Of a size that no chunk divides; others than those of every other call. */
export function randomArtifact(bytes = 1_000_003): { readonly hash: string; readonly bytes: Buffer } {
  const content = Buffer.alloc(bytes, crypto.randomUUID());
  return { hash: digest('sha256', content), bytes: content };
}

export function artifactsContract(open: () => Promise<OpenArtifacts>): void {
  describe('artifacts', () => {
    test.each([0, 1, 255 * 1024, 5_000_001])('%i bytes are read as they were written', async size => {
      const { artifacts } = await open();
      const { hash, bytes } = randomArtifact(size);
      await artifacts.put(hash, bytes);
      expect((await artifacts.get(hash)).equals(bytes)).toBe(true);
    });

    test('what is missing is named, in order', async () => {
      const { artifacts } = await open();
      const [first, here, last] = [randomArtifact(10), randomArtifact(10), randomArtifact(10)];
      await artifacts.put(here.hash, here.bytes);
      expect(await artifacts.missing([last.hash, here.hash, first.hash])).toEqual([last.hash, first.hash]);
      expect(await artifacts.missing([])).toEqual([]);
      expect(await artifacts.has(here.hash)).toBe(true);
      expect(await artifacts.has(first.hash)).toBe(false);
      expect(await errorOf(() => artifacts.get(first.hash))).toMatchObject({
        code: 'GB_ARTIFACT_MISSING',
        message: `There is no artifact ${first.hash}.`,
      });
    });

    test('bytes of another hash are refused, and nothing is stored', async () => {
      const { artifacts } = await open();
      const { hash, bytes } = randomArtifact();
      const error = await errorOf(() => artifacts.put(hash, bytes.subarray(1)));
      expect(error.code).toBe('GB_ARTIFACT_BROKEN');
      expect(await artifacts.has(hash)).toBe(false);
    });

    test('of many puts at once one remains', async () => {
      const { artifacts } = await open();
      const { hash, bytes } = randomArtifact();
      await Promise.all(Array.from({ length: 6 }, () => artifacts.put(hash, bytes)));
      await artifacts.put(hash, bytes);
      expect((await artifacts.get(hash)).equals(bytes)).toBe(true);
    });

    test('a changed byte is noticed, and mended by the next put', async () => {
      const { artifacts, damage } = await open();
      const { hash, bytes } = randomArtifact();
      await artifacts.put(hash, bytes);
      await damage(hash);
      expect((await errorOf(() => artifacts.get(hash))).code).toBe('GB_ARTIFACT_BROKEN');
      await artifacts.put(hash, bytes);
      expect((await artifacts.get(hash)).equals(bytes)).toBe(true);
    });

    test('what was given and what was got are copies', async () => {
      const { artifacts } = await open();
      const { hash, bytes } = randomArtifact(100);
      const original = Buffer.from(bytes);
      await artifacts.put(hash, bytes);
      bytes.fill(0);
      (await artifacts.get(hash)).fill(1);
      expect((await artifacts.get(hash)).equals(original)).toBe(true);
    });
  });
}
