/** Lots and ticks. Both are decimal grids, so what is on the grid but for its last bits stays where it is. */

const SLACK = 1e-7;

/** Floored in size: 37 in lots of 10 is 30, -37 is -30. */
export function floorToLot(quantity: number, lot: number): number {
  if (lot === 0) return quantity;
  const lots = Math.floor(Math.abs(quantity) / lot + SLACK);
  return lots === 0 ? 0 : Math.sign(quantity) * lots * lot;
}

/** The next price on the grid: up for 1, down for -1. */
export function roundToTick(price: number, way: 1 | -1, tick: number): number {
  if (tick === 0) return price;
  const ticks = price / tick;
  return (way > 0 ? Math.ceil(ticks - SLACK) : Math.floor(ticks + SLACK)) * tick;
}
