/** `GET /runs/:runId`: whose it is, and what was submitted under its id. */
import { GoboolError } from '../../../../runtime/base/error.ts';
import type { RunOrigin } from '../../../contracts/http/run-origin.ts';
import type { Queries } from '../../../ports/sql.ts';
import type { Routes } from '../../common/serve-routes.ts';

const ORIGIN = 'SELECT key_id AS "keyId", payload_hash AS "payloadHash" FROM gobool.runs WHERE run_id = $1';

export const runRoutes =
  (queries: Queries): Routes =>
  app => {
    app.get<{ Params: { runId: string } }>('/runs/:runId', async ({ params: { runId } }) => {
      const [origin] = await queries.query<RunOrigin>(ORIGIN, [runId]);
      if (origin !== undefined) return origin;
      throw new GoboolError('GB_RUN_UNKNOWN', `There is no run ${runId} here, or not yet.`);
    });
  };
