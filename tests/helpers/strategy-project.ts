/** A folder with strategy files, gone after the test, and the tiny runtime to bundle them with. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { RunInput } from '../../src/runtime/bundle/abi.ts';
import { DEFAULT_RUN_OPTIONS } from '../../src/runtime/engine/run-options.ts';
import { bundleStrategy, type StrategyBundle } from '../../src/runtime/host/bundler/bundle-strategy.ts';
import type { RuntimeFiles } from '../../src/runtime/host/own-files.ts';
import type { Bars } from '../../src/runtime/market/bars.ts';
import type { Dataset } from '../../src/runtime/market/dataset.ts';

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export const TINY_RUNTIME: RuntimeFiles = {
  sdk: file('../fixtures/tiny-runtime/index.ts'),
  bundleEntry: file('../fixtures/tiny-runtime/bundle-entry.ts'),
  ambient: file('../../src/runtime/sdk/ambient.ts'),
};

/** Writes files by relative path into a new folder. */
export function project(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'gobool-strategy-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** Bundles `strategy.ts` of the text given, or `entry` of the files given. */
export function bundle(
  files: string | Readonly<Record<string, string>>,
  entry = 'strategy.ts',
): Promise<StrategyBundle> {
  const cwd = project(typeof files === 'string' ? { [entry]: files } : files);
  return bundleStrategy(entry, { cwd, runtime: TINY_RUNTIME });
}

/** Daily bars from 2020-01-01 with closes 1, 2, 3 ...; `firstDay` moves them. */
export function dailyInput(length: number, ...moreFirstDays: number[]): RunInput {
  const feeds = [0, ...moreFirstDays].map((firstDay, feed) => dataset(`feed${feed}`, length, firstDay));
  return { params: {}, feeds, options: DEFAULT_RUN_OPTIONS };
}

const DAY_MS = 86_400_000;

function dataset(name: string, length: number, firstDay: number): Dataset {
  const product = { id: name, currency: 'USD', multiplier: 1, lot: 0, tick: 0, calendar: '24/7' } as const;
  return { name, hash: '', product, bars: dailyBars(length, firstDay) };
}

function dailyBars(length: number, firstDay: number): Bars {
  const column = (): Float64Array => Float64Array.from({ length }, (_, i) => i + 1);
  return {
    length,
    time: Float64Array.from({ length }, (_, i) => Date.UTC(2020, 0, 1) + (firstDay + i) * DAY_MS),
    durationMs: DAY_MS,
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
    session: Int32Array.from({ length }, (_, i) => i),
  };
}
