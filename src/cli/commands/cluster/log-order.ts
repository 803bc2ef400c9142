/** Lines of several logs in the order of time. Every engine has its own way to write it, close to ISO 8601. */
import type { LogSource } from './component-argument.ts';

export interface LogLine {
  readonly source: LogSource;
  readonly line: string;
}

const TIME = /(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,:](\d{1,9}))? ?(Z|UTC|GMT|[+-]\d\d:?\d\d)?/;
/** The time stands at the beginning of a line, or in the first fields of JSON. */
const HEAD_COLUMNS = 100;

/** Stable: lines without a time stay behind the line before them. */
export function inOrderOfTime(logs: readonly (readonly LogLine[])[]): readonly LogLine[] {
  const timed = logs.flatMap(log => {
    let timeMs = 0;
    return log.map(entry => {
      timeMs = timeOf(entry.line) ?? timeMs;
      return { entry, timeMs };
    });
  });
  return timed.toSorted((a, b) => a.timeMs - b.timeMs).map(({ entry }) => entry);
}

/** Epoch milliseconds; a time without zone is the machine's. */
export function timeOf(line: string): number | undefined {
  const match = TIME.exec(line.slice(0, HEAD_COLUMNS));
  if (match === null) return undefined;
  const [, date, clock, fraction = '0', zone = ''] = match;
  const timeMs = Date.parse(`${date}T${clock}.${fraction.slice(0, 3)}${/^(UTC|GMT)$/.test(zone) ? 'Z' : zone}`);
  return Number.isNaN(timeMs) ? undefined : timeMs;
}
