/** docs/metrics.md says what the product says: the same definitions, units and warnings. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DEFAULT_RUN_OPTIONS } from '../../../src/runtime/engine/run-options.ts';
import { summarize } from '../../../src/runtime/metrics/summarize.ts';
import { WARNING_CODES } from '../../../src/runtime/metrics/warnings.ts';
import { datasetOf, recordOf } from './records.ts';

const page = readFileSync(new URL('../../../docs/metrics.md', import.meta.url), 'utf8');
const { metrics } = summarize(recordOf([100, 101]), { feeds: [datasetOf([1, 2])], options: DEFAULT_RUN_OPTIONS });

/** First cells of the table whose heading starts with `heading`. */
function rowsOf(heading: string): string[] {
  const [, table = ''] = page.split(`| ${heading} |`);
  return [...table.split('\n\n')[0]!.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, name]) => name!);
}

test.each(Object.entries(metrics))('%s has its unit and its definition', (name, { unit, definition }) => {
  const row = page.split('\n').find(line => line.startsWith(`| \`${name}\` |`));
  expect(row).toContain(`| ${unit} |`);
  expect(row).toContain(`| ${definition} |`);
});

test('the tables have every metric and every warning, and no other', () => {
  expect(rowsOf('name')).toEqual(Object.keys(metrics));
  expect(rowsOf('code')).toEqual(WARNING_CODES);
});
