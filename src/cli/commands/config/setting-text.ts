import { grouped } from '../../../runtime/base/format.ts';
import type { FeeModel, SlippageModel } from '../../../runtime/engine/run-options.ts';
import { feeText, slippageText } from '../../../runtime/report/format.ts';
import type { DataReferences } from '../../config/settings.ts';

/** What holds where nobody says anything and there is no default value. */
const UNSET: Readonly<Record<string, string>> = {
  data: 'what the strategy names',
  lot: "the product's own",
  marginInterest: 'as interest',
  maxParticipation: 'no cap',
  benchmark: 'the products of the run',
  'cluster.thresholds': 'the usual ones',
  'cluster.policies': 'again after 1 s, 5 s, 30 s, then a person',
  'cluster.pendingTasks': 'as many as a key may have',
};

/** A compiled setting for people. */
export function settingText(name: string, value: unknown): string {
  if (value === null) return UNSET[name] ?? 'none';
  switch (name) {
    case 'data':
      return dataText(value as DataReferences);
    case 'fee':
      return feeText(value as FeeModel);
    case 'slippage':
      return slippageText(value as SlippageModel);
    case 'cash':
      return amountText(value as number);
    default:
      return typeof value === 'object' ? JSON.stringify(value) : String(value);
  }
}

function dataText(references: DataReferences): string {
  return Object.entries(references)
    .map(([feed, reference]) => (feed === '' ? reference : `${feed}=${reference}`))
    .join(', ');
}

function amountText(amount: number): string {
  return grouped(amount, Number.isInteger(amount) ? 0 : 2);
}
