/**
 * The other side of the thread executor: loads one bundle, then runs it once.
 * It answers every message, and never throws: what a bundle throws crosses as data.
 */
import { parentPort } from 'node:worker_threads';
import type { BundleModule, Chunk } from '../bundle/abi.ts';
import { failureData } from './executors/failure-data.ts';
import { importBundle } from './executors/import-bundle.ts';
import { CONTROL, type FromWorker, type ToWorker } from './executors/thread-messages.ts';

/** Enough frames to reach the user's line below the engine's own. */
Error.stackTraceLimit = 50;

let bundle: BundleModule | undefined;

function say(message: FromWorker, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}

/** A chunk's columns change hands; what is only a view of something larger is copied first. */
function sayChunk(chunk: Chunk): void {
  const columns = { time: own(chunk.time), equity: own(chunk.equity), orders: own(chunk.orders), fills: own(chunk.fills) };
  const buffers = Object.values(columns).map(column => column.buffer);
  say({ type: 'chunk', chunk: { ...chunk, ...columns } }, [...new Set(buffers)]);
}

function own(column: Float64Array): Float64Array<ArrayBuffer> {
  const { buffer, byteLength } = column;
  const isWhole = buffer instanceof ArrayBuffer && byteLength === buffer.byteLength;
  return isWhole ? (column as Float64Array<ArrayBuffer>) : column.slice();
}

async function answer(message: ToWorker): Promise<void> {
  if (message.type === 'load') {
    bundle = await importBundle(message.code);
    say({ type: 'loaded', description: bundle.describe() });
  } else if (bundle !== undefined) {
    const { input, control } = message;
    const shouldStop = (): boolean => Atomics.load(control, CONTROL.stop) !== 0;
    say({ type: 'done', summary: bundle.run(input, { onChunk: sayChunk, progress: control, shouldStop }) });
  }
}

parentPort?.on('message', (message: ToWorker) => {
  answer(message).catch(error => say({ type: 'failed', error: failureData(error) }));
});
