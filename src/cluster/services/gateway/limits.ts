/** What one API key may ask for at once, so that others are served too. */
import { GoboolError } from '../../../runtime/base/error.ts';
import { TokenBucket } from './token-bucket.ts';

export interface Limits {
  readonly requestsPerSecond: number;
  /** Requests that may come at once after a rest. */
  readonly burst: number;
  /** That wait for their answer at the same time, beside streams, uploads and downloads. */
  readonly requests: number;
  /** Open at the same time, and long polls. */
  readonly streams: number;
  /** Of artifacts, at the same time; each may take 64 MB of memory. */
  readonly uploads: number;
  /** Of artifacts and results, at the same time; each may take twice as much. */
  readonly downloads: number;
  /** Tasks that are accepted and not over. */
  readonly pendingTasks: number;
}

/** What a request holds while it lasts. */
export type Held = 'requests' | 'streams' | 'uploads' | 'downloads';

export const LIMITS: Limits = {
  requestsPerSecond: 1_000,
  burst: 2_000,
  requests: 500,
  streams: 4_000,
  uploads: 8,
  downloads: 8,
  // Two runs of the largest size.
  pendingTasks: 20_000,
};

/** A key that asked nothing for so long is forgotten; its bucket is full again by then. */
const FORGET_AFTER_MS = 60_000;

interface Usage {
  readonly bucket: TokenBucket;
  readonly open: Record<Held, number>;
  usedAtMs: number;
}

export class KeyLimits {
  readonly #limits: Limits;
  readonly #usages = new Map<string, Usage>();

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** One request more. `nowMs`: a clock that never jumps. Throws `GB_RATE_LIMIT`. */
  request(keyId: string, nowMs = performance.now()): void {
    if (this.#usageOf(keyId, nowMs).bucket.take(nowMs)) return;
    const { requestsPerSecond } = this.#limits;
    throw tooMuch(`Key ${keyId} sends more than ${requestsPerSecond} requests a second.`);
  }

  /** One more of them, until what it returns is called. Throws `GB_RATE_LIMIT`. */
  open(keyId: string, what: Held, nowMs = performance.now()): () => void {
    const { open } = this.#usageOf(keyId, nowMs);
    if (open[what] >= this.#limits[what]) throw tooMuch(`Key ${keyId} has ${open[what]} open ${what}.`);
    open[what]++;
    return () => {
      open[what]--;
    };
  }

  #usageOf(keyId: string, nowMs: number): Usage {
    const known = this.#usages.get(keyId);
    if (known !== undefined) {
      known.usedAtMs = nowMs;
      return known;
    }
    this.#forget(nowMs);
    const { requestsPerSecond, burst } = this.#limits;
    const usage = {
      bucket: new TokenBucket(burst, requestsPerSecond, nowMs),
      open: { requests: 0, streams: 0, uploads: 0, downloads: 0 },
      usedAtMs: nowMs,
    };
    this.#usages.set(keyId, usage);
    return usage;
  }

  #forget(nowMs: number): void {
    for (const [keyId, { usedAtMs, open }] of this.#usages) {
      const isIdle = Object.values(open).every(count => count === 0);
      if (isIdle && nowMs - usedAtMs > FORGET_AFTER_MS) this.#usages.delete(keyId);
    }
  }
}

const tooMuch = (message: string) => new GoboolError('GB_RATE_LIMIT', message);
