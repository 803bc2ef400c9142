/** Times as the page writes them, UTC. */
import { closeDateText, momentText } from '../runtime/report/format.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAY = 86_400;

/** Of a close, epoch seconds: the date where bars last a day or longer, else date and time. */
export function closeText(time: number, barSeconds: number): string {
  return barSeconds >= 0.2 * DAY ? closeDateText(time * 1000) : momentText(Math.floor(time / 60) * 60_000);
}

/** Labels of a time axis whose marks are `step` seconds apart: each says what the one before does not. */
export function axisLabels(times: readonly number[], step: number): readonly string[] {
  return times.map((time, index) => {
    const date = new Date(time * 1000);
    const year = yearOf(time);
    const isNew = index === 0 || yearOf(times[index - 1]!) !== year;
    const month = MONTHS[date.getUTCMonth()] ?? '';
    const day = `${date.getUTCDate()} ${month}`;
    if (step >= 365 * DAY) return year;
    if (step >= 28 * DAY && index > 0 && date.getUTCMonth() === 0) return year;
    if (step >= 28 * DAY) return isNew ? `${month} ${year}` : month;
    if (step >= DAY) return isNew ? `${day} ${year}` : day;
    const clock = date.toISOString().slice(11, 16);
    return clock === '00:00' || index === 0 ? (clock === '00:00' ? day : `${day} ${clock}`) : clock;
  });
}

function yearOf(time: number): string {
  return String(new Date(time * 1000).getUTCFullYear());
}
