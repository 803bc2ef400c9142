/**
 * Reads a decimal number from bytes without making a string, bit for bit as `Number(text)` would.
 * Why it is exact: an integer mantissa below 2^53 and a power of ten up to 10^22 are both exact doubles, so that their
 * quotient is rounded once (W. Clinger, "How to read floating point numbers accurately", 1990). Every other
 * number, with an exponent or with more digits, goes the slow way through `Number`.
 */
const ZERO = 48;
const MINUS = 45;
const POINT = 46;
const MANTISSA_END = 2 ** 53;
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

const POWERS_OF_TEN = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/** The number in `[from, to)`; NaN where it is not one. `1e999` is Infinity; words such as `NaN` and `inf` are NaN. */
export function parseNumber(bytes: Uint8Array, from: number, to: number): number {
  const negative = bytes[from] === MINUS;
  const first = negative ? from + 1 : from;
  let mantissa = 0;
  let pointAt = -1;
  for (let at = first; at < to; at++) {
    const digit = (bytes[at] ?? 0) - ZERO;
    if (digit >= 0 && digit <= 9) mantissa = mantissa * 10 + digit;
    else if (digit === POINT - ZERO && pointAt < 0) pointAt = at;
    else return parseRareNumber(bytes, from, to);
  }
  const decimals = pointAt < 0 ? 0 : to - pointAt - 1;
  const digits = to - first - (pointAt < 0 ? 0 : 1);
  if (digits <= 0 || mantissa >= MANTISSA_END || decimals > 22) return parseRareNumber(bytes, from, to);
  const magnitude = mantissa / (POWERS_OF_TEN[decimals] ?? 1);
  return negative ? -magnitude : magnitude;
}

function parseRareNumber(bytes: Uint8Array, from: number, to: number): number {
  const text = String.fromCharCode(...bytes.subarray(from, Math.min(to, from + 1000)));
  return DECIMAL.test(text) ? Number(text) : Number.NaN;
}
