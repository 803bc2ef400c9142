/** Compares MongoDB's indexes with the declared ones, of the collections that are declared. */
import type { IndexDescriptionInfo, MongoClient } from 'mongodb';
import { INDEXES, type IndexDeclaration } from '../../schema/indexes.ts';
import { hasCode, MONGO_CODES } from './mongodb-codes.ts';

/** Makes what is missing and makes anew what differs; leaves alone what is not declared. */
export async function createIndexes(admin: MongoClient): Promise<void> {
  for (const index of INDEXES) {
    const collection = admin.db(index.database).collection(index.collection);
    const present = (await indexesOf(admin, index)).find(({ name }) => name === index.name);
    if (present && !isSame(present, index)) await collection.dropIndex(index.name);
    if (!present || !isSame(present, index)) await collection.createIndex(index.fields, { name: index.name });
  }
}

export async function indexDrift(admin: MongoClient): Promise<readonly string[]> {
  const places = new Map(INDEXES.map(index => [placeOf(index), index]));
  const lines: string[] = [];
  for (const [place, declared] of places) {
    const wanted = INDEXES.filter(index => placeOf(index) === place);
    const differences = differencesOf(wanted, await indexesOf(admin, declared));
    lines.push(...differences.map(difference => `${place}: ${difference}`));
  }
  return lines;
}

export function differencesOf(
  wanted: readonly IndexDeclaration[],
  present: readonly IndexDescriptionInfo[],
): readonly string[] {
  const byName = new Map(present.map(index => [index.name, index]));
  const unknown = [...byName.keys()].filter(name => name !== '_id_' && wanted.every(index => index.name !== name));
  const missing = wanted.filter(({ name }) => !byName.has(name));
  const other = wanted.filter(index => byName.has(index.name) && !isSame(byName.get(index.name), index));
  return [
    ...missing.map(({ name }) => `index ${name} is missing`),
    ...other.map(({ name }) => `index ${name} has other fields`),
    ...unknown.map(name => `index ${name} is not declared`),
  ];
}

const placeOf = ({ database, collection }: IndexDeclaration) => `${database}.${collection}`;

/** The order of fields is part of an index. */
const isSame = (present: IndexDescriptionInfo | undefined, { fields }: IndexDeclaration) =>
  JSON.stringify(Object.entries(present?.key ?? {})) === JSON.stringify(Object.entries(fields));

async function indexesOf(admin: MongoClient, { database, collection }: IndexDeclaration) {
  try {
    return await admin.db(database).collection(collection).indexes();
  } catch (error) {
    if (hasCode(error, MONGO_CODES.namespaceNotFound)) return [];
    throw error;
  }
}
