/**
 * What may be done at a time that was written down. Times are those of the wall clock, since other processes read them,
 * and a wall clock may be set back: then an hour may lie between now and the end of a pause of a second. So what lies
 * further ahead than any pause is due as well.
 */
import { type Policies, policyOf, USUAL_CODES } from './hospital/policies.ts';

/** Clocks of replicas may differ by so much. */
const SKEW_MS = 10_000;

/** Due is what is not after `nowMs`, or after `neverMs`. Epoch milliseconds. */
export interface DueTimes {
  readonly nowMs: number;
  readonly neverMs: number;
}

/** `least`: of a pause that no policy says. */
export function dueTimes(policies: Policies, nowMs: number, leastMs = 0): DueTimes {
  const codes = [...USUAL_CODES, ...Object.keys(policies), '*'];
  const longestMs = Math.max(leastMs, ...codes.flatMap(code => policyOf(policies, code).retryMs));
  return { nowMs, neverMs: nowMs + longestMs + SKEW_MS };
}
