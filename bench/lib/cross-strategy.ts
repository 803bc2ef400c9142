/** A crossing of two averages, as a user writes it. */
import { writeFileSync } from 'node:fs';
import { bundleStrategy, type StrategyBundle } from '../../src/runtime/host/bundler/bundle-strategy.ts';
import { inFolder } from './folder.ts';

export const CROSS = `import { defineStrategy, int, sig, sma } from 'gobool';
export default defineStrategy({
  name: 'cross',
  params: { fast: int(10), slow: int(30) },
  indicators: ({ close, params: { fast, slow } }) => ({ fast: sma(close, fast), slow: sma(close, slow) }),
  signals: ({ ind }) => ({ enter: sig.crossesAbove(ind.fast, ind.slow), exit: sig.crossesBelow(ind.fast, ind.slow) }),
});
`;

export function crossBundle(): Promise<StrategyBundle> {
  const file = inFolder('cross.ts');
  writeFileSync(file, CROSS);
  return bundleStrategy(file);
}
