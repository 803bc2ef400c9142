/**
 * The C loop's work as bare loops in TypeScript: crosses, fills, equity and drawdown, without orders, rows, samples or
 * any other rule. It tells which part of a ratio to C is V8's on a machine. Prints what each round took.
 */
import type { Measured } from './engine-process.ts';
import { randomBars } from './lib/market.ts';
import { peakMb } from './lib/peak.ts';

export interface BareWork {
  readonly kind: 'run' | 'sweep';
  readonly bars: number;
  readonly rounds: number;
  readonly warmUps: number;
}

const FEE = 0.001;
const CASH = 100_000;
const BLOCK = 512;
/** Averages lie in rings, so that they stay in the processor's cache. */
const RING = 4096;

const { kind, bars, rounds, warmUps }: BareWork = JSON.parse(process.argv[2]!);
const { open, close } = randomBars(bars, 1);
const account = {
  cash: Number.NaN,
  held: Number.NaN,
  fills: 0,
  peak: Number.NaN,
  worst: Number.NaN,
  depth: Number.NaN,
};

/** Made once, as C does. A sweep looks at equity and stores none, as the engine's does. */
const stores = kind === 'run';
const equity = new Float64Array(bars);
const [fast, slow] = [new Float64Array(RING), new Float64Array(RING)];

const ms: number[] = [];
let last = { equity: Number.NaN, fills: 0 };
for (let round = -warmUps; round < rounds; round++) {
  const startMs = performance.now();
  last = kind === 'run' ? run() : sweep();
  if (round >= 0) ms.push(performance.now() - startMs);
}
console.log(JSON.stringify({ ms, ...last, peakMb: peakMb() } satisfies Measured));

/** Both averages block by block, equity stored. */
function run(): { equity: number; fills: number } {
  begin();
  let [fastSum, slowSum, marked, isIn] = [0, 0, 0, false];
  for (let from = 0; from < bars; from += BLOCK) {
    const to = Math.min(bars, from + BLOCK);
    fastSum = slide(fast, RING - 1, 10, fastSum, from, to);
    slowSum = slide(slow, RING - 1, 30, slowSum, from, to);
    const last = Math.min(to, bars - 1);
    for (let at = Math.max(from, 30); at < last; at++) {
      at = isIn ? nextAbove(slow, fast, RING - 1, at, last) : nextAbove(fast, slow, RING - 1, at, last);
      if (at === last) break;
      track(marked, at + 1);
      marked = at + 1;
      isIn = !isIn;
      trade(open[at + 1]!, isIn);
    }
    track(marked, to);
    marked = to;
  }
  return { equity: equity[bars - 1]!, fills: account.fills };
}

/** Each average once, each pair of them run; equity goes straight into drawdown. */
function sweep(): { equity: number; fills: number } {
  const columns = new Map<number, Float64Array>();
  const average = (period: number): Float64Array => {
    const column = columns.get(period) ?? new Float64Array(bars);
    if (!columns.has(period)) slide(column, -1, period, 0, 0, bars);
    columns.set(period, column);
    return column;
  };
  let [sum, fills] = [0, 0];
  for (let fast = 5; fast < 25; fast++) {
    for (let slow = 30; slow < 230; slow += 4) {
      sum += runPair(average(fast), average(slow), slow);
      fills += account.fills;
    }
  }
  return { equity: sum, fills };
}

function runPair(fast: Float64Array, slow: Float64Array, from: number): number {
  begin();
  const last = bars - 1;
  for (let at = from; at < last; at++) {
    at = nextAbove(fast, slow, -1, at, last);
    if (at === last) break;
    const entry = at + 1;
    trade(open[entry]!, true);
    at = nextAbove(slow, fast, -1, entry, last);
    track(entry, at === last ? bars : at + 1);
    if (at < last) trade(open[at + 1]!, false);
  }
  return account.cash + account.held * close[last]!;
}

function begin(): void {
  Object.assign(account, { cash: CASH, held: 0, fills: 0, peak: CASH, worst: CASH, depth: 0 });
}

function trade(price: number, isBuy: boolean): void {
  const quantity = isBuy ? account.cash / (price * (1 + FEE)) : -account.held;
  account.cash -= quantity * price + Math.abs(quantity) * price * FEE;
  account.held += quantity;
  account.fills++;
}

/** Averages of bars `[from, to)` at `i & mask`; `sum` and what is returned: of the window before and of the last. */
function slide(out: Float64Array, mask: number, period: number, sum: number, from: number, to: number): number {
  let i = from;
  for (; i < to && i < period; i++) {
    sum += close[i]!;
    out[i & mask] = sum / period;
  }
  for (; i < to; i++) {
    sum += close[i]! - close[i - period]!;
    out[i & mask] = sum / period;
  }
  return sum;
}

/** The first of bars `[from, to)` at which `a` has come above `b`; else `to`. */
function nextAbove(a: Float64Array, b: Float64Array, mask: number, from: number, to: number): number {
  let i = from;
  while (i < to) {
    while (i < to && !(a[i & mask]! > b[i & mask]!)) i++;
    if (i === to || a[(i - 1) & mask]! <= b[(i - 1) & mask]!) return i;
    while (i < to && a[i & mask]! > b[i & mask]!) i++;
  }
  return to;
}

/** Equity of steps with the position as it is. */
function track(from: number, to: number): void {
  const { cash, held } = account;
  let { peak, worst, depth } = account;
  for (let i = from; i < to; i++) {
    const value = cash + held * close[i]!;
    if (stores) equity[i] = value;
    if (value > peak) {
      peak = value;
      worst = value * (1 - depth);
    } else if (value < worst) {
      worst = value;
      depth = (peak - value) / peak;
    }
  }
  account.peak = peak;
  account.worst = worst;
  account.depth = depth;
}
