/**
 * The port `ObjectStore` in memory. Values pass through JSON, as they do on their way to etcd, so that nothing is
 * shared.
 */
import type { IfRevision, ObjectKind, ObjectStore, Versioned } from '../../ports/objects.ts';
import { decodeChange, decodeObject } from '../object-kind.ts';
import { ObjectView } from '../object-view.ts';
import type { MemoryKeys } from './memory-keys.ts';

export function memoryObjects<T>(keys: MemoryKeys, kind: ObjectKind<T>): ObjectStore<T> {
  const { prefix } = kind;
  const read = (key: string, { text, revision }: { text: string; revision: number }): Versioned<T> => ({
    value: decodeObject(kind, key, text),
    revision,
  });
  const holds = (key: string, { ifRevision }: IfRevision = {}) =>
    ifRevision === undefined || ifRevision === (keys.get(key)?.revision ?? 0);
  return {
    async get(key) {
      const stored = keys.get(prefix + key);
      return stored && read(prefix + key, stored);
    },

    async list(start = '') {
      return keys
        .list(prefix + start)
        .map(({ key, ...stored }) => ({ key: key.slice(prefix.length), ...read(key, stored) }));
    },

    async put(key, value, condition) {
      return holds(prefix + key, condition) ? keys.put(prefix + key, JSON.stringify(value)) : undefined;
    },

    async delete(key, condition) {
      return holds(prefix + key, condition) && keys.delete(prefix + key);
    },

    async *watch(start, signal) {
      const view = new ObjectView();
      for (const object of keys.list(prefix + start)) view.apply(object);
      const stop = keys.listen(change => change.key.startsWith(prefix + start) && view.apply(change));
      try {
        for await (const change of view.changes(signal)) yield decodeChange(kind, change);
      } finally {
        stop();
      }
    },
  };
}
