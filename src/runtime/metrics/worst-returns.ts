/** One day of so many is among the worst 5 %. */
const DAYS_PER_WORST = 20;

/** The worst 5 % of daily returns. Empty for fewer than 20 returns. */
export interface WorstReturns {
  /** Number of all returns. */
  readonly n: number;
  /** Ascending: the last one is exceeded by 95 % of the days. */
  readonly returns: Float64Array;
}

export function worstReturns(equity: Float64Array): WorstReturns {
  const n = Math.max(0, equity.length - 1);
  const returns = new Float64Array(n);
  for (let i = 0; i < n; i++) returns[i] = equity[i + 1]! / equity[i]! - 1;
  return { n, returns: returns.sort().subarray(0, Math.floor(n / DAYS_PER_WORST)) };
}
