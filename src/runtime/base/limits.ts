/** Every size that the runtime fixes, in one place. */
export const LIMITS = {
  /** Steps that the engine advances at once: indicators of the block, then the strategy, then equity. */
  blockSteps: 512,
  /** Steps in one result chunk; a multiple of `blockSteps`. */
  chunkSteps: 16_384,
  /** Past values that an indicator keeps unless the strategy declares `history`. */
  historyBars: 3_584,
  /** Sets of parameters in one sweep. */
  sweepSets: 1_000_000,
} as const;
