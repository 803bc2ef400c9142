/** PostgreSQL at work: what its port promises, its schema, its secrets, and each way of not being root. */
import { chmodSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { migrate } from '../../src/cluster/adapters/postgres/migrate.ts';
import type { ClusterFacts } from '../../src/cluster/dev/cluster-facts.ts';
import { postgresComponent } from '../../src/cluster/dev/components/postgres.ts';
import { AS_NOBODY, type Identity, IN_NAMESPACE } from '../../src/cluster/dev/native/engines/as-ordinary-user.ts';
import { postgresEngineAs } from '../../src/cluster/dev/native/engines/postgres.ts';
import { environmentOf, processIds, readProc } from '../../src/cluster/dev/native/process-table.ts';
import { MIGRATIONS } from '../../src/cluster/schema/migrations/index.ts';
import { sqlContract } from '../contracts/sql.ts';
import { errorOf } from '../helpers/errors.ts';
import { crash, patience, soloEngine } from '../helpers/solo-engine.ts';
import { sqlOf } from '../helpers/sql-of.ts';
import { temporaryDir } from '../helpers/temporary-dir.ts';
import { testCluster } from '../helpers/test-cluster.ts';

let facts: ClusterFacts;
beforeAll(async () => {
  facts = await testCluster();
});

sqlContract(async () => sqlOf(facts, { limits: { statementTimeoutMs: 1_500 } }));

/** A database of the test's own. */
async function newDatabase() {
  const database = `test_${crypto.randomUUID().replaceAll('-', '')}`;
  const server = sqlOf(facts);
  await server.query(`CREATE DATABASE ${database}`);
  onTestFinished(async () => {
    await server.query(`DROP DATABASE ${database} WITH (FORCE)`);
  });
  return sqlOf(facts, { database });
}

describe('migrations', () => {
  const steps = [
    { name: '001-first', sql: 'CREATE TABLE first (id int)' },
    { name: '002-second', sql: 'CREATE TABLE second (id int); INSERT INTO second VALUES (1)' },
  ];

  test('many at once apply each step once', async () => {
    const sql = await newDatabase();
    const applied = await Promise.all(Array.from({ length: 4 }, () => migrate(sql, steps)));
    expect(applied.flat().sort()).toEqual(['001-first', '002-second']);
    expect(await sql.query('SELECT * FROM second')).toHaveLength(1);
    expect(await migrate(sql, steps)).toEqual([]);
  });

  test('a step that fails leaves nothing of itself, and the ones before it', async () => {
    const sql = await newDatabase();
    const broken = { name: '003-broken', sql: 'CREATE TABLE third (id int); SELEKT' };
    expect((await errorOf(() => migrate(sql, [...steps, broken]))).code).toBe('GB_SQL_REFUSED');
    expect(
      await sql.query(`SELECT to_regclass('second') IS NULL AS second, to_regclass('third') IS NULL AS third`),
    ).toEqual([{ second: false, third: true }]);
  });

  test('a database of a newer gobool is left alone', async () => {
    const sql = await newDatabase();
    await migrate(sql, steps);
    const error = await errorOf(() => migrate(sql, [...steps.slice(0, 1), { name: '003-mine', sql: 'SELECT 1' }]));
    expect(error.code).toBe('GB_SQL_SCHEMA');
    expect(error.problems).toEqual(['migration 002-second is in the database, and this gobool does not know it']);
    expect(await sql.query('SELECT name FROM gobool.migrations ORDER BY name')).toHaveLength(2);
  });
});

test('the component shows a schema that differs, and initialise mends what is missing', async () => {
  const client = postgresComponent.open(facts);
  onTestFinished(() => client.close());
  expect(await client.drift(patience())).toEqual([]);
  const sql = sqlOf(facts);
  await sql.query('ALTER TABLE gobool.migrations RENAME TO migrations_away');
  try {
    expect(await client.drift(patience())).toEqual(MIGRATIONS.map(({ name }) => `migration ${name} is not applied`));
  } finally {
    await sql.query('ALTER TABLE gobool.migrations_away RENAME TO migrations');
  }
  await sql.query(`INSERT INTO gobool.migrations VALUES ('999-newer', 'x')`);
  try {
    expect((await errorOf(() => client.initialise(patience()))).code).toBe('GB_SQL_SCHEMA');
  } finally {
    await sql.query(`DELETE FROM gobool.migrations WHERE name = '999-newer'`);
  }
  await client.initialise(patience());
});

test('a wrong password is refused', async () => {
  const stranger = { ...facts, secrets: { ...facts.secrets, postgres: 'wrong' } };
  const error = await errorOf(() => sqlOf(stranger).query('SELECT 1'));
  expect(error.code).toBe('GB_SQL_REFUSED');
  const client = postgresComponent.open(stranger);
  onTestFinished(() => client.close());
  expect((await errorOf(() => client.check(patience()))).code).toBe('GB_PROBE_POSTGRES');
});

/** As root: each way that gobool has, and a user without any privilege. As an ordinary user: as that one. */
const NOBODY: Identity = {
  prefix: ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--'],
  owner: 65_534,
};
const IDENTITIES: readonly (readonly [string, Identity])[] =
  process.getuid?.() === 0
    ? [
        ['root in a user namespace', IN_NAMESPACE],
        ['nobody with one capability of root', AS_NOBODY],
        ['an ordinary user', NOBODY],
      ]
    : [['an ordinary user', { prefix: [] }]];

test.each(IDENTITIES)(
  'as %s: it works, a committed row outlives kill -9, and the password is nowhere',
  async (_, identity) => {
    const dir = temporaryDir();
    // gobool's own ways reach folders that are closed to others, as root's home is.
    if (identity === NOBODY) chmodSync(dir, 0o755);
    const engine = await soloEngine(
      postgresEngineAs(() => identity),
      postgresComponent,
      dir,
    );
    const sql = sqlOf(engine.facts);
    await sql.query('CREATE TABLE kept AS SELECT 42 AS answer');
    expect(await engine.client.probe(patience())).toMatch(/^row committed and read by another connection in \d+ ms$/);
    await crash(engine.process());
    await engine.start();
    expect(await engine.client.probe(patience())).toMatch(/^row committed/);
    expect(await sql.query('SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    expect(placesOf(engine.facts.secrets.postgres)).toEqual([]);
    expect(readFileSync(engine.logFile, 'utf8')).not.toContain(engine.facts.secrets.postgres);
    await engine.process().stop();
    expect(await engine.process().ended).toBe('exit 0');
  },
);

/** Processes whose command line or environment shows the text. */
const placesOf = (secret: string) =>
  processIds().filter(pid =>
    [readProc(pid, 'cmdline') ?? '', ...environmentOf(pid)].some(text => text.includes(secret)),
  );
