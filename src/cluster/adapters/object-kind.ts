/** How the JSON of objects is read, in every store of keys alike. */
import { GoboolError } from '../../runtime/base/error.ts';
import type { Change, ObjectKind } from '../ports/objects.ts';
import type { RawChange } from './object-view.ts';

/** Throws `GB_OBJECT_INVALID`. */
export function decodeObject<T>({ parse }: ObjectKind<T>, key: string, text: string): T {
  try {
    return parse(JSON.parse(text));
  } catch (error) {
    throw new GoboolError('GB_OBJECT_INVALID', `The object under ${key} is not what it should be.`, { cause: error });
  }
}

export function decodeChange<T>(kind: ObjectKind<T>, { key, text, revision }: RawChange): Change<T> {
  const name = key.slice(kind.prefix.length);
  return text === undefined ? { key: name } : { key: name, object: { value: decodeObject(kind, key, text), revision } };
}
