/** The first of the integers `[from, to)` at which `holds`, and from there on everywhere; `to` if it never does. */
export function firstWhere(from: number, to: number, holds: (at: number) => boolean): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = low + ((high - low) >>> 1);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
