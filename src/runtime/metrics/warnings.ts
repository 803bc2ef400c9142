/**
 * What a person should know before believing a result: one rule per warning, in the order of weight.
 * Each message says what is so, with numbers, and what to do about it.
 */
import { counted, grouped, money, percent } from '../base/format.ts';
import type { RunRecord } from '../engine/record.ts';
import { isoDate, MS_PER_DAY } from '../market/civil-date.ts';
import type { Dataset } from '../market/dataset.ts';
import { benchmarkCurrency, benchmarkSpan } from './benchmark-warnings.ts';
import type { FillTotals } from './fill-totals.ts';
import { LIKELY_LUCK } from './likely-luck.ts';
import type { RunWarning } from './summary.ts';
import type { Trade } from './trades.ts';

export interface WarningFacts {
  readonly record: RunRecord;
  readonly fills: FillTotals;
  readonly trades: readonly Trade[];
  readonly rejections: Readonly<Record<string, number>>;
  /** Where it is not what the run trades. */
  readonly benchmark?: Dataset | undefined;
}

interface Rule {
  readonly code: string;
  /** Undefined where there is nothing to warn of. */
  readonly message: (facts: WarningFacts) => string | undefined;
}

const TRADES_ENOUGH = 30;
const DAYS_ENOUGH = 365;
/** Share of the profit of all winning trades that one trade may have. */
const CONCENTRATED = 0.5;

/** Fees below both, in cash a fill and of the value traded, are a rate that was written as an amount: 0.002. */
const FEE_LOW = 0.01;
const RATE_LOW = 1e-6;

const DATES_SHOWN_MAX = 5;

/** What to do about a rejection, by its reason. */
const REMEDIES: Readonly<Partial<Record<string, string>>> = {
  'short-not-allowed': 'permit shorts with --allow-short',
  'buying-power': 'order less, or raise --cash or --leverage',
  'margin-call': 'use less leverage, so that no margin is called',
  'below-lot': 'raise --cash, or pass --lot 0 for fractional quantities',
};

const RULES: readonly Rule[] = [
  { code: 'wiped-out', message: wipedOut },
  { code: 'margin-call', message: marginCall },
  { code: 'never-started', message: neverStarted },
  { code: 'no-trades', message: noTrades },
  { code: 'no-costs', message: noCosts },
  { code: 'few-trades', message: fewTrades },
  { code: 'short-span', message: shortSpan },
  { code: 'far-bracket', message: farBracket },
  { code: 'ambiguous-bars', message: ambiguousBars },
  { code: 'outside-bar', message: outsideBar },
  { code: 'large-share', message: largeShare },
  { code: 'rejected-orders', message: rejectedOrders },
  { code: 'one-trade', message: oneTrade },
  { code: 'open-position', message: openPosition },
  { code: 'benchmark-span', message: benchmarkSpan },
  { code: 'benchmark-currency', message: benchmarkCurrency },
];

/** Codes of all warnings there are. */
export const WARNING_CODES: readonly string[] = [LIKELY_LUCK, ...RULES.map(({ code }) => code)];

export function warningsOf(facts: WarningFacts): RunWarning[] {
  return RULES.flatMap(({ code, message }) => {
    const text = message(facts);
    return text === undefined ? [] : [{ code, message: text }];
  });
}

function wipedOut({ record }: WarningFacts): string | undefined {
  if (record.state !== 'wiped-out') return undefined;
  const date = isoDate(Math.floor((record.endTime - 1) / MS_PER_DAY));
  const equity = money(record.finalEquity);
  return `Equity fell to ${equity} on ${date}, which ended the run; use less leverage or limit losses.`;
}

function marginCall({ record: { marginCalls } }: WarningFacts): string | undefined {
  if (marginCalls.length === 0) return undefined;
  const dates = marginCalls.slice(0, DATES_SHOWN_MAX).map(time => isoDate(Math.floor((time - 1) / MS_PER_DAY)));
  const more = marginCalls.length > dates.length ? ' ...' : '';
  const calls = `${counted(marginCalls.length, 'margin call')} (${dates.join(', ')}${more})`;
  return `${calls} closed all positions at the next open and cancelled what waited; use less leverage or limit losses.`;
}

function neverStarted({ record }: WarningFacts): string | undefined {
  if (record.firstStep < record.steps) return undefined;
  const names = record.undefinedIndicators.map(name => `\`${name}\``).join(', ');
  const bars = counted(record.steps, 'bar');
  const missing = names || 'an indicator';
  return `The strategy never ran: after ${bars}, ${missing} still had no value; use more data or shorter periods.`;
}

function noTrades({ record, fills, rejections }: WarningFacts): string | undefined {
  const refused = Object.keys(rejections).length > 0;
  if (fills.count > 0 || refused || record.firstStep === record.steps) return undefined;
  const bars = counted(record.steps - record.firstStep, 'bar');
  return `No order was filled in ${bars}; check when the strategy orders, and its types with npx tsc --noEmit.`;
}

