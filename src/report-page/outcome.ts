/** What a trade came to. One that ended where it began is neither a gain nor a loss, and has no colour of its own. */

export type Outcome = 'gain' | 'loss' | 'even';

export function outcomeOf(profit: number | null | undefined): Outcome {
  if (!profit) return 'even';
  return profit > 0 ? 'gain' : 'loss';
}
