import { createHash } from 'node:crypto';
import { encodeFrame } from '../contracts/frame.ts';

/** Bytes that the cluster keeps by their hash. */
export interface Artifact {
  /** SHA-256, lower-case hex. */
  readonly hash: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

export const textArtifact = (text: string): Artifact => artifact(Buffer.from(text));

/** `value`: what `encodeFrame` takes. */
export const frameArtifact = (value: unknown): Artifact => artifact(encodeFrame(value));

function artifact(bytes: Buffer): Artifact {
  return {
    hash: sha256(bytes),
    bytes: new Uint8Array(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength),
  };
}
