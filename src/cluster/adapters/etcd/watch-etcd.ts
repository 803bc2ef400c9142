/**
 * Watches a prefix. etcd's events come at once, but etcd3 can lose its stream without a word, and history older than
 * the last compaction is gone; so everything is listed again from time to time, and what the events missed is found
 * then.
 */
import type { Etcd3, IKeyValue, Watcher } from 'etcd3';
import { ObjectView, type RawChange } from '../object-view.ts';

const LIST_EVERY_MS = 10_000;
/** After a listing or an event stream that failed. */
const RETRY_MS = 1_000;

export async function* watchEtcd(etcd: Etcd3, prefix: string, signal: AbortSignal): AsyncGenerator<RawChange, void> {
  const view = new ObjectView();
  const stop = follow(etcd, prefix, view);
  try {
    yield* view.changes(signal);
  } finally {
    stop();
  }
}

/** Keeps the view up to date. Returns what ends it. */
function follow(etcd: Etcd3, prefix: string, view: ObjectView): () => void {
  let watcher: Watcher | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  const listen = (startRevision: number) => {
    const created = etcd.watch().prefix(prefix).startRevision(String(startRevision)).watcher();
    created.on('put', kv => view.apply(toChange(kv)));
    created.on('delete', ({ key, mod_revision }) =>
      view.apply({ key: key.toString(), revision: Number(mod_revision) }),
    );
    // It asked for history that is gone: a listing knows from where another one can go on.
    created.on('error', () => {
      watcher = undefined;
      listIn(RETRY_MS);
    });
    return created;
  };

  const list = async () => {
    let delayMs = LIST_EVERY_MS;
    try {
      const { kvs, header } = await etcd.getAll().prefix(prefix).exec();
      if (isStopped) return;
      view.applyListing(kvs.map(toChange), Number(header.revision));
      watcher ??= listen(Number(header.revision) + 1);
    } catch {
      delayMs = RETRY_MS;
    }
    listIn(delayMs);
  };

  const listIn = (delayMs: number) => {
    clearTimeout(timer);
    if (!isStopped) timer = setTimeout(list, delayMs);
  };

  void list();
  return () => {
    isStopped = true;
    clearTimeout(timer);
    // Not awaited: an etcd that stands still does not answer.
    void watcher?.cancel().catch(() => {});
  };
}

const toChange = ({ key, value, mod_revision }: IKeyValue): RawChange => ({
  key: key.toString(),
  text: value.toString(),
  revision: Number(mod_revision),
});
