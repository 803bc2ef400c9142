/** `2004-01-01`, or a time `2004-01-01T14:30`, `...:15.250Z`; UTC, other zones are refused. */
import { MS_PER_DAY, parseIsoDate } from '../../runtime/market/civil-date.ts';

const TIME = /^(\d{4}-\d{2}-\d{2})(?:T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,3}))?)?Z?)?$/;

/** Epoch milliseconds; undefined where the text is no date. */
export function parseDate(text: string): number | undefined {
  const [, date = '', hours = '0', minutes = '0', seconds = '0', fraction = '0'] = TIME.exec(text) ?? [];
  const day = parseIsoDate(date);
  if (day === undefined) return undefined;
  const wholeSeconds = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
  return day * MS_PER_DAY + wholeSeconds * 1000 + Number(fraction.padEnd(3, '0'));
}
