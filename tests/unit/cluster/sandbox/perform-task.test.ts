/** What a task gives away is cut by the task alone, and is the same whether its sets run in one slice or in many. */
import { expect, test } from 'vitest';
import type { Piece } from '../../../../src/cluster/contracts/piece.ts';
import { performTask } from '../../../../src/cluster/sandbox/perform-task.ts';
import { DEFAULT_LIMITS } from '../../../../src/runtime/host/executor.ts';
import { inlineExecutor } from '../../../../src/runtime/host/executors/inline-executor.ts';
import { threadExecutor } from '../../../../src/runtime/host/executors/thread-executor.ts';
import { planExample, taskOf } from '../../../helpers/sandbox-tasks.ts';

const limits = DEFAULT_LIMITS;

test('a part of a sweep comes in pieces of four slices, and says on its way how far it is', async () => {
  const { bundle, input } = await planExample('sma-cross.ts');
  const sets = Array.from({ length: 1_400 }, (_, i) => ({ fast: 3 + (i % 20), slow: 30 + Math.floor(i / 20) }));
  const sweep = { sets, metrics: [], feeds: input.feeds.map(feed => ({ ...feed })), options: input.options };
  const {
    spec,
    bundle: code,
    input: stored,
    datasets,
  } = taskOf(bundle, sweep, { kind: 'slice', from: 100, to: 1_400 });
  const pieces: Extract<Piece, { kind: 'rows' }>[] = [];
  const told: number[] = [];
  const executor = threadExecutor();
  await performTask(
    executor,
    { spec, code, frames: [stored ?? Buffer.alloc(0), ...datasets.values()] },
    { limits, onProgress: (step, steps) => void told.push(step / steps) },
    piece => {
      if (piece.kind === 'rows') pieces.push(piece);
    },
  );
  await executor.close();
  expect(pieces.map(({ from, rows }) => [from, rows.length])).toEqual([
    [100, 1_024],
    [1_124, 276],
  ]);
  const slices = told.map(share => Math.floor(share * 6));
  expect(slices).toEqual(slices.toSorted((a, b) => a - b));
  expect(new Set(slices).size).toBeGreaterThan(1);
  expect(told.every(share => share >= 0 && share < 1)).toBe(true);
  const whole = await inlineExecutor().slice(bundle, { ...sweep, sets: sets.slice(100) }, { limits });
  expect(pieces.flatMap(({ rows }) => rows)).toEqual(whole);
});
