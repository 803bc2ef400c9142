/**
 * What every adapter of the port `Sql` must do. There is one adapter: a pretended database would prove nothing of it.
 */

import { describe, expect, test } from 'vitest';
import type { Sql } from '../../src/cluster/ports/sql.ts';
import { AssertionError } from '../../src/runtime/base/assert.ts';
import { errorOf } from '../helpers/errors.ts';

/** `open` gives a database with a limit of 500 ms for a statement; what it opens it closes after the test. */
export function sqlContract(open: () => Promise<Sql>): void {
  /** A table of the test's own, with rows 1 and 2. */
  async function openWithTable(): Promise<{ sql: Sql; table: string }> {
    const sql = await open();
    const table = `t_${crypto.randomUUID().replaceAll('-', '')}`;
    await sql.query(`CREATE TABLE ${table} (id int PRIMARY KEY, label text); INSERT INTO ${table} VALUES (1), (2)`);
    return { sql, table };
  }
  const ids = async (sql: Sql, table: string) =>
    (await sql.query<{ id: number }>(`SELECT id FROM ${table} ORDER BY id`)).map(({ id }) => id);

  describe('queries', () => {
    test('values pass through unchanged, exact numbers as text', async () => {
      const sql = await open();
      const at = new Date('2026-01-02T03:04:05.678Z');
      const [row] = await sql.query(
        `SELECT $1::int AS "int", $2::bigint AS "big", $3::numeric AS "exact", $4::text AS "text", $5::timestamptz AS "at",
                $6::bytea AS "bytes", $7::jsonb AS "json", $8::int[] AS "list", $9::boolean AS "yes", $10::text AS "none"`,
        [1, 2n ** 62n, '0.10', "é'\n", at, new Uint8Array([0, 255]), '{"a":[1]}', [1, 2], true, null],
      );
      expect(row).toEqual({
        int: 1,
        big: '4611686018427387904',
        exact: '0.10',
        text: "é'\n",
        at,
        bytes: Buffer.from([0, 255]),
        json: { a: [1] },
        list: [1, 2],
        yes: true,
        none: null,
      });
    });

    test('a statement that cannot be done is refused, and the next one works', async () => {
      const { sql, table } = await openWithTable();
      expect((await errorOf(() => sql.query('SELEKT'))).code).toBe('GB_SQL_REFUSED');
      expect((await errorOf(() => sql.query(`INSERT INTO ${table} VALUES (NULL)`))).code).toBe('GB_SQL_REFUSED');
      expect(await ids(sql, table)).toEqual([1, 2]);
    });

    test('a key that exists is a conflict', async () => {
      const { sql, table } = await openWithTable();
      expect((await errorOf(() => sql.query(`INSERT INTO ${table} VALUES (1)`))).code).toBe('GB_SQL_CONFLICT');
    });

    test('a statement that takes too long is given up', async () => {
      const sql = await open();
      expect((await errorOf(() => sql.query('SELECT pg_sleep(5)'))).code).toBe('GB_SQL_TIMEOUT');
    });
  });

  describe('transactions', () => {
    test('all or nothing', async () => {
      const { sql, table } = await openWithTable();
      const result = await sql.transaction(async queries => {
        await queries.query(`INSERT INTO ${table} VALUES (3)`);
        await queries.query(`DELETE FROM ${table} WHERE id = 1`);
        return 'done';
      });
      expect(result).toBe('done');
      const failure = new Error('changed its mind');
      const failing = sql.transaction(async queries => {
        await queries.query(`INSERT INTO ${table} VALUES (4)`);
        throw failure;
      });
      await expect(failing).rejects.toBe(failure);
      expect(await ids(sql, table)).toEqual([2, 3]);
    });

    test('nobody sees what is not committed', async () => {
      const { sql, table } = await openWithTable();
      await sql.transaction(async queries => {
        await queries.query(`INSERT INTO ${table} VALUES (3)`);
        expect(await ids(sql, table)).toEqual([1, 2]);
      });
      expect(await ids(sql, table)).toEqual([1, 2, 3]);
    });

    test('an error of a statement that was overlooked does not look like a commit', async () => {
      const { sql, table } = await openWithTable();
      const overlooking = sql.transaction(async queries => {
        await queries.query(`INSERT INTO ${table} VALUES (3)`);
        await queries.query(`INSERT INTO ${table} VALUES (1)`).catch(() => {});
      });
      expect((await errorOf(() => overlooking)).code).toBe('GB_SQL_REFUSED');
      expect(await ids(sql, table)).toEqual([1, 2]);
    });

    test('two that wait for each other: one is told of a conflict, or gives up', async () => {
      const { sql, table } = await openWithTable();
      const both = [1, 2].map(() => Promise.withResolvers<void>());
      const crossing = ([own, other]: readonly [number, number]) =>
        sql.transaction(async queries => {
          await queries.query(`UPDATE ${table} SET label = 'x' WHERE id = ${own}`);
          both[own - 1]?.resolve();
          await both[other - 1]?.promise;
          await queries.query(`UPDATE ${table} SET label = 'x' WHERE id = ${other}`);
        });
      const outcomes = await Promise.allSettled([crossing([1, 2]), crossing([2, 1])]);
      const codes = outcomes.map(outcome => (outcome.status === 'rejected' ? outcome.reason.code : 'done'));
      expect(codes.some(code => code === 'GB_SQL_CONFLICT' || code === 'GB_SQL_TIMEOUT')).toBe(true);
      expect(await ids(sql, table)).toEqual([1, 2]);
    });

    test('an abort rolls back at once, even in the middle of a statement', async () => {
      const { sql, table } = await openWithTable();
      const end = new AbortController();
      const reason = new Error('enough');
      const work = sql.transaction(async queries => {
        await queries.query(`INSERT INTO ${table} VALUES (3)`);
        setTimeout(() => end.abort(reason), 20);
        await queries.query('SELECT pg_sleep(0.4)');
      }, end.signal);
      const startMs = performance.now();
      await expect(work).rejects.toBe(reason);
      expect(performance.now() - startMs).toBeLessThan(350);
      expect(await ids(sql, table)).toEqual([1, 2]);
      await expect(sql.transaction(async () => {}, end.signal)).rejects.toBe(reason);
    });

    test('what still runs when the work has ended reaches no other transaction', async () => {
      const { sql, table } = await openWithTable();
      const late = Promise.withResolvers<unknown>();
      await sql.transaction(async queries => {
        setTimeout(() => queries.query(`DELETE FROM ${table}`).then(late.resolve, late.resolve), 50);
      });
      expect(await late.promise).toBeInstanceOf(AssertionError);
      expect(await ids(sql, table)).toEqual([1, 2]);
    });
  });

  describe('notifications', () => {
    const channelOfTest = () => `c_${crypto.randomUUID().replaceAll('-', '')}`;

    test('come after the commit, not after a rollback, and not to other channels', async () => {
      const sql = await open();
      const channel = channelOfTest();
      const controller = new AbortController();
      const heard = sql.notifications(channel, controller.signal)[Symbol.asyncIterator]();
      // The first one for nothing: now it listens.
      await heard.next();
      const next = heard.next().then(() => performance.now());
      await sql.query(`SELECT pg_notify('${channelOfTest()}', '')`);
      await errorOf(() =>
        sql.transaction(async queries => {
          await queries.query(`SELECT pg_notify('${channel}', '')`);
          await queries.query('SELEKT');
        }),
      );
      const committedMs = await sql.transaction(async queries => {
        await queries.query(`SELECT pg_notify('${channel}', '')`);
        await queries.query('SELECT pg_sleep(0.2)');
        return performance.now();
      });
      expect(await next).toBeGreaterThanOrEqual(committedMs);
      controller.abort();
      expect(await heard.next()).toMatchObject({ done: true });
    });

    test('go on after the connection broke', async () => {
      const sql = await open();
      const channel = channelOfTest();
      const controller = new AbortController();
      const heard = sql.notifications(channel, controller.signal)[Symbol.asyncIterator]();
      await heard.next();
      const again = heard.next();
      await sql.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND query = $1',
        [`LISTEN ${channel}`],
      );
      await again;
      const next = heard.next();
      await sql.query(`SELECT pg_notify('${channel}', '')`);
      await next;
      controller.abort();
      expect(await heard.next()).toMatchObject({ done: true });
    });
  });
}
