/**
 * Lists of files with their hashes, one `<sha256>  <bytes>  <path>` a line: the lock tables of `engines/`, and the
 * manifest of every folder in the cache.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

export interface HashedFile {
  /** 64 lower-case hex digits. */
  readonly sha256: string;
  readonly bytes: number;
  /** Relative, with slashes. */
  readonly path: string;
}

const LINE = /^([0-9a-f]{64}) {2}(\d+) {2}(\S.*)$/;

/** Undefined where a line is no such line: the list is damaged. */
export function parseHashLines(text: string): readonly HashedFile[] | undefined {
  const files = text
    .trimEnd()
    .split('\n')
    .flatMap(line => {
      const [, sha256, bytes, path] = LINE.exec(line) ?? [];
      return sha256 && bytes && path ? [{ sha256, bytes: Number(bytes), path }] : [];
    });
  return text.endsWith('\n') && files.length === text.trimEnd().split('\n').length ? files : undefined;
}

export const formatHashLines = (files: readonly HashedFile[]): string =>
  files.map(({ sha256, bytes, path }) => `${sha256}  ${bytes}  ${path}\n`).join('');

export async function hashFile(path: string, algorithm: 'sha256' | 'sha512' = 'sha256'): Promise<Buffer> {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(path), hash);
  return hash.digest();
}
