/**
 * Brings what is kept to what a replay of the log gave, document by document: what is missing or different is written
 * again. What has gone on meanwhile is newer than the replay and stays, and so does what left the log.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Documents, StoredDocument } from '../../../ports/documents.ts';
import type { RunDocument, TaskDocument, Views } from '../store/views.ts';
import { pagesOf } from './pages.ts';

export interface Repaired {
  /** Documents that the log gives. */
  readonly found: number;
  /** Of these, missing or different ones. */
  readonly restored: number;
}

export const repairRuns = (kept: Views, fresh: Views): Promise<Repaired> =>
  repair(kept.runs, fresh.runs, { versionOf: ({ version }) => version, fieldsOf: ownFieldsOf });

export const repairTasks = (kept: Views, fresh: Views): Promise<Repaired> =>
  repair(kept.tasks, fresh.tasks, { versionOf: ({ rank }: TaskDocument) => rank });

/** Never change. */
export async function repairOthers(kept: Views, fresh: Views): Promise<number> {
  const claims = await repair(kept.claims, fresh.claims);
  const submissions = await repair(kept.submissions, fresh.submissions);
  return claims.restored + submissions.restored;
}

interface Comparison<T> {
  /** Grows with each change of a document. */
  readonly versionOf?: (document: T) => number;
  /** What the log can tell of it. */
  readonly fieldsOf?: (fresh: T) => Partial<T>;
}

async function repair<T extends StoredDocument>(
  kept: Documents<T>,
  fresh: Documents<T>,
  { versionOf = () => 0, fieldsOf = document => document }: Comparison<T> = {},
): Promise<Repaired> {
  let [found, restored] = [0, 0];
  for await (const page of pagesOf(fresh)) {
    const byId = new Map((await kept.getAll(page.map(({ _id }) => _id))).map(document => [document._id, document]));
    for (const document of page) {
      const other = byId.get(document._id);
      if (other !== undefined && versionOf(other) > versionOf(document)) continue;
      if (other !== undefined && hasFields(other, fieldsOf(document))) continue;
      await kept.put({ ...document, ...other, ...fieldsOf(document) });
      restored++;
    }
    found += page.length;
  }
  return { found, restored };
}

/** A replay that met with the changes of a run, but not with its submission, only guesses when that was. */
function ownFieldsOf(run: RunDocument): Partial<RunDocument> {
  const { submittedMs: _time, place: _place, ...others } = run;
  return run.isSubmitted === undefined ? others : run;
}

const hasFields = (document: object, fields: object) =>
  Object.entries(fields).every(([name, value]) =>
    isDeepStrictEqual((document as Record<string, unknown>)[name], value),
  );
