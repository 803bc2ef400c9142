/** Prices of one feed with its indicators and trades; indicators of another scale have panes below. */
import uPlot from 'uplot';
import { grouped, percent, signed } from '../runtime/base/format.ts';
import type { Column, IndicatorData, PriceData, RunPageData, TradeData } from '../runtime/report/html/page-data.ts';
import { type Candles, drawCandles, hasRoom } from './candles.ts';
import { type Chart, type Line, makeChart } from './chart.ts';
import { numberDigits } from './column-digits.ts';
import { timesOf, valuesOf } from './columns.ts';
import { element, found } from './dom.ts';
import { drawTrades } from './price-marks.ts';
import { seriesColour } from './theme.ts';
import { closeText } from './time-text.ts';
import type { TimeWindow } from './time-window.ts';

export function drawPrices({ prices, trades }: RunPageData, time: TimeWindow): void {
  const [place, series] = [found('price-charts'), found('series')];
  if (place === undefined || series === undefined) return;
  let charts: readonly Chart[] = [];
  const draw = (price: PriceData | undefined) => {
    for (const chart of charts) chart.destroy();
    place.replaceChildren();
    series.replaceChildren();
    charts = price === undefined ? [] : drawFeed(price, trades, time, place, series);
  };
  draw(prices[0]);
  const feed = found<HTMLSelectElement>('feed');
  feed?.addEventListener('change', () => draw(prices[feed.selectedIndex]));
}

/** Colours go round over all indicators of a feed, in the order of the strategy. */
interface Coloured extends IndicatorData {
  readonly colour: string;
}

function candlesOf({ candles, barSeconds }: PriceData, close: Column): Candles | undefined {
  if (candles === undefined) return undefined;
  const [open, high, low] = [candles.open, candles.high, candles.low].map(valuesOf) as [Column, Column, Column];
  return { open, high, low, close, barSeconds };
}

function drawFeed(
  price: PriceData,
  trades: TradeData,
  time: TimeWindow,
  place: HTMLElement,
  series: HTMLElement,
): readonly Chart[] {
  const times = timesOf(price.times);
  const common = { time, times, timeText: (at: number) => closeText(at, price.barSeconds), kind: 'number' as const };
  const indicators = price.indicators.map((each, index) => ({ ...each, colour: seriesColour(index) }));
  const root = element('div', { class: 'chart tall' });
  place.append(root);
  const marks = new Marks(price, trades);
  const over = indicators.filter(({ pane }) => pane === 'price');
  const close = valuesOf(price.close);
  const candles = candlesOf(price, close);
  const own = priceLines(price.product, close, candles);
  const main = makeChart({
    ...common,
    root,
    label: `Price of ${price.dataset}`,
    lines: [...own, ...over.map(lineOf)],
    overlay: chart => {
      if (candles !== undefined && hasRoom(chart)) drawCandles(chart, candles);
      marks.draw(chart);
    },
    remark: at => marks.tradeAt(at),
  });
  over.forEach(({ name, colour }, index) => {
    series.append(toggle(name, colour, isShown => main.show(own.length + index, isShown)));
  });
  const panes = Object.entries(Object.groupBy(indicators, ({ pane }) => pane)).filter(([pane]) => pane !== 'price');
  const lower = panes.map(([pane, members = []]) => {
    const room = element('div', { class: 'chart low' });
    place.append(room);
    series.append(toggle(pane, members[0]?.colour ?? '', isShown => room.toggleAttribute('hidden', !isShown)));
    return makeChart({ ...common, root: room, label: pane, lines: members.map(lineOf) });
  });
  if (marks.count > 0) {
    const change = (isShown: boolean) => {
      marks.isShown = isShown;
      main.plot.redraw(false);
    };
    series.append(toggle('trades', 'gain', change));
  }
  return [main, ...lower];
}

function priceLines(product: string, close: Column, candles: Candles | undefined): readonly Line[] {
  const straight = uPlot.paths.linear!();
  const text = priceText;
  const silent = { label: '', colour: 'ink', text, silent: true };
  return [
    {
      label: product,
      values: close,
      colour: 'price',
      width: 1.25,
      text,
      paths: (chart, index, from, to) =>
        candles !== undefined && hasRoom(chart) ? null : straight(chart, index, from, to),
    },
    ...(candles === undefined ? [] : [candles.high, candles.low].map(values => ({ ...silent, values }))),
  ];
}

function lineOf({ name, values, colour }: Coloured): Line {
  return { label: name, values: valuesOf(values), colour, width: 1.25, text: priceText };
}

/** As many digits as the number needs. */
function priceText(value: number): string {
  return grouped(value, numberDigits(value));
}

function toggle(label: string, colour: string, change: (isShown: boolean) => void): HTMLElement {
  const swatch = element('i');
  swatch.style.background = `var(--${colour})`;
  const button = element('button', { type: 'button', 'aria-pressed': 'true' }, swatch, label);
  button.addEventListener('click', () => {
    const isShown = button.getAttribute('aria-pressed') !== 'true';
    button.setAttribute('aria-pressed', String(isShown));
    change(isShown);
  });
  return button;
}

/** The trades of a feed's product. */
class Marks {
  isShown = true;
  readonly #data: TradeData;
  readonly #trades: readonly number[];

  constructor({ product }: PriceData, data: TradeData) {
    const index = data.products.indexOf(product);
    this.#data = data;
    this.#trades = data.product.flatMap((each, trade) => (each === index ? trade : []));
  }

  get count(): number {
    return this.#trades.length;
  }

  draw(chart: uPlot): void {
    if (this.isShown) drawTrades(chart, this.#data, this.#trades);
  }

  /** The trade that was on at a time, in words. */
  tradeAt(time: number): string {
    const { entryTimes, exitTimes, side, returnRatio } = this.#data;
    const trade = this.#trades.find(each => entryTimes[each]! <= time && exitTimes[each]! >= time);
    if (trade === undefined) return '';
    return `${side[trade] === 1 ? 'long' : 'short'} ${signed(percent(returnRatio[trade] ?? 0, 2))}`;
  }
}
