import * as z from 'zod/mini';
import { money, percent, signed } from '../../../runtime/base/format.ts';
import { findRun } from '../../../runtime/host/store/find-run.ts';
import { readCurve, readRun } from '../../../runtime/host/store/read-run.ts';
import type { Trade } from '../../../runtime/metrics/trades.ts';
import { momentText } from '../../../runtime/report/format.ts';
import { backtestData } from '../../../runtime/report/json.ts';
import { renderBacktest } from '../../../runtime/report/text.ts';
import { defineHandler } from '../../define-handler.ts';
import { type Column, type TableStyle, tableText } from '../../output/table.ts';
import { textStyle } from '../../output/text-style.ts';
import { openExistingStore } from './existing-store.ts';

const input = z.object({ run: z.string(), trades: z.optional(z.boolean()) });

export const runShow = defineHandler(input, async ({ run: reference, trades: listsTrades }, { out, projectDir }) => {
  using store = await openExistingStore(projectDir);
  const run = await readRun(store, await findRun(store, reference));
  const equity = await readCurve(store, run.runId);
  const { summary } = run;
  return {
    data: { ...backtestData(summary, run), ...(listsTrades && { tradeList: summary.trades }) },
    warnings: summary.warnings,
    runId: run.runId,
    text: () => {
      const report = renderBacktest(summary, { ...run, equity }, textStyle(out));
      return listsTrades ? `${report}\n${tradesText(summary.trades, out)}` : report;
    },
  };
});

const COLUMNS: readonly Column[] = [
  { title: 'product', shrinks: true },
  { title: 'side' },
  { title: 'entry' },
  { title: 'exit' },
  { title: 'quantity', align: 'right' },
  { title: 'return', align: 'right' },
  { title: 'profit', align: 'right' },
];

function tradesText(trades: readonly Trade[], style: TableStyle): string {
  const rows = trades.map(trade => [
    trade.product,
    trade.side,
    momentText(trade.entryTime),
    trade.open ? 'open' : momentText(trade.exitTime),
    String(Number(trade.quantity.toPrecision(6))),
    signed(percent(trade.returnRatio, 2)),
    signed(money(trade.pnl)),
  ]);
  return trades.length === 0 ? 'No trades.' : tableText(COLUMNS, rows, style);
}
