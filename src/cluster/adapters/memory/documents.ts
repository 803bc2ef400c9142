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
    async find({ where, from, sort, limit }) {
      const conditions = Object.entries(where);
      const found = [...documents.values()].filter(
        document =>
          conditions.every(([field, value]) => fieldOf(document, field) === value) &&
          (from === undefined || compare(fieldOf(document, from.field), from.value) >= 0),
      );
      return structuredClone(found.sort(orderOf(sort)).slice(0, limit));
    },
    async remove(id) {
      return documents.delete(id);
    },
  };
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

/** As MongoDB orders kinds of values, of which a field may hold several. */
const KINDS = ['undefined', 'number', 'string', 'boolean'];

function compare(a: unknown, b: unknown): number {
  if (typeof a !== typeof b) return KINDS.indexOf(typeof a) - KINDS.indexOf(typeof b);
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return Number(a) - Number(b) || 0;
}