function noCosts({ fills }: WarningFacts): string | undefined {
  const { count, fees, slippage, traded } = fills;
  if (count === 0) return undefined;
  const all = count === 1 ? 'The only fill' : `All ${counted(count, 'fill')}`;
  if (fees === 0 && slippage === 0) {
    const were = count === 1 ? 'was' : 'were';
    return `${all} ${were} free, which no market offers; add costs, such as --fee 10bps --slippage 2bps.`;
  }
  if (slippage !== 0 || fees < 0 || fees >= count * FEE_LOW || fees >= traded * RATE_LOW) return undefined;
  const together = count === 1 ? '' : ' together';
  return `${all} cost ${money(fees)}${together}: a plain number is cash a fill, a rate is written 0.2% or 20bps.`;
}

function fewTrades({ fills, trades }: WarningFacts): string | undefined {
  const closed = trades.filter(trade => !trade.open).length;
  if (fills.count === 0 || closed >= TRADES_ENOUGH) return undefined;
  const few = closed === 0 ? 'No closed trade' : `Only ${counted(closed, 'closed trade')}`;
  return `${few}: below ${TRADES_ENOUGH}, luck explains most results; test on a longer range or more products.`;
}

function shortSpan({ record }: WarningFacts): string | undefined {
  const days = (record.endTime - record.startTime) / MS_PER_DAY;
  // A run that was wiped out has no numbers of a year.
  if (days >= DAYS_ENOUGH || record.firstStep >= record.steps || record.state === 'wiped-out') return undefined;
  const span = days < 10 ? days.toFixed(1) : days.toFixed(0);
  return `The run spans ${span} days: CAGR, volatility, Sharpe and turnover extrapolate that and may be far off.`;
}

function farBracket({ record: { farSides: sides } }: WarningFacts): string | undefined {
  if (sides === 0) return undefined;
  const some = sides === 1 ? '1 side of a bracket' : `${grouped(sides)} sides of brackets`;
  const advice = 'stopLoss and takeProfit are prices, such as close.value * 0.95, or an { offset }';
  return `${some} lay over ten times above or below the market; ${advice}.`;
}

function ambiguousBars({ record }: WarningFacts): string | undefined {
  const { ambiguousBars: bars } = record;
  if (bars === 0) return undefined;
  const where = counted(bars, 'bar');
  const advice = '--range shows what that decides';
  return `In ${where} both sides of a bracket could have filled, and the stop was taken; ${advice}.`;
}

function outsideBar({ fills }: WarningFacts): string | undefined {
  if (fills.outsideBar === 0) return undefined;
  const some = ofFills(fills.outsideBar, fills);
  return `Slippage put ${some} outside the range of their bar; check it against how far a bar moves.`;
}

function largeShare({ fills }: WarningFacts): string | undefined {
  if (fills.largeShare === 0) return undefined;
  const some = ofFills(fills.largeShare, fills);
  return `${some} took over 10% of their bar's volume and would move it; trade less, or set account.maxParticipation.`;
}

function rejectedOrders({ rejections }: WarningFacts): string | undefined {
  const reasons = Object.entries(rejections);
  if (reasons.length === 0) return undefined;
  const total = reasons.reduce((sum, [, count]) => sum + count, 0);
  const list = reasons.map(([reason, count]) => `${grouped(count)} ${reason}`).join(', ');
  const remedies = reasons.flatMap(([reason]) => REMEDIES[reason] ?? []).join('; ');
  const advice = remedies === '' ? 'see why in the list of orders' : remedies;
  const rejected = `${counted(total, 'order')} ${total === 1 ? 'was' : 'were'} rejected (${list})`;
  return `${rejected}, so the strategy did not trade as written; ${advice}.`;
}

function oneTrade({ trades }: WarningFacts): string | undefined {
  const wins = trades.filter(trade => trade.pnl > 0);
  const won = wins.reduce((sum, trade) => sum + trade.pnl, 0);
  const best = wins.reduce((largest, trade) => Math.max(largest, trade.pnl), 0);
  if (wins.length < 2 || best <= CONCENTRATED * won) return undefined;
  const share = percent(best / won, 0);
  return `One trade made ${money(best)}, ${share} of what all winning trades made; see what remains without it.`;
}

function openPosition({ record, trades }: WarningFacts): string | undefined {
  const open = trades.filter(trade => trade.open);
  if (open.length === 0) return undefined;
  const unrealised = open.reduce((sum, trade) => sum + trade.pnl, 0);
  const positions = record.positions.filter(({ quantity }) => quantity !== 0).length;
  const held = `${counted(positions, 'position')} ${positions === 1 ? 'is' : 'are'} still open at the end`;
  return `${held}: ${money(unrealised)} of the result is marked at the last close, not realised.`;
}

function ofFills(count: number, fills: FillTotals): string {
  return `${grouped(count)} of ${counted(fills.count, 'fill')} (${percent(count / fills.count)})`;
}
