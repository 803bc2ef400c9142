import { shellWord } from '../base/shell-word.ts';
import type { SweepRun } from '../sweep/sweep-result.ts';
import type { SweepOutcome } from './sweep-outcome.ts';

/** The command line that runs one set of a sweep alone, under the sweep's settings: its hash is the sweep's. */
export function bestCommand({ file, flags }: SweepOutcome, { params }: SweepRun): string {
  const sets = Object.entries(params).map(([name, value]) => `--set ${shellWord(`${name}=${value}`)}`);
  return ['gobool backtest', shellWord(file), ...sets, flags].join(' ').trimEnd();
}
