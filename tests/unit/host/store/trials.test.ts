import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_RUN_OPTIONS } from '../../../../src/runtime/engine/run-options.ts';
import {
  countTrials,
  proveTrials,
  type Trial,
  uncountTrials,
} from '../../../../src/runtime/host/store/count-trials.ts';
import { trialOf } from '../../../../src/runtime/host/store/index-run.ts';
import { keepRun } from '../../../../src/runtime/host/store/keep-run.ts';
import { MIGRATIONS } from '../../../../src/runtime/host/store/migrations.ts';
import { openStore, type RunStore } from '../../../../src/runtime/host/store/open-store.ts';
import { peekTrials } from '../../../../src/runtime/host/store/peek-trials.ts';
import { removeRuns } from '../../../../src/runtime/host/store/remove-runs.ts';
import { trialStatistics } from '../../../../src/runtime/host/store/trial-statistics.ts';
import { dropRuns } from '../../../../src/runtime/host/sweep/keep-runs.ts';
import { aRun, ROWS } from './a-run.ts';

let projectDir: string;
let store: RunStore;

beforeEach(async () => {
  projectDir = mkdtempSync(join(tmpdir(), 'gobool-store-'));
  store = await openStore(projectDir);
});

afterEach(() => {
  if (store.index.isOpen) store.index.close();
  rmSync(projectDir, { recursive: true, force: true });
});

/** A trial of its own; `changes` say what matters. */
function trial(name: string, sharpe: number | null, changes: Partial<Trial> = {}): Trial {
  const datasets = ['stock.A.usa@1d'];
  const key = { runKey: `key ${name}`, resultHash: `hash ${name}` };
  return { ...key, strategy: 'cross', datasets, params: {}, sharpe, samples: 250, createdMs: 1, ...changes };
}

const rows = () => store.index.prepare('SELECT run_key, runs FROM trials ORDER BY run_key').all();

describe('the statistics of a family', () => {
  test('are those of its trials: 1, 2 and 3 have a variance of 1', () => {
    countTrials(store, [trial('a', 1), trial('b', 2), trial('c', 3)]);
    expect(trialStatistics(store.index, trial('c', 3))).toEqual({ trials: 3, trialVariance: 1 });
  });

  test('have the run among them that is not counted yet', () => {
    countTrials(store, [trial('a', 1), trial('b', 2)]);
    expect(trialStatistics(store.index, trial('c', 3))).toEqual({ trials: 3, trialVariance: 1 });
    expect(rows()).toHaveLength(2);
  });

  test('leave out other strategies, other data and other orders of feeds', () => {
    const pair = { datasets: ['a', 'b'] };
    countTrials(store, [
      trial('a', 1),
      trial('b', 2, { strategy: 'other' }),
      trial('c', 3, { datasets: ['stock.B.usa@1d'] }),
      trial('d', 4, pair),
      trial('e', 5, { datasets: ['b', 'a'] }),
    ]);
    expect(trialStatistics(store.index, trial('a', 1))).toEqual({ trials: 1, trialVariance: 0 });
    expect(trialStatistics(store.index, trial('d', 4, pair))).toEqual({ trials: 1, trialVariance: 0 });
  });

  test('count equal results once, whatever made them', () => {
    countTrials(store, [trial('a', 1), trial('b', 1, { resultHash: 'hash a' }), trial('c', 2)]);
    expect(trialStatistics(store.index, trial('c', 2))).toEqual({ trials: 2, trialVariance: 0.5 });
  });

  test('leave out trials without a Sharpe ratio', () => {
    countTrials(store, [trial('a', null), trial('b', 2)]);
    expect(trialStatistics(store.index, trial('b', 2)).trials).toBe(1);
    expect(trialStatistics(store.index, trial('c', null)).trials).toBe(1);
  });

  test('of nothing are nothing', () => {
    expect(trialStatistics(store.index, trial('a', null))).toEqual({ trials: 0, trialVariance: 0 });
  });
});

