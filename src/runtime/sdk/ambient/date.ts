/**
 * `Date` inside a strategy: now is the close of the current bar, and local time is UTC, whatever the machine's zone is.
 * Locale formats are refused, because they differ between machines.
 */
import { ambientNow } from '../../base/ambient.ts';
import { GoboolError } from '../../base/error.ts';

const HostDate = globalThis.Date;

function DateInUtc(...parts: unknown[]): unknown {
  if (new.target === undefined) return new RunDate().toString();
  return Reflect.construct(HostDate, [timeFrom(parts)], new.target);
}

function timeFrom(parts: unknown[]): number {
  if (parts.length === 0) return ambientNow();
  if (parts.length > 1) return HostDate.UTC(...(parts as [number, number]));
  const [part] = parts;
  if (part instanceof HostDate) return part.getTime();
  const value = Object(part) === part ? String(part) : part;
  return typeof value === 'string' ? parseInUtc(value) : Number(value);
}

const ISO_DATE = /^[+-]?\d{4,6}(-\d\d(-\d\d)?)?$/;
const COMMENT = /\([^)]*\)?/g;
const NAMED_ZONE = /\d.*(?<![a-z])(?:Z|UTC?|GMT|[ECMP][SD]T)(?![a-z])/i;
/** A sign is one after a time only, and a minus not where it may join a date: 12-31-2024 names no zone. */
const ZONE_OFFSET = /:\d\d(?:\.\d+)?(?:\s*[AP]M)?-\d|:\d\d.*(?:\+|\s-)\d/i;

/** As `Date.parse`, but text without a zone means UTC. */
function parseInUtc(text: string): number {
  const trimmed = text.trim();
  const plain = trimmed.replace(COMMENT, '');
  if (ISO_DATE.test(trimmed) || NAMED_ZONE.test(plain) || ZONE_OFFSET.test(plain)) return HostDate.parse(trimmed);
  const iso = HostDate.parse(`${trimmed}Z`);
  return Number.isNaN(iso) ? HostDate.parse(`${trimmed} UTC`) : iso;
}

const SETTABLE = ['FullYear', 'Month', 'Date', 'Hours', 'Minutes', 'Seconds', 'Milliseconds'];
const LOCAL_METHODS = ['getDay', ...SETTABLE.flatMap(field => [`get${field}`, `set${field}`])];
const LOCALE_METHODS = ['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString'];

/** Replaces every method that would read the machine's zone or locale. */
const utcMethods: Record<string, unknown> & ThisType<Date> = {
  ...Object.fromEntries(LOCAL_METHODS.map(name => [name, utcTwin(name)])),
  ...Object.fromEntries(LOCALE_METHODS.map(name => [name, () => refuseLocale(name)])),
  getYear() {
    return this.getUTCFullYear() - 1900;
  },
  setYear(year: number) {
    return this.setUTCFullYear(year >= 0 && year <= 99 ? 1900 + Math.trunc(year) : year);
  },
  getTimezoneOffset() {
    return this.getTime() * 0;
  },
  toString() {
    return Number.isNaN(this.getTime()) ? 'Invalid Date' : `${dateText(this)} ${timeText(this)}`;
  },
  toDateString() {
    return Number.isNaN(this.getTime()) ? 'Invalid Date' : dateText(this);
  },
  toTimeString() {
    return Number.isNaN(this.getTime()) ? 'Invalid Date' : timeText(this);
  },
};

/** `getUTCHours` for `getHours`. */
function utcTwin(name: string): unknown {
  return Reflect.get(HostDate.prototype, `${name.slice(0, 3)}UTC${name.slice(3)}`);
}

/** `Thu Jan 01 1970`, from `Thu, 01 Jan 1970 00:00:00 GMT`. */
function dateText(date: Date): string {
  const [weekday, day, month, year] = date.toUTCString().split(/,? /);
  return `${weekday} ${month} ${day} ${year}`;
}

function timeText(date: Date): string {
  return `${date.toUTCString().split(' ')[4]} GMT+0000 (Coordinated Universal Time)`;
}

function refuseLocale(name: string): never {
  throw new GoboolError('GB_STRATEGY_FORBIDDEN', `Date.${name}() depends on the machine's locale.`, {
    hint: 'Use toISOString(), or put the text together from getUTCFullYear() and the like.',
  });
}

function hidden(members: Record<string, unknown>): PropertyDescriptorMap {
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => [name, { value, writable: true, configurable: true }]),
  );
}

export const RunDate = DateInUtc as unknown as DateConstructor;
Object.defineProperties(
  RunDate,
  hidden({
    name: 'Date',
    now: () => ambientNow(),
    parse: (text: unknown) => parseInUtc(String(text)),
    UTC: HostDate.UTC,
  }),
);
Object.defineProperty(RunDate, 'prototype', {
  value: Object.freeze(Object.create(HostDate.prototype, hidden({ constructor: RunDate, ...utcMethods }))),
});
Object.freeze(RunDate);
