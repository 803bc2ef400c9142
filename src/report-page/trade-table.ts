/** The list of trades: sorted, filtered, and a way to see each of them on the price. */
import { counted, grouped, money, percent, signed } from '../runtime/base/format.ts';
import { momentText, UNDEFINED } from '../runtime/report/format.ts';
import type { Column, RunPageData, TradeData } from '../runtime/report/html/page-data.ts';
import { columnDigits } from './column-digits.ts';
import { found } from './dom.ts';
import { filterRows } from './filter-rows.ts';
import { type LongColumn, LongTable, longestText } from './long-table.ts';
import { outcomeOf } from './outcome.ts';
import type { TimeWindow } from './time-window.ts';

export function listTrades({ trades, prices }: RunPageData, time: TimeWindow): void {
  const root = found('trade-rows');
  if (root === undefined) return;
  const count = trades.entryTimes.length;
  const table = new LongTable({
    root,
    caption: 'Trades',
    count,
    columns: columnsOf(trades),
    sorting: { column: 0, ascending: true },
    ...(prices.length > 0 && { onChoose: row => showTrade(trades, row, time) }),
  });
  const filter = found<HTMLInputElement>('trade-filter');
  const say = () => {
    const shown = found('trade-count');
    const some =
      table.count === count ? counted(count, 'trade') : `${grouped(table.count)} of ${counted(count, 'trade')}`;
    if (shown) shown.textContent = prices.length > 0 ? `${some}; choose one to see it on the price` : some;
  };
  filter?.addEventListener('input', () => {
    table.list(filterRows(count, filter.value, row => searchText(trades, row)));
    say();
  });
  say();
}

/** The trade with as much time around it as it took. */
function showTrade({ entryTimes, exitTimes }: TradeData, trade: number, time: TimeWindow): void {
  const [from, to] = [entryTimes[trade]!, exitTimes[trade]!];
  const around = Math.max(to - from, (time.whole.to - time.whole.from) / 500);
  time.show({ from: from - around, to: to + around });
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  found('price')?.scrollIntoView({ behavior: calm ? 'auto' : 'smooth', block: 'start' });
}

function columnsOf(data: TradeData): readonly LongColumn[] {
  const { products, product, side, entryTimes, exitTimes, open, bars, pnl, returnRatio } = data;
  const priceDigits = columnDigits([...data.entryPrice, ...data.exitPrice]);
  const gainOf = (row: number) => outcomeOf(pnl[row]);
  const number = (title: string, values: Column, text: (value: number) => string): LongColumn => ({
    title,
    isNumber: true,
    text: row => optional(values[row], text),
    key: row => values[row] ?? null,
    width: longestText(values, text),
  });
  const moment = (title: string, times: readonly number[], isOpen: (row: number) => boolean): LongColumn => ({
    title,
    text: row => (isOpen(row) ? 'open' : momentText(times[row]! * 1000)),
    key: row => times[row]!,
    width: times.some(at => at % 86_400 !== 0) ? 17 : 11,
  });
  return [
    { title: '#', isNumber: true, text: row => grouped(row + 1), key: row => row, width: 5 },
    ...(products.length > 1 ? [productColumn(products, product)] : []),
    { title: 'side', text: row => sideText(side[row]!), key: row => -side[row]!, width: 5 },
    moment('entry', entryTimes, () => false),
    moment('exit', exitTimes, row => open[row] === 1),
    number('bars', bars, value => grouped(value)),
    number('quantity', data.quantity, textWith(columnDigits(data.quantity))),
    number('entry price', data.entryPrice, textWith(priceDigits)),
    number('exit price', data.exitPrice, textWith(priceDigits)),
    { ...number('return', returnRatio, value => signed(percent(value, 2))), kind: gainOf },
    { ...number('profit', pnl, value => signed(money(value))), kind: gainOf },
    number('MAE', data.mae, value => percent(value, 2)),
    number('MFE', data.mfe, value => percent(value, 2)),
    number('fees', data.fees, money),
  ];
}

function productColumn(products: readonly string[], product: readonly number[]): LongColumn {
  const name = (row: number) => products[product[row]!]!;
  return { title: 'product', text: name, key: name, width: Math.max(...products.map(({ length }) => length)) };
}

/** As they are searched for. */
const OUTCOME_WORDS = { gain: 'win', loss: 'loss', even: 'even' } as const;

function searchText(data: TradeData, row: number): string {
  const words = [
    data.products[data.product[row]!]!,
    sideText(data.side[row]!),
    OUTCOME_WORDS[outcomeOf(data.pnl[row])],
    data.open[row] === 1 ? 'open' : 'closed',
    momentText(data.entryTimes[row]! * 1000),
    momentText(data.exitTimes[row]! * 1000),
  ];
  return words.join(' ').toLowerCase();
}

function sideText(side: number): string {
  return side === 1 ? 'long' : 'short';
}

function optional(value: number | null | undefined, text: (value: number) => string): string {
  return value === null || value === undefined ? UNDEFINED : text(value);
}

function textWith(digits: number): (value: number) => string {
  return value => grouped(value, digits);
}
