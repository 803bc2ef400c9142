import type { OptionDefinition } from '../define-command.ts';

/** The settings as options, for the commands that run strategies. */
export const SETTING_OPTIONS: readonly OptionDefinition[] = [
  {
    flags: '--data <reference>',
    summary: 'Dataset, sample or .csv file; feed=reference for one of several feeds',
    repeat: true,
    completes: { names: 'datasets', files: '.csv' },
  },
  { flags: '--cash <amount>', summary: 'Starting cash (100000)' },
  { flags: '--fee <model>', summary: '10bps, 0.1%, 0.005/share,min=1, 1.5 a fill, maker=2bps,taker=5bps (none)' },
  { flags: '--slippage <model>', summary: '2bps of the price, or 0.01 in price units (none)' },
  { flags: '--lot <size>', summary: "Quantities are multiples of it; 0 allows fractions (the product's own)" },
  { flags: '--allow-short', summary: 'Accept orders that sell short' },
  { flags: '--leverage <times>', summary: 'Exposure may be this many times equity (1)' },
  {
    flags: '--maintenance-margin <fraction>',
    summary: 'Margin call where equity is below it, of exposure: 0.25 (none)',
  },
  { flags: '--borrow <rate>', summary: 'What short positions cost a year: 0.03 (none)' },
  { flags: '--interest <rate>', summary: 'What cash earns a year: 0.02 (none)' },
  { flags: '--margin-interest <rate>', summary: 'What cash that is owed costs a year (as --interest)' },
  {
    flags: '--prices <kind>',
    summary: 'adjusted for splits and dividends, or raw, where they are booked (adjusted)',
    completes: { words: ['adjusted', 'raw'] },
  },
  {
    flags: '--max-participation <share>',
    summary: "Largest share of a bar's volume that a fill takes, up to 1 (no cap)",
  },
  {
    flags: '--limit-fill <rule>',
    summary: 'Limits fill when price goes through them, or at a touch (through)',
    completes: { words: ['through', 'touch'] },
  },
  {
    flags: '--sizing <rule>',
    summary: "Targets are sized at the fill's price, or at the decision's close (fill)",
    completes: { words: ['fill', 'decision'] },
  },
  { flags: '--seed <number>', summary: 'Seed of Math.random inside the strategy (1)' },
  {
    flags: '--executor <kind>',
    summary: 'thread with limits on time and memory, or inline without (thread)',
    completes: { words: ['thread', 'inline'] },
  },
  {
    flags: '--benchmark <reference>',
    summary: 'Dataset to compare with (holding what the strategy trades)',
    completes: { names: 'datasets', files: '.csv' },
  },
  {
    flags: '--metrics <dialect>',
    summary: 'Compute statistics as native, lean or backtesting.py do (native)',
    completes: { words: ['native', 'lean', 'backtesting.py'] },
  },
];
