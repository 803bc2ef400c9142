/**
 * Our indicators against the best npm library for each, and against TA-Lib's C. Values must agree first. Of each the
 * quickest round counts: in calls of a few milliseconds the others measure what else the machine does.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { CASES, type CaseName } from '../indicators/cases.ts';
import { librariesWith } from '../indicators/libraries.ts';
import type { IndicatorTimes } from '../indicators/process.ts';
import { inFolder } from '../lib/folder.ts';
import { npmRivals, talibPython } from '../lib/install.ts';
import { randomBars } from '../lib/market.ts';
import { compared, type Row } from '../lib/row.ts';
import { runIndicator } from '../lib/workshop.ts';

const BARS = 1_000_000;
const TURNS = 5;
const ROUNDS = 5;
/** Ours takes milliseconds, so that a neighbour on the machine weighs more. */
const OWN_ROUNDS = 15;
/** A library that takes so many times as long as the best of all, before it is warm, is not the best. */
const FAR_BEHIND = 3;
/** At least twice as fast as every npm library, and at most five times as slow as C. */
const WANTED = { npm: 0.5, talib: 5 };

const TITLES: Readonly<Record<CaseName, string>> = {
  rsi: 'RSI',
  ema: 'EMA',
  macd: 'MACD',
  atr: 'ATR',
  bollinger: 'Bollinger',
};
const prices = inFolder('prices-of-indicators');
const script = new URL('../indicators/talib-times.py', import.meta.url).pathname;

/** What ours is compared with: undefined where it cannot be installed. */
interface Rivals {
  readonly manifest: string | undefined;
  readonly python: string | undefined;
}

export function measureIndicators(): Row[] {
  const rivals = { manifest: npmRivals(), python: talibPython() };
  const { high, low, close } = randomBars(BARS, 1);
  writeFileSync(prices, Buffer.concat([high, low, close].map(({ buffer }) => Buffer.from(buffer))));
  return (Object.keys(CASES) as CaseName[]).flatMap(name => rowsOf(name, rivals));
}

function rowsOf(name: CaseName, { manifest, python }: Rivals): Row[] {
  const libraries = manifest === undefined ? [] : fastest(name, manifest);
  const times: Record<string, number[]> = {};
  const keep = (more: IndicatorTimes): void => {
    for (const [who, ms] of Object.entries(more)) times[who] = [...(times[who] ?? []), ...ms];
  };
  for (let turn = 0; turn < TURNS; turn++) {
    const talib = python === undefined ? undefined : talibTimes(name, python);
    if (talib !== undefined) keep({ talib: talib.ms });
    keep(own(name, talib?.columns));
    if (manifest !== undefined) keep(npm(name, manifest, libraries));
  }
  return compare(`${TITLES[name]}, 1,000,000 bars`, times, libraries);
}

function compare(
  name: string,
  times: Readonly<Record<string, readonly number[]>>,
  libraries: readonly string[],
): Row[] {
  const quickest = (who: string): readonly number[] => [Math.min(...times[who]!)];
  const ours = quickest('gobool');
  const rows: Row[] = [];
  const [best] = libraries.toSorted((a, b) => quickest(a)[0]! - quickest(b)[0]!);
  if (best !== undefined) rows.push({ ...compared(name, ours, best, quickest(best)), wanted: WANTED.npm });
  if (times.talib !== undefined)
    rows.push({ ...compared(name, ours, "TA-Lib's C", quickest('talib')), wanted: WANTED.talib });
  return rows.length > 0 ? rows : [{ name, value: ours[0]!, unit: 'ms' }];
}

function own(name: CaseName, talib: string | undefined): IndicatorTimes {
  const work = { name, bars: BARS, contestants: ['gobool'], rounds: OWN_ROUNDS, warmUps: 10 };
  return runIndicator(talib === undefined ? work : { ...work, talib });
}

function npm(
  name: CaseName,
  manifest: string,
  contestants: readonly string[],
  rounds = ROUNDS,
  warmUps = 2,
): IndicatorTimes {
  return runIndicator({ name, bars: BARS, contestants, rounds, warmUps, manifest });
}

/** The libraries that may be the best. */
function fastest(name: CaseName, manifest: string): string[] {
  const times = npm(name, manifest, librariesWith(name), 2, 0);
  const best = Math.min(...Object.values(times).flat());
  return Object.keys(times).filter(library => Math.min(...times[library]!) <= FAR_BEHIND * best);
}

/** Also writes the columns that ours must have. */
function talibTimes(name: CaseName, python: string): { readonly ms: readonly number[]; readonly columns: string } {
  const columns = inFolder(`talib-${name}`);
  const args = [script, name, prices, columns, String(ROUNDS)];
  return { ms: JSON.parse(execFileSync(python, args, { encoding: 'utf8' })), columns };
}
