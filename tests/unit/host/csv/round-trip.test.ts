import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseText } from './parse-text.ts';

const DAY_MS = 86_400_000;
const two = (value: number): string => String(value).padStart(2, '0');

/** A way of writing times, exact to `stepMs`. */
interface Writer {
  readonly stepMs: number;
  readonly write: (date: Date) => string;
}

const writers: Readonly<Record<string, Writer>> = {
  iso: { stepMs: 1, write: date => date.toISOString() },
  offset: { stepMs: 1, write: date => new Date(date.getTime() + 19_800_000).toISOString().replace('Z', '+05:30') },
  seconds: { stepMs: 1000, write: date => date.toISOString().slice(0, 19).replace('T', ' ') },
  minutes: { stepMs: 60_000, write: date => date.toISOString().slice(0, 16).replace('T', ' ') },
  dates: { stepMs: DAY_MS, write: date => date.toISOString().slice(0, 10) },
  compact: { stepMs: DAY_MS, write: date => date.toISOString().slice(0, 10).replaceAll('-', '') },
  dayFirst: {
    stepMs: DAY_MS,
    write: date => `${two(date.getUTCDate())}/${two(date.getUTCMonth() + 1)}/${date.getUTCFullYear()}`,
  },
  'epoch-ms': { stepMs: 1, write: date => String(date.getTime()) },
  'epoch-us': { stepMs: 1, write: date => `${date.getTime()}000` },
  'epoch-ns': { stepMs: 1, write: date => `${date.getTime()}000000` },
};

const value = fc.double({ noNaN: true, noDefaultInfinity: true });
const row = fc.tuple(
  fc.integer({ min: Date.UTC(2002, 0), max: Date.UTC(2099, 11) }),
  value,
  value,
  value,
  value,
  value,
);
const layout = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  quote: fc.constantFrom('', '"'),
  mark: fc.constantFrom('', '\uFEFF'),
  order: fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 }),
});
const NAMES = ['time', 'open', 'high', 'low', 'close', 'volume'] as const;

test.each(Object.entries(writers))(
  'a table written with %s times comes back bit for bit',
  async (name, { stepMs, write }) => {
    const property = fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 30 }), layout, async (rawRows, form) => {
      const rows = rawRows.map(([time, ...values]) => [Math.floor(time / stepMs) * stepMs, ...values]);
      const field = (text: string): string => `${form.quote}${text}${form.quote}`;
      const line = (texts: readonly string[]): string =>
        form.order.map(column => field(texts[column]!)).join(form.delimiter);
      const texts = rows.map(([time, ...values]) => [
        write(new Date(time!)),
        ...values.map(number => (Object.is(number, -0) ? '-0' : String(number))),
      ]);
      const text = form.mark + [NAMES, ...texts].map(line).join(form.lineEnd);
      const table = await parseText(text, name === 'dayFirst' ? { timeFormat: 'dmy' } : {});
      expect(table.badRows).toEqual([]);
      NAMES.forEach((column, index) => {
        const wanted = Float64Array.from(rows, values => values[index]!);
        expect(table.columns[column].slice(0, table.columns.length)).toEqual(wanted);
      });
    });
    await fc.assert(property, { numRuns: 100 });
  },
);
