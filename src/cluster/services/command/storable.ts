/**
 * A message's texts come from strangers: what PostgreSQL cannot hold in JSON, NUL and half of a character, becomes
 * U+FFFD.
 */
export function storable<T>(value: T): T {
  return map(value) as T;
}

function map(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\0', '\u{FFFD}').toWellFormed();
  if (Array.isArray(value)) return value.map(map);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [map(key), map(field)]));
}
