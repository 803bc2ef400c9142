/** What every adapter of the port `Documents` must do. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Documents, Query } from '../../src/cluster/ports/documents.ts';

export interface Trade {
  readonly _id: string;
  readonly product?: string;
  readonly price?: number;
  readonly isLate?: boolean;
  readonly body?: Uint8Array;
  readonly parts?: readonly { readonly size: number; readonly note: string | null }[];
}

/** `open` gives an empty collection. */
export function documentsContract(open: () => Promise<Documents<Trade>>): void {
  const idsOf = (found: readonly Trade[]) => found.map(({ _id }) => _id);

  async function filled(...trades: readonly Trade[]): Promise<Documents<Trade>> {
    const documents = await open();
    for (const trade of trades) await documents.put(trade);
    return documents;
  }

  describe('documents', () => {
    test('a document is read as it was written', async () => {
      const trade: Trade = {
        _id: 'a|1m|0',
        product: 'é"\n$x.y',
        price: -0.1,
        isLate: false,
        parts: [{ size: 2 ** 53 - 1, note: null }],
      };
      const documents = await filled(trade);
      expect(await documents.get('a|1m|0')).toEqual(trade);
      expect(await documents.get('b')).toBeUndefined();
    });

    test('put replaces the whole document, and changes no other', async () => {
      const documents = await filled({ _id: 'a', product: 'x', price: 1 }, { _id: 'b', price: 2 });
      await documents.put({ _id: 'a', price: 3 });
      expect(await documents.get('a')).toStrictEqual({ _id: 'a', price: 3 });
      expect(await documents.get('b')).toStrictEqual({ _id: 'b', price: 2 });
    });

    test('what was given and what was got are copies', async () => {
      const trade = { _id: 'a', parts: [{ size: 1, note: null }] };
      const documents = await filled(trade);
      trade.parts[0]!.size = 2;
      const got = await documents.get('a');
      Object.assign(got!.parts![0]!, { size: 3 });
      expect(await documents.get('a')).toEqual({ _id: 'a', parts: [{ size: 1, note: null }] });
    });

    test('insertIfAbsent leaves what is there', async () => {
      const documents = await open();
      expect(await documents.insertIfAbsent({ _id: 'a', price: 1 })).toBe(true);
      expect(await documents.insertIfAbsent({ _id: 'a', price: 2 })).toBe(false);
      expect(await documents.get('a')).toEqual({ _id: 'a', price: 1 });
    });

    test('insertAllIfAbsent stores what is not there, and says which', async () => {
      const documents = await filled({ _id: 'b', price: 1 });
      const many = Array.from({ length: 2_000 }, (_, i) => ({ _id: `t${i}`, price: i }));
      const outcomes = await documents.insertAllIfAbsent([{ _id: 'b', price: 2 }, ...many, { _id: 't0', price: -1 }]);
      expect(outcomes).toEqual([false, ...many.map(() => true), false]);
      expect(await documents.get('b')).toEqual({ _id: 'b', price: 1 });
      expect(await documents.get('t0')).toEqual({ _id: 't0', price: 0 });
      expect(await documents.get('t1999')).toEqual({ _id: 't1999', price: 1_999 });
      expect(await documents.insertAllIfAbsent([])).toEqual([]);
    });

    test('mergeIfGreater keeps other fields, and never goes back', async () => {
      const documents = await filled({ _id: 'a', price: 1, product: 'x' }, { _id: 'b', product: 'y' });
      expect(await documents.mergeIfGreater('price', { _id: 'a', price: 2, isLate: true })).toBe(true);
      expect(await documents.mergeIfGreater('price', { _id: 'a', price: 2, isLate: false })).toBe(false);
      expect(await documents.mergeIfGreater('price', { _id: 'a', price: 1, isLate: false })).toBe(false);
      expect(await documents.get('a')).toEqual({ _id: 'a', price: 2, product: 'x', isLate: true });
      expect(await documents.mergeIfGreater('price', { _id: 'b', price: 0 }, { isLate: true })).toBe(true);
      expect(await documents.get('b')).toEqual({ _id: 'b', price: 0, product: 'y' });
      expect(await documents.mergeIfGreater('price', { _id: 'c', price: 3 }, { price: 1, product: 'z' })).toBe(true);
      expect(await documents.get('c')).toEqual({ _id: 'c', price: 3, product: 'z' });
    });

    test('of many who merge at once, the greatest wins', async () => {
      const documents = await open();
      const prices = Array.from({ length: 32 }, (_, i) => (i * 7) % 32);
      await Promise.all(
        prices.map(price => documents.mergeIfGreater('price', { _id: 'a', price, product: `p${price}` })),
      );
      expect(await documents.get('a')).toEqual({ _id: 'a', price: 31, product: 'p31' });
    });

    test('bytes come back as they were', async () => {
      const documents = await filled({ _id: 'a', body: Buffer.from([0, 255, 128]) });
      const [found] = await documents.find({ where: {}, limit: 1 });
      for (const trade of [found, await documents.get('a')]) {
        expect(trade?.body).toBeInstanceOf(Uint8Array);
        expect([...trade!.body!]).toEqual([0, 255, 128]);
      }
    });

    test('find can begin at a value', async () => {
      const documents = await filled(
        ...[3, 1, 2, 10].map(price => ({ _id: `t${price}`, product: 'x', price })),
        { _id: 'y', product: 'y', price: 5 },
        { _id: 'none', product: 'x' },
      );
      const sort = { field: 'price', direction: 'ascending' } as const;
      const find = async (value: number, limit: number) =>
        idsOf(await documents.find({ where: { product: 'x' }, from: { field: 'price', value }, sort, limit }));
      expect(await find(2, 9)).toEqual(['t2', 't3', 't10']);
      expect(await find(2, 2)).toEqual(['t2', 't3']);
      expect(await find(11, 9)).toEqual([]);
    });

    test('find can end below a value, which a document without the field is not', async () => {
      const documents = await filled(...[3, 1, 2].map(price => ({ _id: `t${price}`, product: `p${price}`, price })), {
        _id: 'none',
      });
      const sort = { field: 'price', direction: 'descending' } as const;
      const find = async (query: Omit<Query<Trade>, 'where' | 'limit'>) =>
        idsOf(await documents.find({ where: {}, sort, limit: 9, ...query }));
      expect(await find({ below: { field: 'price', value: 3 } })).toEqual(['t2', 't1']);
      expect(await find({ below: { field: 'product', value: 'p2' } })).toEqual(['t1']);
      expect(await find({ from: { field: 'price', value: 2 }, below: { field: 'price', value: 3 } })).toEqual(['t2']);
    });

    test('findWithout leaves fields out', async () => {
      const documents = await filled({ _id: 'a', price: 1, body: Buffer.from('x') }, { _id: 'b', price: 2 });
      const found = await documents.findWithout(['body'], { where: { price: 1 }, limit: 9 });
      expect(found).toStrictEqual([{ _id: 'a', price: 1 }]);
    });

    test('getAll gives those that are there', async () => {
      const documents = await filled(
        { _id: 'a', price: 1 },
        { _id: 'b', price: 2 },
        { _id: 'c', body: Buffer.from('x') },
      );
      const found = await documents.getAll(['c', 'none', 'a']);
      expect(idsOf(found).toSorted()).toEqual(['a', 'c']);
      expect(found.find(({ _id }) => _id === 'c')?.body).toBeInstanceOf(Uint8Array);
      expect(await documents.getAll([])).toEqual([]);
    });

    test('clear leaves nothing', async () => {
      const documents = await filled({ _id: 'a' }, { _id: 'b' });
      await documents.clear();
      expect(await documents.find({ where: {}, limit: 9 })).toEqual([]);
    });

    test('of many who insert at once, one does', async () => {
      const documents = await open();
      const outcomes = await Promise.all(
        Array.from({ length: 16 }, (_, price) => documents.insertIfAbsent({ _id: 'a', price })),
      );
      expect(outcomes.filter(isInserted => isInserted)).toHaveLength(1);
      expect((await documents.get('a'))!.price).toBe(outcomes.indexOf(true));
    });

    test('of many who put at once, the last one wins as a whole', async () => {
      const documents = await open();
      await Promise.all(
        Array.from({ length: 16 }, (_, price) => documents.put({ _id: 'a', price, product: `p${price}` })),
      );
      const { price, product } = (await documents.get('a'))!;
      expect(product).toBe(`p${price}`);
    });

    test('remove says whether there was one', async () => {
      const documents = await filled({ _id: 'a' });
      expect(await documents.remove('a')).toBe(true);
      expect(await documents.remove('a')).toBe(false);
      expect(await documents.get('a')).toBeUndefined();
    });

    test('find wants every field, and gives no more than the limit', async () => {
      const documents = await filled(
        { _id: 'c', product: 'x', price: 1 },
        { _id: 'a', product: 'x', price: 1 },
        { _id: 'b', product: 'x', price: 2 },
        { _id: 'd', product: 'y', price: 1, isLate: true },
        { _id: 'e' },
      );
      const find = async (query: Query<Trade>) => idsOf(await documents.find(query));
      expect(await find({ where: { product: 'x', price: 1 }, limit: 10 })).toEqual(['a', 'c']);
      expect(await find({ where: { product: 'x' }, limit: 2 })).toEqual(['a', 'b']);
      expect(await find({ where: { isLate: true }, limit: 1 })).toEqual(['d']);
      expect(await find({ where: { product: 'z' }, limit: 1 })).toEqual([]);
      expect(await find({ where: {}, limit: 9 })).toEqual(['a', 'b', 'c', 'd', 'e']);
    });

    test('sorts by a field, missing first, text by code points, and by id where it is equal', async () => {
      const documents = await filled(
        { _id: '1', product: '\u{1F600}' },
        { _id: '2', product: '\uFB01' },
        { _id: '3' },
        { _id: '4', product: 'Z' },
        { _id: '5', product: 'a' },
        { _id: '6', product: 'Z' },
      );
      const sorted = async (direction: 'ascending' | 'descending') =>
        idsOf(await documents.find({ where: {}, sort: { field: 'product', direction }, limit: 6 })).join('');
      expect(await sorted('ascending')).toBe('346521');
      expect(await sorted('descending')).toBe('125463');
    });

    test('sorts by id', async () => {
      const documents = await filled({ _id: 'b' }, { _id: 'c' }, { _id: 'a' });
      const sort = { field: '_id', direction: 'descending' } as const;
      expect(idsOf(await documents.find({ where: {}, sort, limit: 2 }))).toEqual(['c', 'b']);
    });

    test('finds what a plain filter of the same documents finds', async () => {
      const trades = fc.uniqueArray(
        fc.record(
          {
            _id: fc.string({ minLength: 1, maxLength: 4 }),
            product: fc.constantFrom('x', 'y'),
            price: fc.constantFrom(-1, 0, 0.5, 2 ** 40),
          },
          { requiredKeys: ['_id'] },
        ),
        { selector: ({ _id }) => _id, maxLength: 8 },
      );
      const property = fc.asyncProperty(trades, fc.constantFrom('x', 'y'), async (all, product) => {
        const documents = await filled(...all);
        const found = await documents.find({
          where: { product },
          sort: { field: 'price', direction: 'ascending' },
          limit: 99,
        });
        const expected = all.filter(trade => trade.product === product);
        expect(new Set(idsOf(found))).toEqual(new Set(idsOf(expected)));
        const prices = found.map(({ price = Number.NEGATIVE_INFINITY }) => price);
        expect(prices).toEqual(prices.toSorted((a, b) => a - b));
      });
      await fc.assert(property, { numRuns: 20 });
    });
  });
}
