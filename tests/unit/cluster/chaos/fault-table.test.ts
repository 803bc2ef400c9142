/** The table of faults names tests; those that it names exist. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { REPOSITORY } from '../../../helpers/cli.ts';

const read = (path: string) => readFileSync(join(REPOSITORY, path), 'utf8');
const NAMED = [...read('docs/cluster-faults.md').matchAll(/`(tests\/[\w./-]+)`: "([^"]+)"/g)];

test('the table names tests', () => {
  expect(NAMED.length).toBeGreaterThan(20);
});

test.each(NAMED.map(([, file = '', name = '']) => [file, name]))('%s has the test "%s"', (file, name) => {
  expect(read(file)).toContain(name);
});
