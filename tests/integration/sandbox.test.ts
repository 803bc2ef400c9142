/**
 * What comes out of a sandbox is what the same bundle gives on one machine, and what its limits do is told as there.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { PieceReader } from '../../src/cluster/contracts/cut-pieces.ts';
import type { Piece } from '../../src/cluster/contracts/piece.ts';
import type { SandboxTask, SandboxUsage } from '../../src/cluster/sandbox/sandbox.ts';
import { startSandbox } from '../../src/cluster/sandbox/start-sandbox.ts';
import { DEFAULT_LIMITS } from '../../src/runtime/host/executor.ts';
import { inlineExecutor } from '../../src/runtime/host/executors/inline-executor.ts';
import { RunCollector } from '../../src/runtime/host/run-collector.ts';
import { REPOSITORY } from '../helpers/cli.ts';
import { inSandbox, planExample, QUIET, rawBundle, rawTask, taskOf } from '../helpers/sandbox-tasks.ts';

const EXAMPLES = readdirSync(`${REPOSITORY}/examples/strategies`).sort();
const OPTIONS = { limits: DEFAULT_LIMITS };

async function pieces(task: SandboxTask, unsafe = false) {
  const frames: Buffer[] = [];
  const onPiece = async (seq: number, frame: Buffer): Promise<void> => {
    expect(seq).toBe(frames.length);
    frames.push(Buffer.from(frame));
  };
  const outcome = await inSandbox(task, { onPiece }, { unsafe });
  const reader = new PieceReader();
  const whole = frames.map(frame => reader.take(frame)).filter(piece => piece !== undefined) as Piece[];
  return { outcome, frames, whole };
}

describe.each(EXAMPLES)('%s', file => {
  test('has the same result, and the same pieces twice', async () => {
    const { bundle, input } = await planExample(file);
    const collector = new RunCollector();
    const summary = await inlineExecutor().run(bundle, input, chunk => collector.add(chunk), OPTIONS);
    const task = taskOf(bundle, input, { kind: 'run' });
    const { outcome, frames, whole } = await pieces(task);
    expect(outcome).toEqual({
      verdict: 'DONE',
      pieces: frames.length,
      rootHash: rootHashOf(frames),
      resultHash: collector.resultHash(summary),
    });
    expect(whole.at(-1)).toEqual({ kind: 'summary', summary });
    expect(await inSandbox(task)).toEqual(outcome);
  });
});

function rootHashOf(frames: readonly Buffer[]): string {
  const hashes = frames.map(frame => createHash('sha256').update(frame).digest('hex'));
  return createHash('sha256').update(hashes.join('')).digest('hex');
}

test('slices, indicators and the description are those of one machine', async () => {
  const { bundle, input, description } = await planExample('sma-cross.ts');
  const { params, ...rest } = input;
  const sets = [5, 10, 15, 20].map(fast => ({ ...params, fast }));
  const slice = { ...rest, sets, metrics: ['sharpe'] };
  const rows = await inlineExecutor().slice(bundle, slice, OPTIONS);
  const { outcome, whole } = await pieces(taskOf(bundle, slice, { kind: 'slice', from: 1, to: 3 }));
  expect(outcome).toMatchObject({ verdict: 'DONE', pieces: 1 });
  expect(whole).toEqual([{ kind: 'rows', from: 1, rows: rows.slice(1, 3) }]);

  const columns = await inlineExecutor().indicators(bundle, input, OPTIONS);
  expect((await pieces(taskOf(bundle, input, { kind: 'indicators' }))).whole).toEqual([{ kind: 'columns', columns }]);
  expect((await pieces(rawTask(bundle.code, DEFAULT_LIMITS))).whole).toEqual([{ kind: 'description', description }]);
  expect((await pieces(rawTask(bundle.code, DEFAULT_LIMITS), true)).whole).toEqual([
    { kind: 'description', description },
  ]);
});

test("a strategy's error keeps its code and its place in the bundle", async () => {
  const outcome = await inSandbox(rawTask(rawBundle("throw new TypeError('no such bar');")));
  expect(outcome).toMatchObject({
    verdict: 'THROW',
    error: { code: 'GB_STRATEGY_THREW', message: 'TypeError: no such bar' },
  });
  expect(outcome).toHaveProperty('error.stack', expect.stringMatching(/gobool:bundle\/\d+:\d+:\d+/));
});

test('tells its steps, and never one before another that it told', async () => {
  const steps: number[] = [];
  const text = rawBundle(
    'const until = Date.now() + 1_000; const nap = new Int32Array(new SharedArrayBuffer(4));',
  ).replace(
    'run = () => {}',
    `run = (_, { progress }) => {
      for (let turn = 0; Date.now() < until; turn++) {
        progress[0] = turn + 50 * (turn % 2);
        Atomics.wait(nap, 0, 0, 10);
      }
    }`,
  );
  const { bundle, input } = await planExample('sma-cross.ts');
  const task = { ...taskOf(bundle, input, { kind: 'run' }), bundle: text };
  await inSandbox(task, { onProgress: (step, of) => steps.push(step) && expect(of).toBe(5_849) });
  expect(steps.length).toBeGreaterThan(1);
  expect(steps).toEqual(steps.toSorted((a, b) => a - b));
});

test('tells what it took, also where it was stopped', async () => {
  const used: SandboxUsage[] = [];
  const onUsage = (usage: SandboxUsage) => void used.push(usage);
  const busy = 'const until = process.cpuUsage().user + 400_000; while (process.cpuUsage().user < until);';
  const held = 'globalThis.held = new Uint8Array(120_000_000).fill(1);';
  await inSandbox(rawTask(rawBundle(`${held} ${busy}`), DEFAULT_LIMITS), { onUsage });
  await inSandbox(rawTask(rawBundle('')), { onUsage, signal: AbortSignal.abort() });
  expect(used).toHaveLength(2);
  expect(used[0]?.cpuMs).toBeGreaterThan(400);
  expect(used[0]?.peakBytes).toBeGreaterThan(120_000_000);
  expect(used[1]?.peakBytes).toBeGreaterThan(1_000_000);
});

test('stops at once when nobody wants it any more', async () => {
  const { bundle, input } = await planExample('rotation.ts');
  const controller = new AbortController();
  const task = taskOf(bundle, input, { kind: 'run' });
  const onPiece = async (): Promise<void> => controller.abort();
  const outcome = await inSandbox(task, { onPiece, signal: controller.signal });
  expect(outcome).toMatchObject({ verdict: 'CANCELLED', error: { code: 'GB_RUN_CANCELLED' } });
  expect(await inSandbox(task, { signal: AbortSignal.abort() })).toMatchObject({ verdict: 'CANCELLED' });
});

test('a slow reader slows the task down, and the watchdog waits for the reader', async () => {
  const { bundle, input } = await planExample('rotation.ts');
  const task = taskOf(bundle, input, { kind: 'run' });
  const spec = { ...task.spec, limits: { barTimeoutMs: 2_000, memoryMb: 256 } };
  const onPiece = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 3_000));
  expect(await inSandbox({ ...task, spec }, { onPiece })).toMatchObject({ verdict: 'DONE' });
});

test('a long result comes in parts, through a pipe that is often full', async () => {
  const { bundle, input } = await planExample('sma-cross.ts');
  const column = "[{ name: 'long', feed: 'main', values: new Float64Array(2_500_000).map((_, i) => i) }]";
  const text = rawBundle('').replace('indicators = () => []', `indicators = () => ${column}`);
  const task = { ...taskOf(bundle, input, { kind: 'indicators' }), bundle: text };
  const onPiece = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 300));
  expect(await inSandbox(task, { onPiece })).toMatchObject({ verdict: 'DONE', pieces: 3 });
  const { whole } = await pieces(task);
  expect(whole).toMatchObject([{ kind: 'columns', columns: [{ name: 'long' }] }]);
});

test('stays on its processor', async () => {
  await using sandbox = startSandbox({ cpu: 0 });
  await sandbox.ready;
  expect(readFileSync(`/proc/${sandbox.pid}/status`, 'utf8')).toMatch(/^Cpus_allowed_list:\t0$/m);
  expect(await sandbox.run(rawTask(rawBundle('')), QUIET)).toMatchObject({ verdict: 'DONE' });
});
