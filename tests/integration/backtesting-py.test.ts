/** The dialect `backtesting.py` against the package itself, on the same equity, benchmark and trades. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DEFAULT_RUN_OPTIONS } from '../../src/runtime/engine/run-options.ts';
import { runStrategy } from '../../src/runtime/engine/run-strategy.ts';
import { defineStrategy } from '../../src/runtime/index.ts';
import { inDialect } from '../../src/runtime/metrics/dialects/dialect.ts';
import type { Metric } from '../../src/runtime/metrics/metric.ts';
import { summarize } from '../../src/runtime/metrics/summarize.ts';
import type { RunSummary } from '../../src/runtime/metrics/summary.ts';
import { runPython } from '../helpers/python.ts';
import { temporaryDir } from '../helpers/temporary-dir.ts';
import { DAY, datasetOf, SPY, START } from '../unit/metrics/records.ts';

const CRYPTO = { ...SPY, id: 'crypto.X.test', calendar: '24/7' } as const;

/** Enters in two parts, leaves in one or the other way round, and holds some at the end. */
const STRATEGY = defineStrategy({
  name: 'in-parts',
  state: () => ({ bar: -1 }),
  onBar({ state, order }) {
    const index = ++state.bar;
    if (index % 40 === 3) order.target(0.5);
    if (index % 40 === 9) order.target(1.5);
    if (index % 40 === 21) order.target(index % 3 === 0 ? 0 : -0.7);
    if (index % 40 === 33) order.target(0);
  },
});

function closesOf(count: number, seed: number): number[] {
  const closes = [100];
  for (let i = 1; i < count; i++) {
    const noise = ((Math.imul(i + seed, 2_654_435_761) >>> 0) / 2 ** 32 - 0.495) * 0.04;
    closes.push(closes.at(-1)! * (1 + noise));
  }
  return closes;
}

/** Bars on the days that `opens` lets pass, counted from a Wednesday. */
function summaryOf(count: number, isOpen: (day: number) => boolean, step = 1) {
  const days = Array.from({ length: count * 3 }, (_, day) => day * step)
    .filter(isOpen)
    .slice(0, count);
  const time = Float64Array.from(days, day => START + day * DAY);
  const feed = datasetOf(closesOf(count, 1), CRYPTO, { time });
  const benchmark = datasetOf(closesOf(count, 99), { ...CRYPTO, id: 'crypto.Y.test' }, { time });
  const options = {
    ...DEFAULT_RUN_OPTIONS,
    fee: { kind: 'rate', rate: 0.001 },
    allowShort: true,
    leverage: 2,
  } as const;
  const input = { params: {}, feeds: [feed], options, benchmark };
  const hooks = { onChunk() {}, progress: new Int32Array(1), shouldStop: () => false };
  return summarize(runStrategy(STRATEGY, input, hooks), input);
}

// The first day is a Wednesday, so that days 3 and 4 of a week are its weekend.
const CASES = {
  'every day': summaryOf(900, () => true),
  'weekdays only': summaryOf(700, day => day % 7 !== 3 && day % 7 !== 4),
  weekly: summaryOf(150, () => true, 7),
  'two bars': summaryOf(2, () => true),
};

const CURVE = ['volatility', 'sharpe', 'sortino', 'calmar'];

test('every statistic that both have is the same, for the run and for its benchmark', async () => {
  const path = join(temporaryDir(), 'cases.json');
  writeFileSync(path, JSON.stringify(Object.values(CASES).map(sampleOf)));
  const theirs: readonly Theirs[] = JSON.parse(await runPython('backtesting_stats.py', [path]));
  Object.entries(CASES).forEach(([name, summary], index) => {
    const { metrics, benchmark } = inDialect(summary, 'backtesting.py');
    for (const [key, value] of Object.entries(theirs[index]!.metrics))
      expectSame(`${name}: ${key}`, metrics[key], value);
    for (const key of CURVE) {
      expectSame(`${name}, benchmark: ${key}`, benchmark.metrics[key], theirs[index]!.benchmark[key] ?? null);
    }
  });
});

test('the runs are worth comparing', () => {
  const { metrics } = CASES['every day'];
  expect(metrics.trades!.value).toBeGreaterThan(50);
  expect(CASES['every day'].trades.some(trade => trade.open)).toBe(true);
});

interface Theirs {
  readonly metrics: Readonly<Record<string, number | null>>;
  readonly benchmark: Readonly<Record<string, number | null>>;
}

/** What the script reads; times are opens of daily bars. */
function sampleOf({ daily, benchmark, trades }: RunSummary) {
  return {
    times: [...daily.times].map(time => time - DAY),
    equity: [...daily.values],
    benchmark: [...benchmark.equity],
    trades: trades
      .filter(trade => !trade.open)
      .map(({ entryStep, bars, pnl, returnRatio }) => [entryStep, entryStep + bars, pnl, returnRatio]),
  };
}

function expectSame(what: string, own: Metric | undefined, value: number | null): void {
  const ours = own!.value;
  if (value === null || ours === null) expect([what, ours]).toEqual([what, value]);
  else expect(Math.abs(ours - value), what).toBeLessThan(1e-9 * Math.max(1, Math.abs(value)));
}
