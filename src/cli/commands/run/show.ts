import * as z from 'zod/mini';
import { brief, money, percent, signed } from '../../../runtime/base/format.ts';
import { findRun } from '../../../runtime/host/store/find-run.ts';
import { readCurve, readRun } from '../../../runtime/host/store/read-run.ts';
import { parseProductId } from '../../../runtime/market/dataset-name.ts';
import { inDialect, METRIC_DIALECTS } from '../../../runtime/metrics/dialects/dialect.ts';
import type { Trade } from '../../../runtime/metrics/trades.ts';
import { momentText, UNDEFINED } from '../../../runtime/report/format.ts';
import { backtestData } from '../../../runtime/report/json.ts';
import { renderBacktest } from '../../../runtime/report/text.ts';
import { defineHandler } from '../../define-handler.ts';
import { refuseOptions } from '../../options/refuse-options.ts';
import { type Column, type TableStyle, tableText } from '../../output/table.ts';
import { textStyle } from '../../output/text-style.ts';
import { isClusterRunId } from '../on-cluster/run-id.ts';
import { openExistingStore } from './existing-store.ts';

const input = z.object({
  run: z.string(),
  trades: z.optional(z.boolean()),
  metrics: z.optional(z.enum(METRIC_DIALECTS)),
  cluster: z._default(z.boolean(), false),
});

export const runShow = defineHandler(input, async (options, context) => {
  const { run: reference, trades: listsTrades, metrics: dialect = 'native' } = options;
  if (options.cluster || isClusterRunId(reference)) {
    refuseOptions({ trades: options.trades, metrics: options.metrics }, 'only runs that the project keeps have it');
    return (await import('./cluster-show.ts')).showClusterRun(reference, context);
  }
  const { out, projectDir } = context;
  using store = await openExistingStore(projectDir);
  const run = await readRun(store, await findRun(store, reference));
  const equity = await readCurve(store, run.runId);
  const summary = inDialect(run.summary, dialect);
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
  { title: 'side' },
  { title: 'entry' },
  { title: 'price', align: 'right' },
  { title: 'exit' },
  { title: 'price', align: 'right' },
  { title: 'quantity', align: 'right' },
  { title: 'MAE', align: 'right' },
  { title: 'MFE', align: 'right' },
  { title: 'return', align: 'right' },
  { title: 'profit', align: 'right' },
];

function tradesText(trades: readonly Trade[], style: TableStyle): string {
  const names = namesOf(trades);
  const rows = trades.map(trade => [
    ...(names.size > 1 ? [names.get(trade.product) ?? trade.product] : []),
    trade.side,
    momentText(trade.entryTime),
    brief(trade.entryPrice, 6),
    trade.open ? 'open' : momentText(trade.exitTime),
    brief(trade.exitPrice, 6),
    brief(trade.quantity, 6),
    excursionText(trade.mae),
    excursionText(trade.mfe),
    signed(percent(trade.returnRatio, 2)),
    signed(money(trade.pnl)),
  ]);
  const columns = names.size > 1 ? [{ title: 'product' }, ...COLUMNS] : COLUMNS;
  return trades.length === 0 ? 'No trades.' : tableText(columns, rows, style);
}

/** What the products are called: by their symbols, which leave room for prices, where these tell one from another. */
function namesOf(trades: readonly Trade[]): ReadonlyMap<string, string> {
  const products = [...new Set(trades.map(({ product }) => product))];
  const symbols = products.map(product => parseProductId(product)?.symbol ?? product);
  const areDistinct = new Set(symbols).size === products.length;
  return new Map(products.map((product, index) => [product, areDistinct ? (symbols[index] ?? product) : product]));
}

function excursionText(ratio: number): string {
  return Number.isNaN(ratio) ? UNDEFINED : percent(ratio, 2);
}
