/** What all replicas of all services say of themselves, by metric. */

interface Sample {
  readonly isCounter: boolean;
  /** Of a counter the sum over its labels, else the greatest. */
  readonly value: number;
}

export type Page = ReadonlyMap<string, Sample>;

const TYPE = /^# TYPE (\S+) (\S+)$/;
const SAMPLE = /^([a-z_]+)(?:\{.*\})? (\S+)$/;

/** `text`: as a service's `/metrics` shows it. Parts of histograms, and what has no value now, are left out. */
export function readPage(text: string): Page {
  const types = new Map<string, string>();
  const page = new Map<string, Sample>();
  for (const line of text.split('\n')) {
    const [, typed, type] = TYPE.exec(line) ?? [];
    if (typed !== undefined && type !== undefined) types.set(typed, type);
    const [, name = '', number] = SAMPLE.exec(line) ?? [];
    const value = Number(number);
    if (!types.has(name) || Number.isNaN(value)) continue;
    const isCounter = types.get(name) === 'counter';
    const before = page.get(name)?.value;
    if (before === undefined) page.set(name, { isCounter, value });
    else page.set(name, { isCounter, value: isCounter ? before + value : Math.max(before, value) });
  }
  return page;
}

interface Look {
  readonly atMs: number;
  /** By the replica's key. */
  readonly pages: ReadonlyMap<string, Page>;
}

/**
 * The worst replica's value of each metric; of a counter, how much all replicas together counted in a minute. A replica
 * that was not there at the last look, or started again, counts from the next look on.
 */
export class Readings {
  #last: Look | undefined;

  /** `nowMs` never jumps. */
  take(pages: Look['pages'], nowMs: number): ReadonlyMap<string, number> {
    const last = this.#last;
    this.#last = { atMs: nowMs, pages };
    const values = new Map<string, number>();
    for (const [key, page] of pages) {
      for (const [name, { isCounter, value }] of page) {
        const earlier = last?.pages.get(key)?.get(name)?.value ?? value;
        const minutes = (nowMs - (last?.atMs ?? nowMs)) / 60_000;
        const rate = minutes > 0 ? Math.max(0, value - earlier) / minutes : 0;
        const before = values.get(name);
        values.set(name, isCounter ? (before ?? 0) + rate : Math.max(before ?? value, value));
      }
    }
    return values;
  }
}
