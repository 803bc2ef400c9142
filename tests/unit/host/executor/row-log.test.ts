import { expect, test } from 'vitest';
import { type KeepsRows, RowLog } from '../../../../src/runtime/engine/row-log.ts';

const WIDTH = 2;

function write(log: RowLog, ...firsts: number[]): void {
  for (const first of firsts) {
    const start = log.append();
    log.rows.set([first, -first], start);
  }
}

test.each<KeepsRows>([true, 'shared'])('rows that are kept (%s) stay as they were taken', keeps => {
  const log = new RowLog(WIDTH, keeps, 1);
  write(log, 1, 2, 3);
  const first = log.take();
  write(log, 4);
  const second = log.take();
  expect([[...first], [...second]]).toEqual([
    [1, -1, 2, -2, 3, -3],
    [4, -4],
  ]);
  expect(log.taken).toEqual([first, second]);
  expect(first.buffer instanceof SharedArrayBuffer).toBe(keeps === 'shared');
});

test('rows that are not kept are there until the next append', () => {
  const log = new RowLog(WIDTH, false, 1);
  write(log, 1);
  const rows = log.take();
  expect([...rows]).toEqual([1, -1]);
  write(log, 2);
  expect([...rows]).toEqual([2, -2]);
  expect(log.taken).toEqual([]);
});

test('no rows are a view of nothing: sent to a thread, a view brings all of its buffer', () => {
  const log = new RowLog(WIDTH, 'shared');
  expect(log.take().buffer.byteLength).toBe(0);
});
