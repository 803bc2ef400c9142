/**
 * Reads a written date, with or without a clock and an offset from UTC, from bytes without making a string.
 * Accepts `2015-01-02`, `2015.1.2`, `20150102` (year first) or `2/1/2015` (day or month first); then `T` or spaces and
 * `9:30`, `09:30:00.250`, `0930`, `093000`, `930`; then `Z`, `UTC`, `+01:00`, `-0500`, `+09`. Fractions are rounded
 * to the millisecond, but not into the next day: a row keeps the date that it says.
 * Limitation: no names of months, no AM or PM, no leap second.
 */
import { dayNumber, MS_PER_DAY } from '../../market/civil-date.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const ZERO = 48;
const FIVE = 53;
const NINE = 57;
const SPACE = 32;
const PLUS = 43;
const COMMA = 44;
const MINUS = 45;
const POINT = 46;
const SLASH = 47;
const COLON = 58;
const LETTER_C = 67;
const LETTER_T = 84;
const LETTER_U = 85;
const LETTER_Z = 90;
/** Milliseconds of one unit in the last of 0 to 3 decimals of a second. */
const FRACTION_UNIT_MS = [0, 100, 10, 1];

const isDigit = (byte: number): boolean => byte >= ZERO && byte <= NINE;

export type DateOrder = 'ymd' | 'dmy' | 'mdy';

export class CalendarReader {
  /** Whether the last text said its own offset from UTC. */
  hasOffset = false;
  readonly #order: DateOrder;
  readonly #takesOffset: boolean;
  #bytes: Uint8Array = new Uint8Array();
  #at = 0;
  #to = 0;
  #year = 0;
  #month = 0;
  #monthMs = 0;
  #monthDays = 0;

  /** Without `takesOffset` a text means the local time that it says. */
  constructor(order: DateOrder, takesOffset = true) {
    this.#order = order;
    this.#takesOffset = takesOffset;
  }

  /** Epoch milliseconds of the text in `[from, to)`, a text without an offset taken as UTC; NaN for other texts. */
  read(bytes: Uint8Array, from: number, to: number): number {
    this.#open(bytes, from, to);
    const dayMs = this.#date();
    if (this.#at === to) return dayMs;
    this.#skipToClock();
    return this.#finish(dayMs + this.#clock());
  }

  /** The same for a date and a clock in two columns. */
  readSplit(bytes: Uint8Array, dateFrom: number, dateTo: number, clockFrom: number, clockTo: number): number {
    this.#open(bytes, dateFrom, dateTo);
    const dayMs = this.#date();
    if (this.#at !== dateTo) return Number.NaN;
    this.#open(bytes, clockFrom, clockTo);
    return this.#finish(dayMs + this.#clock());
  }

  #open(bytes: Uint8Array, from: number, to: number): void {
    this.#bytes = bytes;
    this.#at = from;
    this.#to = to;
    this.hasOffset = false;
  }

  /** The byte at the cursor; 0 at the end. */
  #peek(): number {
    return this.#at < this.#to ? (this.#bytes[this.#at] ?? 0) : 0;
  }

  /** Steps over the byte if it is next. */
  #skip(byte: number): boolean {
    if (this.#peek() !== byte) return false;
    this.#at++;
    return true;
  }

