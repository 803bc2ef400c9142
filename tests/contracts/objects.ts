/** What every adapter of the port `ObjectStore` must do. */
import { describe, expect, test } from 'vitest';
import type { Change, ObjectKind, ObjectStore } from '../../src/cluster/ports/objects.ts';
import { errorOf } from '../helpers/errors.ts';

interface Machine {
  readonly host: string;
}

const kind = (prefix: string): ObjectKind<Machine> => ({
  prefix,
  parse(value) {
    if (typeof value === 'object' && value !== null && 'host' in value) return value as Machine;
    throw new TypeError('no host');
  },
});

/** `open` gives a store of that kind; those of one prefix see the same objects. */
export function objectsContract(open: <T>(kind: ObjectKind<T>) => Promise<ObjectStore<T>>): void {
  const prefix = () => `/gobool/tests/${crypto.randomUUID()}/`;

  describe('objects', () => {
    test('an object is read as it was written, with its revision', async () => {
      const objects = await open(kind(prefix()));
      const revision = await objects.put('a', { host: 'é\n"' });
      expect(await objects.get('a')).toEqual({ value: { host: 'é\n"' }, revision });
      expect(revision).toBeGreaterThan(0);
      expect(await objects.get('b')).toBeUndefined();
    });

    test('a list has all with the prefix and nothing else, sorted by key', async () => {
      const here = prefix();
      const objects = await open(kind(here));
      await (await open(kind(`${here.slice(0, -1)}0/`))).put('a', { host: 'other' });
      for (const key of ['b/2', 'c', 'a', 'b/1']) await objects.put(key, { host: key });
      expect((await objects.list()).map(({ key }) => key)).toEqual(['a', 'b/1', 'b/2', 'c']);
      expect((await objects.list('b/')).map(({ value }) => value.host)).toEqual(['b/1', 'b/2']);
    });

    test('revisions order the changes of all keys', async () => {
      const objects = await open(kind(prefix()));
      const revisions: (number | undefined)[] = [];
      for (const key of ['b', 'a', 'b']) revisions.push(await objects.put(key, { host: key }));
      expect(revisions).toEqual([...revisions].sort((a, b) => Number(a) - Number(b)));
      expect(new Set(revisions).size).toBe(3);
    });

    test('a put with a revision changes only that one', async () => {
      const objects = await open(kind(prefix()));
      const first = await objects.put('a', { host: 'first' }, { ifRevision: 0 });
      expect(await objects.put('a', { host: 'late' }, { ifRevision: 0 })).toBeUndefined();
      const second = await objects.put('a', { host: 'second' }, { ifRevision: Number(first) });
      expect(await objects.put('a', { host: 'stale' }, { ifRevision: Number(first) })).toBeUndefined();
      expect(await objects.get('a')).toEqual({ value: { host: 'second' }, revision: second });
    });

    test('of many that create one key, one succeeds', async () => {
      const objects = await open(kind(prefix()));
      const puts = Array.from({ length: 8 }, (_, i) => objects.put('a', { host: `${i}` }, { ifRevision: 0 }));
      expect((await Promise.all(puts)).filter(revision => revision !== undefined)).toHaveLength(1);
    });

    test('a removal says whether there was something, and obeys a revision', async () => {
      const objects = await open(kind(prefix()));
      const revision = Number(await objects.put('a', { host: 'x' }));
      expect(await objects.delete('a', { ifRevision: revision + 1 })).toBe(false);
      expect(await objects.delete('a', { ifRevision: revision })).toBe(true);
      expect(await objects.delete('a')).toBe(false);
      expect(await objects.get('a')).toBeUndefined();
    });

    test('what is not of the kind is refused on reading, and named', async () => {
      const here = prefix();
      await (await open<unknown>({ prefix: here, parse: value => value })).put('a', { hots: 1 });
      const objects = await open(kind(here));
      const errors = [await errorOf(() => objects.get('a')), await errorOf(() => objects.list())];
      expect(errors.map(({ code }) => code)).toEqual(['GB_OBJECT_INVALID', 'GB_OBJECT_INVALID']);
      expect(errors[0]?.message).toContain(`${here}a`);
    });
  });

  describe('a watch of objects', () => {
    test('shows what is there, then every change, and ends with its signal', async () => {
      const objects = await open(kind(prefix()));
      await objects.put('old', { host: 'old' });
      await objects.put('gone', { host: 'gone' });
      await objects.delete('gone');
      const end = new AbortController();
      const changes = objects.watch('', end.signal)[Symbol.asyncIterator]();
      expect(hostOf(await changes.next())).toEqual(['old', 'old']);
      await objects.put('new', { host: 'new' });
      expect(hostOf(await changes.next())).toEqual(['new', 'new']);
      await objects.put('old', { host: 'changed' });
      expect(hostOf(await changes.next())).toEqual(['old', 'changed']);
      await objects.delete('new');
      expect(hostOf(await changes.next())).toEqual(['new', undefined]);
      const last = changes.next();
      end.abort();
      expect((await last).done).toBe(true);
    });

    test('sees only its prefix', async () => {
      const objects = await open(kind(prefix()));
      const end = new AbortController();
      const changes = objects.watch('b/', end.signal)[Symbol.asyncIterator]();
      const next = changes.next();
      await objects.put('a', { host: 'a' });
      await objects.put('b/1', { host: 'b' });
      expect(hostOf(await next)).toEqual(['b/1', 'b']);
      end.abort();
      await changes.return?.();
    });

    test('a slow reader sees the last state of each key', async () => {
      const objects = await open(kind(prefix()));
      const end = new AbortController();
      await objects.put('first', { host: 'x' });
      const changes = objects.watch('', end.signal)[Symbol.asyncIterator]();
      await changes.next();
      for (let i = 0; i < 20; i++) await objects.put('busy', { host: `${i}` });
      await objects.put('last', { host: 'last' });
      const seen: (string | undefined)[] = [];
      while (seen.at(-1) !== 'last') seen.push(hostOf(await changes.next())[1]);
      expect(seen.at(-2)).toBe('19');
      expect(seen.length).toBeLessThanOrEqual(21);
      end.abort();
      await changes.return?.();
    });
  });
}

const hostOf = ({ value }: IteratorResult<Change<Machine>>) => [value?.key, value?.object?.value.host];
