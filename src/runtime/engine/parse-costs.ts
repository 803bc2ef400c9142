/** Fees and slippage in text: `10bps`, `0.005/share,min=1`. Flags, configuration and strategies share this form. */
import { GoboolError } from '../base/error.ts';
import type { FeeModel, SlippageModel } from './run-options.ts';

const RATE = /^(\d*\.?\d+)(bps|%)$/;
const AMOUNT = /^\d*\.?\d+$/;
const PER_SHARE = /^(\d*\.?\d+)\/share(?:,min=(\d*\.?\d+))?$/;
const MAKER_TAKER = /^maker=([^,]+),taker=([^,]+)$/;

const FEE_FORMS =
  'Fees are written as 10bps, 0.1%, 0.005/share,min=1, 1.5 (cash a fill), maker=2bps,taker=5bps or none.';
const SLIPPAGE_FORMS = 'Slippage is written as 2bps, 0.02%, 0.01 (in units of price) or none.';

/** Throws `GB_COST`. */
export function parseFee(text: string): FeeModel {
  const compact = text.replace(/\s/g, '').toLowerCase();
  const fee = parsePlainFee(compact) ?? parsePerShare(compact) ?? parseMakerTaker(compact);
  if (fee === undefined) throw new GoboolError('GB_COST', `"${text}" is not a fee.`, { hint: FEE_FORMS });
  return fee;
}

/** Throws `GB_COST`. */
export function parseSlippage(text: string): SlippageModel {
  const compact = text.replace(/\s/g, '').toLowerCase();
  const rate = parseRate(compact);
  if (compact === 'none') return { kind: 'none' };
  if (rate !== undefined) return { kind: 'rate', rate };
  if (AMOUNT.test(compact)) return { kind: 'fixed', perUnit: Number(compact) };
  throw new GoboolError('GB_COST', `"${text}" is not a slippage.`, { hint: SLIPPAGE_FORMS });
}

function parsePlainFee(text: string): FeeModel | undefined {
  const rate = parseRate(text);
  if (text === 'none') return { kind: 'none' };
  if (rate !== undefined) return { kind: 'rate', rate };
  return AMOUNT.test(text) ? { kind: 'fixed', perFill: Number(text) } : undefined;
}

function parsePerShare(text: string): FeeModel | undefined {
  const [, perShare, min = '0'] = PER_SHARE.exec(text) ?? [];
  return perShare === undefined ? undefined : { kind: 'per-share', perShare: Number(perShare), min: Number(min) };
}

function parseMakerTaker(text: string): FeeModel | undefined {
  const [, makerText = '', takerText = ''] = MAKER_TAKER.exec(text) ?? [];
  const [maker, taker] = [parseRate(makerText), parseRate(takerText)];
  return maker === undefined || taker === undefined ? undefined : { kind: 'maker-taker', maker, taker };
}

/**
 * `10bps` and `0.1%` are 0.001, to the last bit the same as the literal. Below 100 %: a rate above is a slip of units.
 */
function parseRate(text: string): number | undefined {
  const [, amount, unit] = RATE.exec(text) ?? [];
  if (amount === undefined) return undefined;
  const rate = Number(`${amount}e${unit === '%' ? -2 : -4}`);
  return rate < 1 ? rate : undefined;
}
