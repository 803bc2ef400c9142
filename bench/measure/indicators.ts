/** Our indicators against the best npm library for each, and against TA-Lib's C. Values must agree before time counts. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { CASES, type CaseName } from '../indicators/cases.ts';
import type { IndicatorTimes } from '../indicators/process.ts';
import { npmRivals, talibPython } from '../lib/install.ts';
import { randomBars } from '../lib/market.ts';
import { compared, median, type Row } from '../lib/row.ts';
import { inWorkshop, runIndicator } from '../lib/workshop.ts';

const BARS = 1_000_000;
const TURNS = 3;
const ROUNDS = 7;
/** At least twice as fast as every npm library, and at most five times as slow as C. */
const WANTED = { npm: 0.5, talib: 5 };

const TITLES: Readonly<Record<CaseName, string>> = {
  rsi: 'RSI',
  ema: 'EMA',
  macd: 'MACD',
  atr: 'ATR',
  bollinger: 'Bollinger',
};
const prices = inWorkshop('prices-of-indicators');
const script = new URL('../indicators/talib-times.py', import.meta.url).pathname;

export function measureIndicators(): Row[] {
  const manifest = npmRivals();
  const python = talibPython();
  const { high, low, close } = randomBars(BARS, 1);
  writeFileSync(prices, Buffer.concat([high, low, close].map(({ buffer }) => Buffer.from(buffer))));
  return (Object.keys(CASES) as CaseName[]).flatMap(name => rowsOf(name, manifest, python));
}

function rowsOf(name: CaseName, manifest: string | undefined, python: string | undefined): Row[] {
  const turns = Array.from({ length: TURNS }, () => turnOf(name, manifest, python));
  const ours = turns.flatMap(turn => turn.ours);
  const talib = turns.flatMap(turn => turn.talib);
  const title = `${TITLES[name]}, 1,000,000 bars`;
  const best = bestOf(turns.map(({ rivals }) => rivals));
  const rows: Row[] = [];
  if (best !== undefined) rows.push({ ...compared(title, ours, best.library, best.ms), wanted: WANTED.npm });
  if (talib.length > 0) rows.push({ ...compared(title, ours, "TA-Lib's C", talib), wanted: WANTED.talib });
  return rows.length > 0 ? rows : [{ name: title, value: median(ours), unit: 'ms' }];
}

/** The C library first: it also writes the values that ours must have. */
function turnOf(name: CaseName, manifest: string | undefined, python: string | undefined) {
  const columns = inWorkshop(`talib-${name}`);
  const talib: number[] =
    python === undefined
      ? []
      : JSON.parse(execFileSync(python, [script, name, prices, columns, String(ROUNDS)], { encoding: 'utf8' }));
  const work = { name, bars: BARS, rounds: ROUNDS, manifest, talib: python === undefined ? undefined : columns };
  return { ...runIndicator(work), talib };
}

/** The library with the lowest median, of those that came into question in every turn. */
function bestOf(turns: readonly IndicatorTimes['rivals'][]): { library: string; ms: readonly number[] } | undefined {
  const [first = {}] = turns;
  return Object.keys(first)
    .filter(library => turns.every(turn => library in turn))
    .map(library => ({ library, ms: turns.flatMap(turn => turn[library] ?? []) }))
    .sort((a, b) => median(a.ms) - median(b.ms))[0];
}
