/** Copies what a container prints into the cluster's log file, from where an earlier daemon stopped. */
import { createWriteStream } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { EngineApi } from './engine-api.ts';

/** `00 00 00` after the stream's number, then the length of what follows, big-endian. */
const HEADER_BYTES = 8;

/** Resolves once the container has ended and all that it printed is in the file. */
export async function copyLog(engine: EngineApi, id: string, file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const since = await stat(file).then(
    ({ mtimeMs }) => mtimeMs / 1000,
    () => 0,
  );
  const query = `follow=1&stdout=1&stderr=1&since=${since.toFixed(6)}`;
  const printed = await engine.stream(`/containers/${id}/logs?${query}`);
  await pipeline(printed, withoutHeaders(), createWriteStream(file, { flags: 'a' }));
}

/** The engine sends both streams of a container as one, in frames that arrive in any pieces. */
export function withoutHeaders(): Transform {
  let pending: Buffer = Buffer.alloc(0);
  return new Transform({
    transform(piece: Buffer, _encoding, done) {
      pending = Buffer.concat([pending, piece]);
      while (pending.length >= HEADER_BYTES) {
        const end = HEADER_BYTES + pending.readUInt32BE(4);
        if (pending.length < end) break;
        this.push(pending.subarray(HEADER_BYTES, end));
        pending = pending.subarray(end);
      }
      done();
    },
  });
}
