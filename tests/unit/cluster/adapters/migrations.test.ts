import { describe, expect, test } from 'vitest';
import { checksumOf, planMigrations } from '../../../../src/cluster/adapters/postgres/plan-migrations.ts';
import { MIGRATIONS } from '../../../../src/cluster/schema/migrations/index.ts';

const [first, second] = [
  { name: '001-first', sql: 'SELECT 1' },
  { name: '002-second', sql: 'SELECT 2' },
];
const applied = (...migrations: readonly { name: string; sql: string }[]) =>
  migrations.map(migration => ({ name: migration.name, checksum: checksumOf(migration) }));

describe('the plan of migrations', () => {
  test('a new database misses all, in order', () => {
    expect(planMigrations([first, second], [])).toEqual({ missing: [first, second], problems: [] });
  });

  test('one that has some misses the others', () => {
    expect(planMigrations([first, second], applied(first))).toEqual({ missing: [second], problems: [] });
    expect(planMigrations([first, second], applied(first, second))).toEqual({ missing: [], problems: [] });
  });

  test('a step that is unknown, and one whose text changed, are problems', () => {
    const edited = { ...first, sql: 'SELECT 1 -- edited' };
    expect(planMigrations([edited], applied(first, second)).problems).toEqual([
      'migration 001-first was changed after it was applied',
      'migration 002-second is in the database, and this gobool does not know it',
    ]);
  });
});

test('the declared migrations are numbered, in the order of their names', () => {
  const numbers = MIGRATIONS.map(({ name }) => /^(\d{3})-[a-z-]+$/.exec(name)?.[1]);
  expect(numbers).toEqual(MIGRATIONS.map((_, i) => String(i + 1).padStart(3, '0')));
});

test('a released migration never changes', () => {
  const released = { '001-probes': 'a79d32378bb6dabfb1257ff95d9b9deac571adc48390697ef696e43fc0e08eaa' };
  const checksums = Object.fromEntries(MIGRATIONS.map(migration => [migration.name, checksumOf(migration)]));
  expect(checksums).toMatchObject(released);
});
