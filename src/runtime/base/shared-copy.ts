/** A column of the same kind and content in memory that other threads can read. */
export function sharedCopy<T extends Float64Array | Int32Array>(column: T): T {
  const copy = Reflect.construct(column.constructor, [new SharedArrayBuffer(column.byteLength)]) as T;
  copy.set(column);
  return copy;
}
