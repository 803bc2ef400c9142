/** Compares the steps that the code declares with those that a database has. */
import { createHash } from 'node:crypto';
import type { Migration } from '../../schema/migrations/migration.ts';

export interface AppliedMigration {
  readonly name: string;
  readonly checksum: string;
}

export interface MigrationPlan {
  /** Declared and not applied, in order. */
  readonly missing: readonly Migration[];
  /** Why nothing may be applied: the database knows a step that the code does not, or knows it with another text. */
  readonly problems: readonly string[];
}

/** SHA-256 of the text, hex. */
export const checksumOf = ({ sql }: Migration) => createHash('sha256').update(sql).digest('hex');

export function planMigrations(declared: readonly Migration[], applied: readonly AppliedMigration[]): MigrationPlan {
  const byName = new Map(declared.map(migration => [migration.name, migration]));
  const names = new Set(applied.map(({ name }) => name));
  const problems = applied.flatMap(({ name, checksum }) => {
    const migration = byName.get(name);
    if (!migration) return [`migration ${name} is in the database, and this gobool does not know it`];
    return checksumOf(migration) === checksum ? [] : [`migration ${name} was changed after it was applied`];
  });
  return { missing: declared.filter(({ name }) => !names.has(name)), problems };
}
