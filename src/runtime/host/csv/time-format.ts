/** The ways of writing a time that gobool reads. The names are the words of `--time-format`. */
import { CalendarReader, type DateOrder } from './calendar-time.ts';
import { parseNumber } from './parse-number.ts';
import type { ZoneClock } from './zone-clock.ts';

/** Each format with an example of it. */
export const TIME_FORMATS = {
  ymd: '2015-01-31 09:30',
  dmy: '31/01/2015 09:30',
  mdy: '01/31/2015 09:30',
  'epoch-s': '1422696600',
  'epoch-ms': '1422696600000',
  'epoch-us': '1422696600000000',
  'epoch-ns': '1422696600000000000',
} as const;

export type TimeFormat = keyof typeof TIME_FORMATS;

/** Reads the times of one file; NaN for a text that is not a time, or that the time zone skips. */
export interface TimeReader {
  read(bytes: Uint8Array, from: number, to: number): number;
  /** Date and clock in two columns. */
  readSplit(bytes: Uint8Array, dateFrom: number, dateTo: number, clockFrom: number, clockTo: number): number;
}

/** What an epoch number is multiplied with and divided by to give milliseconds. */
const EPOCHS = {
  'epoch-s': [1000, 1],
  'epoch-ms': [1, 1],
  'epoch-us': [1, 1e3],
  'epoch-ns': [1, 1e6],
} as const;

type EpochFormat = keyof typeof EPOCHS;

export function isEpoch(format: TimeFormat): format is EpochFormat {
  return Object.hasOwn(EPOCHS, format);
}

/** Without `zone`, times without an offset are UTC. */
export function timeReader(format: TimeFormat, zone?: ZoneClock): TimeReader {
  if (isEpoch(format)) return new EpochReader(format);
  return zone === undefined ? new CalendarReader(format) : new ZonedReader(format, zone);
}

/** Years 1740 to 2200: a number outside is an epoch in another unit. */
const EPOCH_LIMIT_MS = 7.258e12;

/** Epoch numbers in any unit, to the nearest millisecond. */
export class EpochReader implements TimeReader {
  readonly #multiplier: number;
  readonly #divisor: number;

  constructor(format: EpochFormat) {
    [this.#multiplier, this.#divisor] = EPOCHS[format];
  }

  /** Epoch milliseconds; NaN for a number that is no time. */
  fromNumber(value: number): number {
    const timeMs = Math.round((value * this.#multiplier) / this.#divisor);
    return Math.abs(timeMs) <= EPOCH_LIMIT_MS ? timeMs : Number.NaN;
  }

  read(bytes: Uint8Array, from: number, to: number): number {
    return this.fromNumber(parseNumber(bytes, from, to));
  }

  /** An epoch is a whole time already: its clock column is not read. */
  readSplit(bytes: Uint8Array, dateFrom: number, dateTo: number): number {
    return this.read(bytes, dateFrom, dateTo);
  }
}

/** Written times of a time zone. */
class ZonedReader implements TimeReader {
  readonly #calendar: CalendarReader;
  readonly #zone: ZoneClock;

  constructor(order: DateOrder, zone: ZoneClock) {
    this.#calendar = new CalendarReader(order);
    this.#zone = zone;
  }

  read(bytes: Uint8Array, from: number, to: number): number {
    return this.#toUtc(this.#calendar.read(bytes, from, to));
  }

  readSplit(bytes: Uint8Array, dateFrom: number, dateTo: number, clockFrom: number, clockTo: number): number {
    return this.#toUtc(this.#calendar.readSplit(bytes, dateFrom, dateTo, clockFrom, clockTo));
  }

  #toUtc(timeMs: number): number {
    return this.#calendar.hasOffset || Number.isNaN(timeMs) ? timeMs : this.#zone.toUtc(timeMs);
  }
}
