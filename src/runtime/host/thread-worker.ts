/**
 * The other side of the thread executor: loads one bundle, then runs it once.
 * It answers every message, and never throws: what a bundle throws crosses as data.
 */
import { parentPort } from 'node:worker_threads';
import type { BundleModule, Chunk } from '../bundle/abi.ts';
import { packTrades } from '../metrics/packed-trades.ts';
import { closeDetours } from './executors/close-detours.ts';
import { failureData } from './executors/failure-data.ts';
import { importBundle } from './executors/import-bundle.ts';
import { CONTROL, type FromWorker, type ToWorker } from './executors/thread-messages.ts';

/** Enough frames to reach the user's line below the engine's own. */
Error.stackTraceLimit = 50;
closeDetours();

let bundle: BundleModule | undefined;

function say(message: FromWorker, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}

/** The engine keeps its columns: copies of them change hands. Its rows lie in shared memory. */
function sayChunk(chunk: Chunk): void {
  const [time, equity] = [chunk.time.slice(), chunk.equity.slice()];
  say({ type: 'chunk', chunk: { ...chunk, time, equity } }, [time.buffer, equity.buffer]);
}

function hooksOf(control: Int32Array) {
  return { progress: control, shouldStop: () => Atomics.load(control, CONTROL.stop) !== 0 };
}

async function answer(message: ToWorker): Promise<void> {
  if (message.type === 'load') {
    bundle = importBundle(message.code);
    say({ type: 'loaded', description: bundle.describe() });
  } else if (bundle === undefined) {
    return;
  } else if (message.type === 'slice') {
    // Hashing takes memory that a single run does not need.
    const { hashedSlice } = await import('./hashed-slice.ts');
    const { input, control } = message;
    const onTurn = (index = -1) => void Atomics.store(control, CONTROL.set, index);
    say({ type: 'rows', rows: hashedSlice(bundle, input, { ...hooksOf(control), onTurn }) });
  } else if (message.type === 'indicators') {
    say({ type: 'indicators', columns: bundle.indicators(message.input, { progress: message.control }) });
  } else {
    const { input, control } = message;
    const { trades, ...summary } = bundle.run(input, { onChunk: sayChunk, keepsRows: 'shared', ...hooksOf(control) });
    const packed = packTrades(trades);
    say({ type: 'done', summary, trades: packed }, [packed.rows.buffer]);
  }
}

/** What is printed leaves a thread line by line, each once the one before has arrived; its end cuts off the rest. */
function printed(): Promise<void> {
  return new Promise(resolve => {
    if (process.stderr.writableLength === 0) resolve();
    else process.stderr.write('', () => resolve());
  });
}

parentPort?.on('message', async (message: ToWorker) => {
  await answer(message).catch((error: unknown) => say({ type: 'failed', error: failureData(error) }));
  await printed();
  say({ type: 'printed' });
});
