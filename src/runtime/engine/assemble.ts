/** Puts a run together on its stage: markets of the products, and the parts that trade. */
import { GoboolError } from '../base/error.ts';
import type { Clock } from '../indicators/clock.ts';
import type { Dataset } from '../market/dataset.ts';
import type { Definition } from '../sdk/define-strategy.ts';
import { Agenda } from './agenda.ts';
import { Carry } from './carry.ts';
import { CashBook } from './cash-book.ts';
import { Desk } from './desk.ts';
import type { EquityCurve } from './equity-curve.ts';
import { Execution } from './execution.ts';
import { Journal, type JournalLogs, journalLogs } from './journal.ts';
import { Ledger } from './ledger.ts';
import { Margin } from './margin.ts';
import { Market } from './market.ts';
import { OrderBook } from './order-book.ts';
import { PlainTarget } from './plain-target.ts';
import { ReducedCurve } from './reduced-curve.ts';
import type { RunHooks, RunInput } from './run-io.ts';
import type { Stage } from './stage.ts';
import { StoredCurve } from './stored-curve.ts';
import type { Timeline } from './timeline.ts';

/** The parts of one run. */
export interface Parts {
  readonly feeds: readonly string[];
  readonly timeline: Timeline;
  readonly markets: readonly Market[];
  /** Per feed: the market of its product. */
  readonly marketOf: readonly Market[];
  readonly ledger: Ledger;
  readonly journal: Journal;
  readonly book: OrderBook;
  readonly curve: EquityCurve;
  readonly execution: Execution;
  readonly desk: Desk;
  /** Absent where fills need more than the short way knows. */
  readonly plain: PlainTarget | undefined;
  readonly margin: Margin;
  /** Absent where nothing happens but orders. */
  readonly agenda: Agenda | undefined;
}

export function assemble(definition: Definition, stage: Stage, input: RunInput, hooks: RunHooks): Parts {
  requireOneCurrency(input.feeds);
  const { timeline, names: feeds } = stage;
  const markets = marketsOf(input, timeline.clocks);
  const marketOf = input.feeds.map(feed => markets.find(market => market.product.id === feed.product.id)!);
  const ownFee = ownFeeOf(definition);
  const ledger = new Ledger(markets, input.options, ownFee);
  const isReduced = hooks.wantsCurve === false && timeline.isSingle;
  const journal = new Journal(logsOf(stage, hooks, isReduced));
  const book = new OrderBook(journal, markets);
  const curveParts = { timeline, ledger, journal, onChunk: hooks.onChunk };
  const curve = isReduced ? new ReducedCurve(curveParts) : new StoredCurve(curveParts, stage.scratch);
  const listens = definition.onFill !== undefined;
  const execution = new Execution({ ledger, book, journal, curve, listens });
  const plain = listens ? undefined : PlainTarget.for({ ledger, journal, curve });
  const cash = new CashBook({ ledger, journal, curve });
  const agenda = Agenda.for({ timeline, markets, book, cash, carry: Carry.for(ledger, cash) }, input.feeds);
  const desk = new Desk({ markets, book, execution, plain, agenda, timeline });
  const margin = new Margin({ timeline, ledger, journal, book, desk });
  return { feeds, timeline, markets, marketOf, ledger, journal, book, curve, execution, desk, plain, margin, agenda };
}

/** A reduced curve lets go of its rows after every block, so the runs of a stage can share their memory. */
function logsOf({ logs }: Stage, { keepsRows = true }: RunHooks, isReduced: boolean): JournalLogs {
  return keepsRows || !isReduced ? journalLogs(keepsRows) : logs;
}

/** The strategy's own fee function, if it has one. */
export function ownFeeOf({ account }: Definition): Ledger['ownFee'] {
  return typeof account?.fee === 'function' ? account.fee : undefined;
}

/** One market per product; its bars are those of the product's finest feed. */
function marketsOf({ feeds, options }: RunInput, clocks: readonly Clock[]): Market[] {
  const products = [...new Set(feeds.map(feed => feed.product.id))];
  return products.map((id, index) => {
    const own = feeds.map((feed, k) => ({ feed, clock: clocks[k]! })).filter(({ feed }) => feed.product.id === id);
    const finest = own.reduce((best, each) => (each.feed.bars.durationMs < best.feed.bars.durationMs ? each : best));
    return new Market(index, finest.feed.product, finest.clock, options.lot ?? finest.feed.product.lot);
  });
}

function requireOneCurrency(feeds: readonly Dataset[]): void {
  const currencies = [...new Set(feeds.map(feed => feed.product.currency))];
  if (currencies.length <= 1) return;
  const list = feeds.map(feed => `${feed.product.id} in ${feed.product.currency}`).join(', ');
  throw new GoboolError('GB_STRATEGY_CURRENCY', `One account, but several currencies: ${list}.`);
}
