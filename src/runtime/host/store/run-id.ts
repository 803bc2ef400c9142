/** Ids of runs: eight characters that are easy to read aloud and hard to confuse (Crockford's base 32, lower case). */
import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const ID_LENGTH = 8;

/** 40 random bits: among ten thousand runs, two share an id with a chance of 1 in 20,000. */
export function newRunId(): string {
  return Array.from(randomBytes(ID_LENGTH), byte => ALPHABET.charAt(byte % ALPHABET.length)).join('');
}
