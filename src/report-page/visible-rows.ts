/** Which rows of a long list have to exist: those in sight, and some around them so that scrolling shows no gap. */

export interface Scroll {
  /** Pixels. */
  readonly top: number;
  readonly height: number;
  readonly rowHeight: number;
  readonly count: number;
}

const AROUND = 12;

/** Rows `[from, to)`. */
export function visibleRows({ top, height, rowHeight, count }: Scroll): { readonly from: number; readonly to: number } {
  const first = Math.floor(top / rowHeight) - AROUND;
  const last = Math.ceil((top + height) / rowHeight) + AROUND;
  const from = Math.max(0, Math.min(first, count));
  return { from, to: Math.max(from, Math.min(last, count)) };
}
