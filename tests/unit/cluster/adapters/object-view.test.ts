import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ObjectView, type RawChange } from '../../../../src/cluster/adapters/object-view.ts';

/** All changes that wait, as `key=text`. */
async function take(view: ObjectView): Promise<readonly string[]> {
  const end = new AbortController();
  const taken: string[] = [];
  const reading = (async () => {
    for await (const { key, text } of view.changes(end.signal)) taken.push(`${key}=${text ?? ''}`);
  })();
  await new Promise(resolve => setImmediate(resolve));
  end.abort();
  await reading;
  return taken;
}

const put = (key: string, revision: number): RawChange => ({ key, text: `${revision}`, revision });
const removal = (key: string, revision: number): RawChange => ({ key, revision });

describe('a view of keys', () => {
  test('an event that a listing overtook changes nothing', async () => {
    const view = new ObjectView();
    view.applyListing([put('a', 5)], 6);
    view.apply(put('a', 3));
    view.apply(removal('b', 4));
    expect(await take(view)).toEqual(['a=5']);
  });

  test('a listing that an event overtook brings nothing back', async () => {
    const view = new ObjectView();
    view.apply(put('a', 2));
    expect(await take(view)).toEqual(['a=2']);
    view.apply(removal('a', 4));
    view.apply(put('b', 5));
    view.applyListing([put('a', 2)], 3);
    expect(await take(view)).toEqual(['a=', 'b=5']);
  });

  test('a removal that the events missed is found by the next listing', async () => {
    const view = new ObjectView();
    view.applyListing([put('a', 1), put('b', 2)], 2);
    expect(await take(view)).toEqual(['a=1', 'b=2']);
    view.applyListing([put('b', 2)], 9);
    expect(await take(view)).toEqual(['a=']);
  });

  test('a key that came and went between two looks is no change', async () => {
    const view = new ObjectView();
    view.apply(put('a', 1));
    view.apply(removal('a', 2));
    expect(await take(view)).toEqual([]);
  });

  test('whatever is lost, doubled or late, the reader ends with the truth after one more listing', async () => {
    const step = fc.record({
      key: fc.constantFrom('a', 'b', 'c'),
      isPut: fc.boolean(),
      arrival: fc.constantFrom('lost', 'now', 'twice', 'late'),
      lists: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async steps => {
        const view = new ObjectView();
        const truth = new Map<string, RawChange>();
        const reader = new Map<string, string>();
        const late: (() => void)[] = [];
        const read = async () => {
          for (const line of await take(view)) {
            const [key = '', text = ''] = line.split('=');
            if (text === '') reader.delete(key);
            else reader.set(key, text);
          }
        };
        for (const [i, { key, isPut, arrival, lists }] of steps.entries()) {
          const revision = i + 1;
          const change = isPut ? put(key, revision) : removal(key, revision);
          if (isPut) truth.set(key, change);
          else truth.delete(key);
          if (arrival === 'late') late.push(() => view.apply(change));
          if (arrival === 'now' || arrival === 'twice') view.apply(change);
          if (arrival === 'twice') view.apply(change);
          const listing = [...truth.values()];
          if (lists && arrival === 'late') late.push(() => view.applyListing(listing, revision));
          else if (lists) view.applyListing(listing, revision);
          if (lists) await read();
        }
        for (const arrive of late) arrive();
        view.applyListing([...truth.values()], steps.length);
        await read();
        expect(reader).toEqual(new Map([...truth].map(([key, { text }]) => [key, text])));
      }),
      { numRuns: 200 },
    );
  });
});
