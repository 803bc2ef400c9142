/**
 * Documents by id, one collection at a time: the query side's store.
 * A resolved write is on the disks of a majority; a read sees only such writes. Of concurrent writes to one id the
 * last one wins, but of several `insertIfAbsent` exactly one resolves to true.
 */

export interface StoredDocument {
  readonly _id: string;
}

type Scalar = string | number | boolean;

/** Fields that hold one plain value, by which documents are found and sorted. */
type ScalarField<T> = { [K in keyof T & string]-?: T[K] extends Scalar | undefined ? K : never }[keyof T & string];

export interface Query<T> {
  /** Every field must equal its value. */
  readonly where: { readonly [K in ScalarField<T>]?: NonNullable<T[K]> };
  /** The field must have at least this value. */
  readonly from?: { readonly field: ScalarField<T>; readonly value: Scalar };
  /** The field must have less than this value. */
  readonly below?: { readonly field: ScalarField<T>; readonly value: Scalar };
  /**
   * A missing field comes before all values; text is ordered by code points. What is equal is sorted by `_id`,
   * ascending.
   */
  readonly sort?: { readonly field: ScalarField<T>; readonly direction: 'ascending' | 'descending' };
  /** At most this many documents, at least 1. */
  readonly limit: number;
}

/** Throws `GB_DOCUMENTS_UNAVAILABLE`, after which a write may or may not have happened, or `GB_DOCUMENTS_REFUSED`. */
export interface Documents<T extends StoredDocument> {
  /** Stores the document in place of the one with its id, if there is one. */
  put(document: T): Promise<void>;
  /** Resolves to false, and changes nothing, where the id is taken. */
  insertIfAbsent(document: T): Promise<boolean>;
  /** Many of them at once; whether each was stored, in order. After an error any of them may be. */
  insertAllIfAbsent(documents: readonly T[]): Promise<readonly boolean[]>;
  /**
   * Sets these fields and leaves the others, unless the document's `field` is as great already: then it changes nothing
   * and resolves to false. Where there is no document it stores one, with the fields in `initially` too.
   */
  mergeIfGreater(field: ScalarField<T>, fields: Partial<T> & StoredDocument, initially?: Partial<T>): Promise<boolean>;
  /** Bytes come back as a `Uint8Array`. */
  get(id: string): Promise<T | undefined>;
  /** Those that are there, in any order. */
  getAll(ids: readonly string[]): Promise<readonly T[]>;
  find(query: Query<T>): Promise<readonly T[]>;
  /** As `find`, without these fields, which are not even read. */
  findWithout<K extends keyof T & string>(fields: readonly K[], query: Query<T>): Promise<readonly Omit<T, K>[]>;
  /** Resolves to false where there was none. */
  remove(id: string): Promise<boolean>;
  /** Removes all of them. */
  clear(): Promise<void>;
}