  /** Reads `countMin` to `countMax` digits; NaN where there are fewer. */
  #number(countMin: number, countMax: number): number {
    let value = 0;
    for (let count = 0; count < countMax; count++) {
      const byte = this.#peek();
      if (byte < ZERO || byte > NINE) return count < countMin ? Number.NaN : value;
      value = value * 10 + byte - ZERO;
      this.#at++;
    }
    return value;
  }

  #date(): number {
    if (this.#order !== 'ymd') return this.#dateYearLast();
    const year = this.#number(4, 4);
    const separator = this.#separator();
    const digitsMin = separator === 0 ? 2 : 1;
    const month = this.#number(digitsMin, 2);
    if (separator !== 0 && !this.#skip(separator)) return Number.NaN;
    return this.#dayMs(year, month, this.#number(digitsMin, 2));
  }

  #dateYearLast(): number {
    const first = this.#number(1, 2);
    const separator = this.#separator();
    const second = this.#number(1, 2);
    if (separator === 0 || !this.#skip(separator)) return Number.NaN;
    const year = this.#number(4, 4);
    return this.#order === 'dmy' ? this.#dayMs(year, second, first) : this.#dayMs(year, first, second);
  }

  /** Steps over `-`, `.` or `/` and returns it; 0 where there is none. */
  #separator(): number {
    const byte = this.#peek();
    if (byte !== MINUS && byte !== POINT && byte !== SLASH) return 0;
    this.#at++;
    return byte;
  }

  #dayMs(year: number, month: number, day: number): number {
    if (year !== this.#year || month !== this.#month) this.#openMonth(year, month);
    return day >= 1 && day <= this.#monthDays ? this.#monthMs + (day - 1) * MS_PER_DAY : Number.NaN;
  }

  /** Neighbouring rows lie in one month, so that its start is worked out once for many rows. */
  #openMonth(year: number, month: number): void {
    const isMonth = month >= 1 && month <= 12;
    const firstDay = dayNumber(year, month, 1);
    this.#year = year;
    this.#month = month;
    this.#monthMs = firstDay * MS_PER_DAY;
    this.#monthDays = isMonth ? dayNumber(year, month + 1, 1) - firstDay : 0;
  }

  #skipToClock(): void {
    if (this.#skip(LETTER_T)) return;
    while (this.#skip(SPACE));
  }

  #clock(): number {
    const hour = this.#number(1, this.#lacksZero() ? 1 : 2);
    const colons = this.#skip(COLON);
    const minute = this.#number(2, 2);
    const hasSeconds = colons ? this.#skip(COLON) : isDigit(this.#peek());
    const second = hasSeconds ? this.#number(2, 2) : 0;
    const fractionMs = hasSeconds && (this.#skip(POINT) || this.#skip(COMMA)) ? this.#fractionMs() : 0;
    const fits = hour < 24 && minute < 60 && second < 60;
    const clockMs = hour * HOUR_MS + minute * MINUTE_MS + second * 1000 + fractionMs;
    return fits ? Math.min(clockMs, MS_PER_DAY - 1) : Number.NaN;
  }

  /** A whole number, `930` or `93000`, has lost the zero before its hour. */
  #lacksZero(): boolean {
    let end = this.#at;
    while (end < this.#to && isDigit(this.#bytes[end] ?? 0)) end++;
    return end - this.#at === 3 || end - this.#at === 5;
  }

  #fractionMs(): number {
    const from = this.#at;
    const value = this.#number(1, 3);
    const digits = this.#at - from;
    const isUp = this.#peek() >= FIVE && isDigit(this.#peek());
    while (isDigit(this.#peek())) this.#at++;
    return value * (FRACTION_UNIT_MS[digits] ?? 0) + (isUp ? 1 : 0);
  }

  /** Reads the offset, if there is one, and takes it from the time. */
  #finish(timeMs: number): number {
    if (this.#at === this.#to) return timeMs;
    while (this.#skip(SPACE));
    const offsetMs = this.#offset();
    this.hasOffset = true;
    if (this.#at !== this.#to || Number.isNaN(offsetMs)) return Number.NaN;
    return this.#takesOffset ? timeMs - offsetMs : timeMs;
  }

  #offset(): number {
    if (this.#skip(LETTER_Z)) return 0;
    if (this.#skip(LETTER_U)) return this.#skip(LETTER_T) && this.#skip(LETTER_C) ? 0 : Number.NaN;
    const sign = this.#skip(PLUS) ? 1 : this.#skip(MINUS) ? -1 : Number.NaN;
    const hour = this.#number(2, 2);
    const minute = this.#skip(COLON) || isDigit(this.#peek()) ? this.#number(2, 2) : 0;
    return hour < 24 && minute < 60 ? sign * (hour * HOUR_MS + minute * MINUTE_MS) : Number.NaN;
  }
}
