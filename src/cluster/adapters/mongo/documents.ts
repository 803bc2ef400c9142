/** The port `Documents` on a MongoDB collection. The client's settings make writes and reads safe. */
import { type Collection, MongoBulkWriteError, type MongoClient, MongoServerError } from 'mongodb';
import type { Documents, Query, StoredDocument } from '../../ports/documents.ts';
import { documentsError } from './documents-error.ts';

const DUPLICATE_KEY = 11_000;
const BYTES = { promoteBuffers: true } as const;

export function mongoDocuments<T extends StoredDocument>(
  client: MongoClient,
  database: string,
  name: string,
): Documents<T> {
  const collection = client.db(database).collection<StoredDocument>(name);
  const using = async <R>(work: (collection: Collection<StoredDocument>) => Promise<R>): Promise<R> => {
    try {
      await client.connect();
      return await work(collection);
    } catch (error) {
      throw documentsError(error);
    }
  };

  return {
    put: document =>
      using(async documents => {
        await documents.replaceOne({ _id: document._id }, document, { upsert: true });
      }),
    insertIfAbsent: document =>
      using(documents =>
        documents.insertOne(document).then(
          () => true,
          (error: unknown) => {
            if (isTaken(error)) return false;
            throw error;
          },
        ),
      ),
    insertAllIfAbsent: all =>
      using(async documents => {
        if (all.length === 0) return [];
        const taken = await documents.insertMany([...all], { ordered: false }).then(() => new Set<number>(), takenOf);
        return all.map((_, index) => !taken.has(index));
      }),
    mergeIfGreater: (field, { _id, ...fields }, initially = {}) =>
      using(async documents => {
        const isLess = { $not: { $gte: (fields as Readonly<Record<string, unknown>>)[field] } };
        const others = Object.entries(initially).filter(([name]) => !(name in fields));
        const change = { $set: fields, $setOnInsert: Object.fromEntries(others) };
        try {
          await documents.updateOne({ _id, [field]: isLess }, change, { upsert: true });
          return true;
        } catch (error) {
          if (!isTaken(error)) throw error;
          // It is there: its field is as great, or somebody stored it just now, with a smaller one.
          return (await documents.updateOne({ _id, [field]: isLess }, change)).matchedCount === 1;
        }
      }),
    get: id => using(async documents => ((await documents.findOne({ _id: id }, BYTES)) as T | null) ?? undefined),
    getAll: ids =>
      using(async documents => {
        const found = await documents.find({ _id: { $in: [...ids] } }, BYTES).toArray();
        return found as StoredDocument[] as T[];
      }),
    find: query => using(async documents => (await search(documents, query)) as T[]),
    findWithout: (fields, query) =>
      using(async documents => {
        const left = Object.fromEntries(fields.map(field => [field, 0]));
        return (await search(documents, query, left)) as Omit<T, (typeof fields)[number]>[];
      }),
    remove: id => using(async documents => (await documents.deleteOne({ _id: id })).deletedCount === 1),
    clear: () =>
      using(async documents => {
        await documents.deleteMany({});
      }),
  };
}

/** By its id, not by another unique index. */
const isTaken = (error: unknown) =>
  error instanceof MongoServerError && error.code === DUPLICATE_KEY && '_id' in (error.keyPattern ?? {});

/** Places of those whose id was taken, of many that were inserted; throws what else went wrong. */
function takenOf(error: unknown): ReadonlySet<number> {
  if (!(error instanceof MongoBulkWriteError)) throw error;
  const failures = Array.isArray(error.writeErrors) ? error.writeErrors : [error.writeErrors];
  const isOther = ({ code, errmsg }: { code: number; errmsg?: string | undefined }) =>
    code !== DUPLICATE_KEY || !errmsg?.includes(' _id_ ');
  if (failures.length === 0 || failures.some(isOther) || error.result.getWriteConcernError()) throw error;
  return new Set(failures.map(({ index }) => index));
}

function search<T>(
  documents: Collection<StoredDocument>,
  { where, from, below, sort, limit }: Query<T>,
  projection: Readonly<Record<string, number>> = {},
): Promise<unknown[]> {
  const conditions = [
    where,
    ...(from ? [{ [from.field]: { $gte: from.value } }] : []),
    ...(below ? [{ [below.field]: { $lt: below.value } }] : []),
  ];
  return documents.find({ $and: conditions }, { ...BYTES, projection, sort: sortFields(sort), limit }).toArray();
}

function sortFields<T>(sort: Query<T>['sort']): Record<string, 1 | -1> {
  const first = sort && ({ [sort.field]: sort.direction === 'ascending' ? 1 : -1 } as const);
  return { ...first, ...(sort?.field !== '_id' && { _id: 1 }) };
}
