/** The most memory that a process has which holds a million bars and runs the engine on them. */
import type { Row } from '../lib/row.ts';
import { runEngine } from '../lib/workshop.ts';

export function measureMemory(): Row[] {
  const peakOf = (strategy: 'onBar' | 'signals'): number =>
    runEngine({ strategy, bars: 1_000_000, stage: 'metrics', rounds: 1, warmUps: 0 }).peakMb;
  return [
    { name: 'memory, onBar, 1,000,000 bars', value: peakOf('onBar'), unit: 'MB', wanted: 180 },
    { name: 'memory, signals, 1,000,000 bars', value: peakOf('signals'), unit: 'MB', wanted: 180 },
  ];
}
