/** The port `Documents` on a MongoDB collection. The client's settings make writes and reads safe. */
import { type Collection, type MongoClient, MongoServerError } from 'mongodb';
import type { Documents, Query, StoredDocument } from '../../ports/documents.ts';
import { documentsError } from './documents-error.ts';

const DUPLICATE_KEY = 11_000;

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
    get: id => using(async documents => ((await documents.findOne({ _id: id })) as T | null) ?? undefined),
    find: ({ where, sort, limit }) =>
      using(async documents => {
        const found = await documents.find(where, { sort: sortFields(sort), limit }).toArray();
        return found as StoredDocument[] as T[];
      }),
    remove: id => using(async documents => (await documents.deleteOne({ _id: id })).deletedCount === 1),
  };
}

/** By its id, not by another unique index. */
const isTaken = (error: unknown) =>
  error instanceof MongoServerError && error.code === DUPLICATE_KEY && '_id' in (error.keyPattern ?? {});

function sortFields<T>(sort: Query<T>['sort']): Record<string, 1 | -1> {
  const first = sort && ({ [sort.field]: sort.direction === 'ascending' ? 1 : -1 } as const);
  return { ...first, ...(sort?.field !== '_id' && { _id: 1 }) };
}
