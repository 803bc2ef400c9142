import type { Trade } from './trades.ts';

/** What closed trades won and lost, after fees, in cash. A trade of exactly zero is neither a win nor a loss. */
export interface ProfitAndLoss {
  readonly closed: number;
  readonly wins: number;
  readonly losses: number;
  /** Sum of the winning trades, >= 0. */
  readonly won: number;
  /** Sum of the losing trades, <= 0. */
  readonly lost: number;
  /** Standard deviation of the trades, with n - 1; 0 for fewer than two. */
  readonly deviation: number;
}

/** Leaves out open trades: their profit is not made yet. */
export function profitAndLoss(trades: readonly Trade[]): ProfitAndLoss {
  const total = { closed: 0, wins: 0, losses: 0, won: 0, lost: 0 };
  for (const { open, pnl } of trades) {
    if (open) continue;
    total.closed++;
    if (pnl > 0) {
      total.wins++;
      total.won += pnl;
    } else if (pnl < 0) {
      total.losses++;
      total.lost += pnl;
    }
  }
  return { ...total, deviation: deviationOf(trades, (total.won + total.lost) / total.closed, total.closed) };
}

function deviationOf(trades: readonly Trade[], mean: number, closed: number): number {
  if (closed < 2) return 0;
  let squares = 0;
  for (const { open, pnl } of trades) if (!open) squares += (pnl - mean) * (pnl - mean);
  return Math.sqrt(squares / (closed - 1));
}
