import { hash as digest } from 'node:crypto';
import { GoboolError } from '../../runtime/base/error.ts';

/** Throws `GB_ARTIFACT_BROKEN` for bytes of another hash. */
export function requireHash(hash: string, bytes: Uint8Array): void {
  const found = digest('sha256', bytes);
  if (found === hash) return;
  throw new GoboolError(
    'GB_ARTIFACT_BROKEN',
    `The ${bytes.byteLength} bytes of artifact ${hash} have the hash ${found}.`,
  );
}

export const artifactMissing = (hash: string) =>
  new GoboolError('GB_ARTIFACT_MISSING', `There is no artifact ${hash}.`);
