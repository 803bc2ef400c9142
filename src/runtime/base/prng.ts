/**
 * Seeded random numbers: xoshiro128** (Blackman and Vigna, 2018, public domain), seeded through splitmix32.
 * Only integer operations, so every machine gives the same numbers. Not for secrets.
 */

/** Four 32-bit words, not all zero. */
export type PrngState = Int32Array;

/** A state that any seed, also 0 or a fraction, spreads over all its bits. */
export function prngFromSeed(seed: number): PrngState {
  const state = new Int32Array(4);
  let counter = Math.trunc(seed) | 0;
  for (let i = 0; i < 4; i++) {
    counter = (counter + 0x9e3779b9) | 0;
    let word = counter ^ (counter >>> 16);
    word = Math.imul(word, 0x21f0aaad);
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
    state[i] = word ^ (word >>> 15);
  }
  return state;
}

/** The next 32 bits, as a number in [0, 2^32). */
export function nextUint32(state: PrngState): number {
  // One by one: taking a typed array apart goes through its iterator, which costs ten times as much.
  const a = state[0] ?? 0;
  const b = state[1] ?? 0;
  const c = state[2] ?? 0;
  const d = state[3] ?? 0;
  const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9);
  const mixedC = c ^ a;
  const mixedD = d ^ b;
  state[0] = a ^ mixedD;
  state[1] = b ^ mixedC;
  state[2] = mixedC ^ (b << 9);
  state[3] = rotateLeft(mixedD, 11);
  return result >>> 0;
}

/** A number in [0, 1) with 53 random bits. */
export function nextRandom(state: PrngState): number {
  const high = nextUint32(state) >>> 5;
  const low = nextUint32(state) >>> 6;
  return (high * 0x4000000 + low) / 0x20000000000000;
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
