/** Makes a case of a message of topic `dead-letters`. The same letter twice is one case. */
import type { Message } from '../../../ports/bus.ts';
import type { Queries, Sql } from '../../../ports/sql.ts';
import { settle } from '../settle.ts';
import { Changes } from '../store/changes.ts';
import { admit, type Care } from './admit.ts';
import { readLetter } from './read-letter.ts';

/** Resolves to whether anything changed. */
export async function takeLetter(sql: Sql, message: Message, care: Care): Promise<boolean> {
  const { patient, ...letter } = readLetter(message);
  return await sql.transaction(async queries => {
    const changes = new Changes(queries, Date.now());
    await changes.cases.lock([letter.caseId]);
    const keyId = await keyOf(queries, patient.runId);
    if (!admit(changes, { ...letter, patient: { ...patient, keyId } }, care)) return false;
    await settle(queries, changes);
    return true;
  });
}

async function keyOf(queries: Queries, runId: string | null): Promise<string | null> {
  const text = 'SELECT key_id AS "keyId" FROM gobool.runs WHERE run_id = $1';
  const [run] = await queries.query<{ keyId: string }>(text, [runId]);
  return run?.keyId ?? null;
}
