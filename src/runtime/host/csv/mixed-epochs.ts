/**
 * Some vendors changed the unit of their epochs in the course of a file. Those of the coarser unit, read in the finer
 * one, are times in the first weeks of 1970, in good order among themselves, so that nothing else finds them.
 */
import { isoTime } from '../../market/civil-date.ts';
import type { RawColumns } from '../import/raw-columns.ts';

/** Neighbours that are a year apart, one of them hundreds of times nearer to 1970: seconds among milliseconds. */
const RATIO_MIN = 500;
const GAP_MIN_MS = 365 * 86_400_000;

/** What is wrong with the times of a file; undefined where they are of one unit. `lines`: the place of each row. */
export function mixedEpochs({ time, length }: RawColumns, lines: Uint32Array, place = 'line'): string | undefined {
  for (let row = 1; row < length; row++) {
    const [before, after] = [time[row - 1] as number, time[row] as number];
    if (Math.abs(after - before) < GAP_MIN_MS) continue;
    const nearer = Math.min(Math.abs(before), Math.abs(after));
    if (nearer === 0 || Math.max(Math.abs(before), Math.abs(after)) < nearer * RATIO_MIN) continue;
    const places = `${place} ${lines[row - 1]} is of ${isoTime(before)}, ${place} ${lines[row]} of ${isoTime(after)}`;
    return `its times are epochs of two units, it seems: ${places}`;
  }
  return undefined;
}
