import { isoTime } from '../../../runtime/market/civil-date.ts';

/** When something was made, for a column of a list: `03-31 14:05`, UTC. */
export function minuteText(createdMs: number): string {
  return isoTime(Math.floor(createdMs / 60_000) * 60_000)
    .slice(5, 16)
    .replace('T', ' ');
}
