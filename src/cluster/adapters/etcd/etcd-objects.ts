/** The port `ObjectStore` on etcd: JSON under `<prefix><key>`, whose revision is etcd's `mod_revision`. */
import type { Etcd3, IKeyValue, IRangeResponse } from 'etcd3';
import type { IfRevision, ObjectKind, ObjectStore, Versioned } from '../../ports/objects.ts';
import { decodeChange, decodeObject } from '../object-kind.ts';
import { etcdCall } from './etcd-client.ts';
import { watchEtcd } from './watch-etcd.ts';

export const etcdObjects = <T>(etcd: Etcd3, kind: ObjectKind<T>): ObjectStore<T> => {
  const { prefix } = kind;
  const read = ({ key, value, mod_revision }: IKeyValue): Versioned<T> => ({
    value: decodeObject(kind, key.toString(), value.toString()),
    revision: Number(mod_revision),
  });
  const nameOf = (key: string) => key.slice(prefix.length);
  return {
    async get(key) {
      const { kvs } = await etcdCall(etcd.get(prefix + key).exec());
      return kvs.map(read)[0];
    },

    async list(start = '') {
      const { kvs } = await etcdCall<IRangeResponse>(
        etcd
          .getAll()
          .prefix(prefix + start)
          .sort('Key', 'Ascend')
          .exec(),
      );
      return kvs.map(kv => ({ key: nameOf(kv.key.toString()), ...read(kv) }));
    },

    async put(key, value, condition) {
      const put = etcd.put(prefix + key).value(JSON.stringify(value));
      const { succeeded, header } = await etcdCall(
        when(etcd, prefix + key, condition)
          .then(put)
          .commit(),
      );
      return succeeded ? Number(header.revision) : undefined;
    },

    async delete(key, condition) {
      const removal = etcd.delete().key(prefix + key);
      const { responses } = await etcdCall(
        when(etcd, prefix + key, condition)
          .then(removal)
          .commit(),
      );
      return Number(responses[0]?.response_delete_range?.deleted ?? 0) > 0;
    },

    async *watch(start, signal) {
      for await (const change of watchEtcd(etcd, prefix + start, signal)) yield decodeChange(kind, change);
    },
  };
};

/** Without a condition one that always holds: revisions are never negative. */
const when = (etcd: Etcd3, key: string, { ifRevision }: IfRevision = {}) =>
  ifRevision === undefined ? etcd.if(key, 'Mod', '>', -1) : etcd.if(key, 'Mod', '==', ifRevision);
