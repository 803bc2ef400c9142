/** JSON in pieces: that of a sweep of a million sets is longer than one text can be. */

/** Items of a list that become one piece. */
const ITEMS = 1_000;

/** Together they are what `JSON.stringify` gives. */
export function* jsonPieces(value: unknown): Iterable<string> {
  if (Array.isArray(value)) yield* listPieces(value);
  else if (isRecord(value)) yield* recordPieces(value);
  else yield JSON.stringify(value);
}

function* listPieces(list: readonly unknown[]): Iterable<string> {
  yield '[';
  for (let from = 0; from < list.length; from += ITEMS) {
    if (from > 0) yield ',';
    yield JSON.stringify(list.slice(from, from + ITEMS)).slice(1, -1);
  }
  yield ']';
}

function* recordPieces(record: Readonly<Record<string, unknown>>): Iterable<string> {
  let before = '{';
  for (const [key, value] of Object.entries(record)) {
    if (value === undefined || typeof value === 'function') continue;
    yield `${before}${JSON.stringify(key)}:`;
    yield* jsonPieces(value);
    before = ',';
  }
  yield before === '{' ? '{}' : '}';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !('toJSON' in value);
}
