/** Facts as a list of names and values, and how options, ranges and parameters read. */
import { money, percent, withoutDust } from '../../base/format.ts';
import type { RunOptions } from '../../engine/run-options.ts';
import type { ParamValue } from '../../sdk/params.ts';
import type { FeedRange } from '../context.ts';
import { feedName } from '../feed-text.ts';
import { closeDateText, dateText, feeText, slippageText } from '../format.ts';
import { type Content, type Html, html } from './markup.ts';

export type Fact = readonly [name: string, value: Content];

export function factList(facts: readonly Fact[], kind = 'facts'): Html {
  return html`<dl class="${kind}">${facts.map(
    ([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>\n`,
  )}</dl>`;
}

/** `fast 10`, `slow 30`, as a row of small boxes. */
export function paramChips(params: Readonly<Record<string, ParamValue>>): Html | undefined {
  const entries = Object.entries(params);
  if (entries.length === 0) return undefined;
  return html`<ul class="chips" aria-label="Parameters">${entries.map(
    ([name, value]) => html`<li>${name} <b>${String(value)}</b></li>`,
  )}</ul>`;
}

/** `stock.SPY.usa@1d, 1998-01-02 to 2021-03-31`. */
export function feedText(range: FeedRange): string {
  return `${feedName(range)}, ${dateText(range.from)} to ${closeDateText(range.to)}`;
}

export function optionFacts({ cash, leverage, allowShort, fee, slippage, lot, ...rest }: RunOptions): readonly Fact[] {
  const yearly = (rate: number | undefined) => (rate === undefined ? undefined : `${percent(rate, 2)} a year`);
  const { maxParticipation: share, maintenanceMargin: margin, ambiguousBars } = rest;
  const optional: readonly (readonly [name: string, value: string | undefined])[] = [
    ['lot', lot === undefined ? undefined : String(lot)],
    ['share of volume', share === undefined ? undefined : `at most ${withoutDust(share * 100)}%`],
    ['maintenance margin', margin === undefined ? undefined : percent(margin)],
    ['borrowed shares', yearly(rest.borrow)],
    ['interest', yearly(rest.interest)],
    ['interest on debt', yearly(rest.marginInterest)],
    ['ambiguous bars', ambiguousBars === undefined ? undefined : `the ${ambiguousBars} of the two`],
  ];
  return [
    ['cash', money(cash)],
    ['fees', feeText(fee)],
    ['slippage', slippageText(slippage)],
    ['leverage', `${leverage}x, ${allowShort ? 'shorts allowed' : 'no shorts'}`],
    ['limit orders', `fill on a ${rest.limitFill === 'touch' ? 'touch' : 'trade through'}`],
    ['targets', rest.sizing === 'fill' ? "sized at the fill's price" : "sized at the decision's close"],
    ...optional.filter(([, value]) => value !== undefined),
    ['seed', String(rest.seed)],
  ];
}
