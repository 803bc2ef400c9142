/** The port `Documents` in memory, for tests. Keeps copies, so that nobody changes a stored document by holding it. */
import type { Documents, Query, StoredDocument } from '../../ports/documents.ts';

export function memoryDocuments<T extends StoredDocument>(): Documents<T> {
  const documents = new Map<string, T>();
  const store = (document: T) => documents.set(document._id, structuredClone(document));

  return {
    async put(document) {
      store(document);
    },
    async insertIfAbsent(document) {
      if (documents.has(document._id)) return false;
      store(document);
      return true;
    },
    async insertAllIfAbsent(all) {
      return all.map(document => !documents.has(document._id) && Boolean(store(document)));
    },
    async mergeIfGreater(field, fields, initially) {
      const stored = documents.get(fields._id);
      if (stored !== undefined && compare(fieldOf(stored, field), fieldOf(fields, field)) >= 0) return false;
      store({ ...(stored ?? initially), ...fields } as T);
      return true;
    },
    async get(id) {
      return structuredClone(documents.get(id));
    },
    async getAll(ids) {
      return structuredClone([...documents.values()].filter(({ _id }) => ids.includes(_id)));
    },
    async find(query) {
      return search([...documents.values()], query);
    },
    async findWithout(fields, query) {
      const left: ReadonlySet<string> = new Set(fields);
      const kept = (document: T) => Object.entries(document).filter(([name]) => !left.has(name));
      return search([...documents.values()], query).map(document => Object.fromEntries(kept(document)) as T);
    },
    async remove(id) {
      return documents.delete(id);
    },
    async clear() {
      documents.clear();
    },
  };
}

function search<T extends StoredDocument>(documents: readonly T[], { where, from, below, sort, limit }: Query<T>): T[] {
  const conditions = Object.entries(where);
  const found = documents.filter(
    document =>
      conditions.every(([field, value]) => fieldOf(document, field) === value) &&
      (from === undefined || compare(fieldOf(document, from.field), from.value) >= 0) &&
      (below === undefined || isBelow(fieldOf(document, below.field), below.value)),
  );
  return structuredClone(found.sort(orderOf(sort)).slice(0, limit));
}

const fieldOf = (document: StoredDocument, field: string): unknown =>
  (document as unknown as Record<string, unknown>)[field];

function orderOf<T extends StoredDocument>(sort: Query<T>['sort']): (a: T, b: T) => number {
  const sign = sort?.direction === 'descending' ? -1 : 1;
  return (a, b) => {
    const order = sort === undefined ? 0 : sign * compare(fieldOf(a, sort.field), fieldOf(b, sort.field));
    return order || compare(a._id, b._id);
  };
}

/** A field that is missing is below nothing. */
const isBelow = (field: unknown, value: unknown) => typeof field === typeof value && compare(field, value) < 0;

/** As MongoDB orders kinds of values, of which a field may hold several. */
const KINDS = ['undefined', 'number', 'string', 'boolean'];

function compare(a: unknown, b: unknown): number {
  if (typeof a !== typeof b) return KINDS.indexOf(typeof a) - KINDS.indexOf(typeof b);
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return Number(a) - Number(b) || 0;
}