describe('counting', () => {
  test('a known run counts as one more run of its trial', () => {
    countTrials(store, [trial('a', 1), trial('b', 1)]);
    countTrials(store, [trial('a', 1)]);
    expect(rows()).toEqual([
      { run_key: 'key a', runs: 2 },
      { run_key: 'key b', runs: 1 },
    ]);
  });

  test('is taken back run by run, and a trial without runs is forgotten', () => {
    countTrials(store, [trial('a', 1), trial('b', 1)]);
    countTrials(store, [trial('a', 1)]);
    uncountTrials(store, ['key a', 'key b', 'key c']);
    expect(rows()).toEqual([{ run_key: 'key a', runs: 1 }]);
  });

  test('is all or nothing', () => {
    const broken = { ...trial('b', 1), samples: Number.NaN };
    expect(() => countTrials(store, [trial('a', 1), broken])).toThrow();
    expect(rows()).toEqual([]);
  });

  test('a removed run stays a trial', async () => {
    await keepRun(store, aRun(), ROWS);
    removeRuns(store, [aRun().runId]);
    const other = trialOf(aRun({ runKey: 'other', resultHash: 'other' }));
    expect(trialStatistics(store.index, other).trials).toBe(2);
  });
});

describe('a trial of a sweep that is not proved', () => {
  const run = aRun();
  const wrong = { ...trialOf(run), resultHash: 'wrong', sharpe: 9 };
  const results = () => store.index.prepare('SELECT result_hash, sharpe, runs FROM trials').all();
  const right = { result_hash: run.resultHash, sharpe: trialOf(run).sharpe };

  test('counts, but convicts no run of its own, which takes its place for good', async () => {
    countTrials(store, [wrong]);
    await keepRun(store, run, ROWS);
    expect(results()).toEqual([{ ...right, runs: 2 }]);
    countTrials(store, [wrong]);
    expect(results()).toEqual([{ ...right, runs: 3 }]);
    uncountTrials(store, [run.runKey, run.runKey]);
    expect(results()).toEqual([{ ...right, runs: 1 }]);
  });

  test('may be left over where dropping its sweep was cut off, but the log never outlives it', () => {
    const folder = join(projectDir, 'sweep');
    mkdirSync(folder);
    store.index.close();
    const keyParts = { bundleHash: '', feeds: [], options: DEFAULT_RUN_OPTIONS };
    expect(() => dropRuns(store, folder, { keyParts }, [])).toThrow();
    expect(existsSync(folder)).toBe(false);
  });

  test('convicts once a sweep is proved, with what that sweep gave', async () => {
    countTrials(store, [{ ...wrong, resultHash: 'of another sweep' }]);
    countTrials(store, [wrong]);
    proveTrials(store, [wrong]);
    expect(results()).toEqual([{ result_hash: 'wrong', sharpe: 9, runs: 2 }]);
    await expect(keepRun(store, run, ROWS)).rejects.toMatchObject({ code: 'GB_NONDETERMINISTIC' });
  });
});

describe('an older ledger', () => {
  test('learns its families from the runs that are left', async () => {
    const older = mkdtempSync(join(tmpdir(), 'gobool-store-'));
    const before = await openStore(older, MIGRATIONS.slice(0, 1));
    before.index.exec(`INSERT INTO runs VALUES ('r', 'k', 'h', 1, 'cross', '{}', '["stock.A.usa@1d"]', 'completed', '{}');
      INSERT INTO trials VALUES ('k', 'h', 'cross', '{}', 1.5, 250, 1, 1), ('gone', 'g', 'cross', '{}', 2, 250, 1, 1)`);
    before.index.close();
    using now = await openStore(older);
    expect(trialStatistics(now.index, trial('new', 2.5))).toEqual({ trials: 2, trialVariance: 0.5 });
    rmSync(older, { recursive: true });
  });
});

describe('a look at the ledger', () => {
  test('without a store finds the run alone', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'gobool-store-'));
    expect(await peekTrials(empty, trial('a', 1))).toEqual({ trials: 1, trialVariance: 0 });
    rmSync(empty, { recursive: true });
  });

  test('finds what was counted, and counts nothing', async () => {
    countTrials(store, [trial('a', 1), trial('b', 2)]);
    expect(await peekTrials(projectDir, trial('c', 3))).toEqual({ trials: 3, trialVariance: 1 });
    expect(rows()).toHaveLength(2);
  });

  test('finds nothing certain where the ledger cannot be read', async () => {
    store.index.close();
    writeFileSync(store.indexPath, 'this is not a database, whatever its name says');
    expect(await peekTrials(projectDir, trial('a', 1))).toBeUndefined();
  });
});
