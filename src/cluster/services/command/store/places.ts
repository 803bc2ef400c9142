/** Places in the queue. Each is given once, so that no two runs share one. */
import type { Queries } from '../../../ports/sql.ts';

/** `back`: after all that exist; `front`: before them. */
export async function newPlace(queries: Queries, at: 'front' | 'back'): Promise<number> {
  const [row] = await queries.query<{ place: number }>(`SELECT nextval('gobool.places')::float8 AS place`);
  const { place = 0 } = row ?? {};
  return at === 'back' ? place : -place;
}
