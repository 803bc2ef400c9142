/** The engine against the C loop that does the same work, warm and in fresh processes. Their results must agree. */
import { strictEqual } from 'node:assert/strict';
import type { Measured, Work } from '../engine-process.ts';
import { compared, type Row } from '../lib/row.ts';
import { type CResult, runBare, runC, runEngine } from '../lib/workshop.ts';

const MILLION = 1_000_000;
const PROCESSES = 3;
const FRESH_PROCESSES = 7;

export function measureEngine(): Row[] {
  const bars = warm('onBar, 1,000,000 bars', { strategy: 'onBar', bars: MILLION });
  const fewer = warm('onBar, 100,000 bars', { strategy: 'onBar', bars: MILLION / 10 });
  return [
    { ...bars, wanted: 3 },
    fewer,
    {
      name: 'onBar, cost per bar',
      value: bars.value,
      unit: 'ms',
      against: '100,000',
      ...growth(bars, fewer),
      wanted: 1.1,
    },
    warm('onBar with metrics', { strategy: 'onBar', bars: MILLION, stage: 'metrics' }),
    warm('onBar with metrics and hash', { strategy: 'onBar', bars: MILLION, stage: 'hash' }),
    { ...warm('signals, 1,000,000 bars', { strategy: 'signals', bars: MILLION }), wanted: 1.5 },
    bareLoops(),
    warm('signals, 100,000 bars', { strategy: 'signals', bars: MILLION / 10 }),
    { ...fresh('onBar, 100,000 bars, fresh process', { strategy: 'onBar', bars: 100_000 }), wanted: 20 },
    inMs({ ...fresh('onBar, 10,000 bars, fresh process', { strategy: 'onBar', bars: 10_000 }), wanted: 12 }),
    { ...fresh('signals, 100,000 bars, fresh process', { strategy: 'signals', bars: 100_000 }), wanted: 20 },
    inMs({ ...fresh('signals, 10,000 bars, fresh process', { strategy: 'signals', bars: 10_000 }), wanted: 12 }),
  ];
}

type Case = Pick<Work, 'strategy' | 'bars' | 'stage'>;

function warm(name: string, work: Case): Row {
  // As many bars before the first round that counts, so that a short run is as warm as a long one.
  return inTurns(name, PROCESSES, work, { rounds: 15, warmUps: (12 * MILLION) / work.bars }, 15);
}

function fresh(name: string, work: Case): Row {
  return inTurns(name, FRESH_PROCESSES, work, { rounds: 1, warmUps: 0 }, 1);
}

/** The part of the ratio to C that is V8's, not the engine's. */
function bareLoops(): Row {
  const work = { kind: 'run', bars: MILLION, rounds: 15, warmUps: 12 } as const;
  return byTurns('bare loops in TypeScript, 1,000,000 bars', PROCESSES, () => runBare(work), MILLION, 15);
}

function inTurns(name: string, turns: number, work: Case, how: Pick<Work, 'rounds' | 'warmUps'>, cRounds: number): Row {
  return byTurns(name, turns, () => runEngine({ ...work, ...how }), work.bars, cRounds);
}

/** C and ours by turns, so that what else the machine does meets both. */
function byTurns(name: string, turns: number, run: () => Measured, bars: number, cRounds: number): Row {
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < turns; turn++) {
    const c = runC(bars, cRounds);
    const engine = run();
    requireAgreement(engine, c);
    ours.push(...engine.ms);
    theirs.push(...c.ms);
  }
  return compared(name, ours, 'C', theirs);
}

/** The same number of fills, and end equity to 1e-9 of it. */
function requireAgreement(engine: Measured, c: CResult): void {
  strictEqual(engine.fills, c.fills, 'the engine and C do not trade equally often');
  const error = Math.abs(engine.equity / c.equity - 1);
  strictEqual(error < 1e-9, true, `end equity is ${engine.equity}, but that of C is ${c.equity}`);
}

function growth(many: Row, few: Row): Pick<Row, 'ratio'> {
  return { ratio: many.value / 10 / few.value };
}

/** A row whose time counts, not its ratio. */
function inMs({ ratio: _ratio, against: _against, ...row }: Row): Row {
  return row;
}
