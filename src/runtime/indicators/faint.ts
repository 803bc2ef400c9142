/**
 * Moves that fade while prices stand still, by the same factor on every bar. Only what they are of each other counts,
 * so before they come to the smallest numbers there are, which have no digits left, they are lifted together. It is
 * looked at every few bars, of which even a period of 2 leaves room; at the same bars however bars are cut into blocks.
 */

/** Bars from one look to the next. */
export const FAINT_STRIDE = 64;
/** No price moves by so little. */
export const FAINT_MOVE = 1e-150;
/** What faint moves are multiplied with, far from real moves still: 2 to the power of 160, which rounds nothing. */
export const FAINT_LIFT = 1.461501637330903e48;
