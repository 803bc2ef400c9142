/** New York's time zone, 1998 to 2030, as the table that pure code takes. */
import { zoneOffsets } from '../../src/runtime/host/zone.ts';

export const newYork = await zoneOffsets('America/New_York', Date.UTC(1998, 0), Date.UTC(2030, 0));
