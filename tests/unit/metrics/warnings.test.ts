import { expect, test } from 'vitest';
import type { RunRecord } from '../../../src/runtime/engine/record.ts';
import { fillTotals } from '../../../src/runtime/metrics/fill-totals.ts';
import { rejectionsOf } from '../../../src/runtime/metrics/rejections.ts';
import { tradesOf } from '../../../src/runtime/metrics/trades-of.ts';
import { warningsOf } from '../../../src/runtime/metrics/warnings.ts';
import { DAY, type FillSketch, fillRows, flatBars, recordOf, rejectedOrders, START } from './records.ts';

/** Forty equal round trips over four years, with costs: nothing to warn of. */
const QUIET: readonly FillSketch[] = Array.from({ length: 80 }, (_, index) => ({
  quantity: index % 2 === 0 ? 1 : -1,
  price: index % 2 === 0 ? 100 : 101,
  fee: 0.1,
}));

function warned(fills: readonly FillSketch[], changes: Partial<RunRecord> = {}): [string, string][] {
  const record = recordOf([1000, 1010], { endTime: START + 1461 * DAY, fills: [fillRows(fills)], ...changes });
  const trades = tradesOf(record, [flatBars()]);
  const rejections = rejectionsOf(record.orders);
  const facts = { record, fills: fillTotals(record), trades, rejections };
  return warningsOf(facts).map(({ code, message }) => [code, message]);
}

test('a long run with many trades and costs has no warning', () => {
  expect(warned(QUIET)).toEqual([]);
});

test.each<[string, readonly FillSketch[], Partial<RunRecord>, string]>([
  [
    'wiped-out',
    QUIET,
    { state: 'wiped-out', finalEquity: -12.5, endTime: START + 700 * DAY },
    'Equity fell to -12.50 on 2021-11-30, which ended the run; use less leverage or limit losses.',
  ],
  [
    'margin-call',
    QUIET,
    { marginCalls: [3, 5, 5.5, 8, 9, 11].map(day => START + day * DAY) },
    '6 margin calls (2020-01-03, 2020-01-05, 2020-01-06, 2020-01-08, 2020-01-09 ...) closed all positions at the next ' +
      'open and cancelled what waited; use less leverage or limit losses.',
  ],
  [
    'never-started',
    [],
    { steps: 120, firstStep: 120, undefinedIndicators: ['fast', 'slow'] },
    'The strategy never ran: after 120 bars, `fast`, `slow` still had no value; use more data or shorter periods.',
  ],
  [
    'no-trades',
    [],
    {},
    'No order was filled in 2 bars; check when the strategy orders, and its types with npx tsc --noEmit.',
  ],
  [
    'no-costs',
    QUIET.map(fill => ({ ...fill, fee: 0 })),
    {},
    'All 80 fills were free, which no market offers; add costs, such as --fee 10bps --slippage 2bps.',
  ],
  [
    'no-costs',
    QUIET.map(fill => ({ ...fill, quantity: fill.quantity * 1000, fee: 0.002 })),
    {},
    'All 80 fills cost 0.16 together: a plain number is cash a fill, a rate is written 0.2% or 20bps.',
  ],
  [
    'few-trades',
    QUIET.slice(0, 58),
    {},
    'Only 29 closed trades: below 30, luck explains most results; test on a longer range or more products.',
  ],
  [
    'short-span',
    QUIET,
    { endTime: START + 64 * DAY },
    'The run spans 63 days: CAGR, volatility, Sharpe and turnover extrapolate that and may be far off.',
  ],
  [
    'far-bracket',
    QUIET,
    { farSides: 1 },
    '1 side of a bracket lay over ten times above or below the market; stopLoss and takeProfit are prices, such as ' +
      'close.value * 0.95, or an { offset }.',
  ],
  [
    'ambiguous-bars',
    QUIET,
    { ambiguousBars: 1 },
    'In 1 bar both sides of a bracket could have filled, and the stop was taken; --range shows what that decides.',
  ],
  [
    'outside-bar',
    QUIET.map((fill, index) => ({ ...fill, flags: index < 4 ? 2 : 0 })),
    {},
    'Slippage put 4 of 80 fills (5.0%) outside the range of their bar; check it against how far a bar moves.',
  ],
  [
    'large-share',
    QUIET.map((fill, index) => ({ ...fill, flags: index < 8 ? 4 : 1 })),
    {},
    "8 of 80 fills (10.0%) took over 10% of their bar's volume and would move it; " +
      'trade less, or set account.maxParticipation.',
  ],
  [
    'rejected-orders',
    QUIET,
    { orders: rejectedOrders(['buying-power', 'buying-power', 'short-not-allowed']) },
    '3 orders were rejected (2 buying-power, 1 short-not-allowed), so the strategy did not trade as written; ' +
      'order less, or raise --cash or --leverage; permit shorts with --allow-short.',
  ],
  [
    'one-trade',
    QUIET.map((fill, index) => ({ ...fill, price: index === 1 ? 1000 : fill.price })),
    {},
    'One trade made 899.80, 97% of what all winning trades made; see what remains without it.',
  ],
  [
    'open-position',
    [...QUIET, { quantity: 2, price: 90, fee: 0.5 }],
    { positions: [{ quantity: 2, averagePrice: 90, lastPrice: 95 }] },
    '1 position is still open at the end: 9.50 of the result is marked at the last close, not realised.',
  ],
])('%s', (code, fills, changes, message) => {
  expect(warned(fills, changes)).toEqual([[code, message]]);
});

test('many are written as one number is', () => {
  const [[, message] = []] = warned(QUIET, { orders: rejectedOrders(Array(1_200).fill('below-lot')) });
  expect(message).toMatch(/^1,200 orders were rejected \(1,200 below-lot\)/);
});

test('rejected orders alone explain why nothing was filled', () => {
  const codes = warned([], { orders: rejectedOrders(['below-lot']) }).map(([code]) => code);
  expect(codes).toEqual(['rejected-orders']);
});
