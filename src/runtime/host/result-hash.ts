/**
 * `resultHash`: SHA-256 over what a run decided, and nothing of how it ran. Canonical form: float64, little-endian, one
 * NaN (7ff8000000000000), no negative zero. Three parts are hashed apart, so that the boundaries of chunks do not
 * matter: the rows of orders, the rows of fills, the daily equity (times, then values). The result is the SHA-256 of
 * their three digests and the final state: state, cash, equity, and each position as product, quantity, average price
 * and last price; texts are UTF-8 behind their length in bytes (uint32, little-endian).
 */
import { createHash, type Hash } from 'node:crypto';
import { endianness } from 'node:os';
import { assert } from '../base/assert.ts';
import type { Chunk, RunSummary } from '../bundle/abi.ts';

assert(endianness() === 'LE', 'typed arrays are little-endian on this machine');

/** Feed it every chunk of a run in order, then the summary. */
export class ResultHasher {
  readonly #orders = createHash('sha256');
  readonly #fills = createHash('sha256');
  readonly #times: TimesHash;

  /** `times`: shared by runs that mostly have the same daily times. */
  constructor(times = new TimesHash()) {
    this.#times = times;
  }

  update({ orders, fills }: Pick<Chunk, 'orders' | 'fills'>): void {
    if (orders.length > 0) this.#orders.update(canonicalBytes(orders));
    if (fills.length > 0) this.#fills.update(canonicalBytes(fills));
  }

  /** 64 lower-case hexadecimal digits. The hasher cannot be used again. */
  finish({ state, finalCash, finalEquity, positions, daily }: FinalState): string {
    const equity = this.#times.of(daily.times).update(canonicalBytes(daily.values));
    const parts = [this.#orders, this.#fills, equity].map(part => part.digest());
    const held = positions.flatMap(({ product, quantity, averagePrice, lastPrice }) => {
      return [textBytes(product), canonicalBytes(Float64Array.of(quantity, averagePrice, lastPrice))];
    });
    const cash = canonicalBytes(Float64Array.of(finalCash, finalEquity));
    const result = Buffer.concat([...parts, textBytes(state), cash, ...held]);
    return createHash('sha256').update(result).digest('hex');
  }
}

/** The hash of the last times that it was given: the runs of a slice have few others. */
export class TimesHash {
  #times: Float64Array | undefined;
  #hash = createHash('sha256');

  /** A hash that has taken the times, to go on with. */
  of(times: Float64Array): Hash {
    if (this.#times === undefined || !areEqual(this.#times, times)) {
      this.#times = times.slice();
      this.#hash = createHash('sha256').update(canonicalBytes(times));
    }
    return this.#hash.copy();
  }
}

function areEqual(a: Float64Array, b: Float64Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

type FinalState = Pick<RunSummary, 'state' | 'finalCash' | 'finalEquity' | 'positions' | 'daily'>;

/** Behind its length. */
function textBytes(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  return Buffer.concat([length, bytes]);
}

const NAN_HIGH_WORD = 0x7ff80000;
const NEGATIVE_ZERO_HIGH_WORD = -0x80000000;
const EXPONENT_BITS = 0x7ff00000;

/** The column's own bytes where they are canonical already, else those of a copy. Plain loops: columns are long. */
function canonicalBytes(column: Float64Array): Uint8Array {
  const canonical = isCanonical(column) ? column : canonicalCopy(column);
  return new Uint8Array(canonical.buffer, canonical.byteOffset, canonical.byteLength);
}

/** Looks at the words, since all NaNs look alike as numbers: the one NaN and the other values but negative zero. */
function isCanonical(column: Float64Array): boolean {
  const words = new Int32Array(column.buffer, column.byteOffset, 2 * column.length);
  for (let i = 1; i < words.length; i += 2) {
    const high = words[i] ?? 0;
    if (high === NEGATIVE_ZERO_HIGH_WORD && words[i - 1] === 0) return false;
    const mayBeNan = (high & EXPONENT_BITS) === EXPONENT_BITS && (high !== NAN_HIGH_WORD || words[i - 1] !== 0);
    if (mayBeNan && Number.isNaN(column[i >> 1])) return false;
  }
  return true;
}

function canonicalCopy(column: Float64Array): Float64Array {
  const copy = new Float64Array(column.length);
  const words = new Uint32Array(copy.buffer);
  for (let i = 0; i < column.length; i++) {
    const value = column[i] ?? 0;
    if (Number.isNaN(value)) words[2 * i + 1] = NAN_HIGH_WORD;
    else copy[i] = value + 0;
  }
  return copy;
}
