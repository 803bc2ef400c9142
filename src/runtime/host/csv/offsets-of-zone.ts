import { GoboolError } from '../../base/error.ts';
import type { ZoneOffsets } from '../../market/zone-offsets.ts';
import { zoneOffsets } from '../zone.ts';

/** Years that a zone's table covers. */
const FROM_MS = Date.UTC(1900, 0);
const TO_MS = Date.UTC(2100, 0);

/** The table of the zone that a user names; undefined for UTC, which needs none. Throws GB_CSV_OPTION. */
export async function offsetsOfZone(timeZone: string): Promise<ZoneOffsets | undefined> {
  if (timeZone === 'UTC') return undefined;
  try {
    return await zoneOffsets(timeZone, FROM_MS, TO_MS);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const hint = 'Use a name of the IANA database, such as America/New_York.';
    throw new GoboolError('GB_CSV_OPTION', `There is no time zone "${timeZone}".`, { hint, cause: error });
  }
}
