/** A sweep against the C loop, which computes both averages again for every set; and the whole program. */
import { strictEqual } from 'node:assert/strict';
import type { Measured } from '../engine-process.ts';
import { compared, type Row } from '../lib/row.ts';
import { runBare, runC, runSlices } from '../lib/workshop.ts';
import type { SliceWork } from '../slice-process.ts';
import { measureSweepCommand } from './sweep-command.ts';

const BARS = 100_000;
const TURNS = 3;

export async function measureSweep(): Promise<Row[]> {
  return [
    { ...slices('sweep, 1,000 x 100,000 bars, signals', { strategy: 'signals', hash: false }), wanted: 0.7 },
    byTurns('bare loops in TypeScript, 1,000 x 100,000 bars', () =>
      runBare({ kind: 'sweep', bars: BARS, rounds: 1, warmUps: 0 }),
    ),
    slices('signals, every run hashed', { strategy: 'signals', hash: true }),
    { ...slices('sweep, 1,000 x 100,000 bars, onBar', { strategy: 'onBar', hash: false }), wanted: 3 },
    ...(await measureSweepCommand()),
  ];
}

function slices(name: string, work: Pick<SliceWork, 'strategy' | 'hash'>): Row {
  return byTurns(name, () => runSlices({ ...work, bars: BARS, rounds: 1 }));
}

/** C and ours by turns; both start cold, since a sweep is one long round. */
function byTurns(name: string, run: () => Measured): Row {
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < TURNS; turn++) {
    const c = runC(BARS, 1, 'sweep');
    const engine = run();
    strictEqual(engine.fills, c.fills, 'the sweep and C do not trade equally often');
    strictEqual(Math.abs(engine.equity / c.equity - 1) < 1e-9, true, 'their equities differ');
    theirs.push(...c.ms);
    ours.push(...engine.ms);
  }
  return compared(name, ours, 'C', theirs);
}
