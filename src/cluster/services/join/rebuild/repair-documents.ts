/**
 * Brings what is kept to what a replay of the log gave, document by document: what is missing or different is written
 * again. What has gone on meanwhile, until the moment of the write, is newer than the replay and stays, and so does
 * what left the log.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Documents, StoredDocument } from '../../../ports/documents.ts';
import type { RunDocument, Views } from '../store/views.ts';
import { pagesOf } from './pages.ts';

export interface Repaired {
  /** Documents that the log gives. */
  readonly found: number;
  /** Of these, missing or different ones. */
  readonly restored: number;
}

export const repairRuns = (kept: Views, fresh: Views): Promise<Repaired> =>
  repair(kept.runs, fresh.runs, {
    versionOf: ({ version }) => version,
    fieldsOf: ownFieldsOf,
    bring: run => kept.runs.mergeIfGreater('version', { ...ownFieldsOf(run), _id: run._id }, guessedFieldsOf(run)),
  });

export const repairTasks = (kept: Views, fresh: Views): Promise<Repaired> =>
  repair(kept.tasks, fresh.tasks, {
    versionOf: ({ rank }) => rank,
    fieldsOf: task => task,
    bring: task => kept.tasks.mergeIfGreater('rank', task),
  });

/** Never change. */
export async function repairOthers(kept: Views, fresh: Views): Promise<number> {
  const claims = await repairConstant(kept.claims, fresh.claims);
  const submissions = await repairConstant(kept.submissions, fresh.submissions);
  return claims.restored + submissions.restored;
}

const repairConstant = <T extends StoredDocument>(kept: Documents<T>, fresh: Documents<T>): Promise<Repaired> =>
  repair(kept, fresh, {
    versionOf: () => 0,
    fieldsOf: document => document,
    bring: document => kept.insertIfAbsent(document),
  });

interface Comparison<T> {
  /** Grows with each change of a document. */
  readonly versionOf: (document: T) => number;
  /** What the log can tell of it. */
  readonly fieldsOf: (fresh: T) => Partial<T>;
  /** Stores it where it is missing or older. Resolves to false where it is newer by then. */
  readonly bring: (fresh: T) => Promise<boolean>;
}

async function repair<T extends StoredDocument>(
  kept: Documents<T>,
  fresh: Documents<T>,
  comparison: Comparison<T>,
): Promise<Repaired> {
  const { versionOf, fieldsOf, bring } = comparison;
  let [found, restored] = [0, 0];
  for await (const page of pagesOf(fresh)) {
    const byId = new Map((await kept.getAll(page.map(({ _id }) => _id))).map(document => [document._id, document]));
    for (const document of page) {
      const other = byId.get(document._id);
      const steps = other === undefined ? 1 : versionOf(document) - versionOf(other);
      if (steps < 0 || (other !== undefined && hasFields(other, fieldsOf(document)))) continue;
      restored += Number(await (steps > 0 ? bring(document) : correct(kept, document, comparison)));
    }
    found += page.length;
  }
  return { found, restored };
}

/**
 * One of the same version that is different. It may have gone on since it was looked at, so it is looked at once more.
 * Limitation: what comes between that and the write is lost until the next rebuild.
 */
async function correct<T extends StoredDocument>(
  kept: Documents<T>,
  document: T,
  { versionOf, fieldsOf }: Comparison<T>,
): Promise<boolean> {
  const now = await kept.get(document._id);
  if (now !== undefined && versionOf(now) > versionOf(document)) return false;
  await kept.put({ ...document, ...now, ...fieldsOf(document) });
  return true;
}

/** A replay that met with the changes of a run, but not with its submission, only guesses when that was. */
function ownFieldsOf(run: RunDocument): Partial<RunDocument> {
  const { submittedMs: _time, place: _place, ...others } = run;
  return run.isSubmitted === undefined ? others : run;
}

const guessedFieldsOf = ({ submittedMs, place }: RunDocument): Partial<RunDocument> => ({ submittedMs, place });

const hasFields = (document: object, fields: object) =>
  Object.entries(fields).every(([name, value]) =>
    isDeepStrictEqual((document as Record<string, unknown>)[name], value),
  );
