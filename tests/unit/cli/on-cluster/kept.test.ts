/** What a project keeps of its runs on a cluster, and of what bundles say. */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { descriptionCache } from '../../../../src/cli/commands/on-cluster/description-cache.ts';
import { keepClusterRun, keptClusterRun } from '../../../../src/cli/commands/on-cluster/kept-runs.ts';
import { subjectOf } from '../../../../src/cli/commands/on-cluster/planned-run.ts';
import { temporaryFolder } from '../../../helpers/cli.ts';
import { errorOf } from '../../../helpers/errors.ts';

const RUN_ID = `r-${'1'.repeat(24)}`;

test('a run that is kept comes back as it was, numbers that JSON does not know among it', () => {
  const folder = temporaryFolder();
  expect(keptClusterRun(folder, RUN_ID)).toBeUndefined();
  const draft = { runId: 'abcd1234', options: { leverage: Number.POSITIVE_INFINITY }, params: { z: -0 } };
  const kept = { kind: 'run', draft, map: '{}' } as never;
  keepClusterRun(folder, RUN_ID, kept);
  expect(keptClusterRun(folder, RUN_ID)).toEqual(kept);
  keepClusterRun(folder, RUN_ID, { kind: 'landed', id: 'abcd1234' });
  expect(keptClusterRun(folder, RUN_ID)).toEqual({ kind: 'landed', id: 'abcd1234' });
});

test('one that is damaged says so', async () => {
  const folder = temporaryFolder();
  keepClusterRun(folder, RUN_ID, { kind: 'landed', id: 'abcd1234' });
  writeFileSync(join(folder, '.gobool/cluster-runs', `${RUN_ID}.frame`), 'no frame');
  expect((await errorOf(async () => keptClusterRun(folder, RUN_ID))).code).toBe('GB_FRAME_INVALID');
});

test('a description is kept by its bundle; a damaged one is none', () => {
  const folder = temporaryFolder();
  const bundle = 'ab'.repeat(32);
  const description = { name: 'test', params: { fast: { max: Number.POSITIVE_INFINITY } } } as never;
  descriptionCache(folder).set(bundle, description);
  expect(descriptionCache(folder).get(bundle)).toEqual(description);
  expect(descriptionCache(folder).get('cd'.repeat(32))).toBeUndefined();
  const cache = join(folder, '.gobool/cache');
  for (const file of readdirSync(cache)) writeFileSync(join(cache, file), 'no frame');
  expect(descriptionCache(folder).get(bundle)).toBeUndefined();
});

test('a set of a sweep is named by what varies, also where the run has only some of the sets', () => {
  const sets = [1, 2, 3].map(fast => ({ fast, slow: 50 }));
  const draft = { sets, outcome: { axes: [{ name: 'fast', values: [1, 2, 3] }], objective: {} } };
  const { labelOf, sets: count } = subjectOf({ kind: 'sweep', draft, indices: [0, 2] } as never, RUN_ID, 'sma.ts');
  expect([count, labelOf?.(0), labelOf?.(1), labelOf?.(2)]).toEqual([2, 'fast=1', 'fast=3', 'set 2']);
});
