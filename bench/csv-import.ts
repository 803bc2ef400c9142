/** Parses 1,000,000 rows of CSV in memory, with ISO times and with epoch milliseconds, and prints rows a second. */
import { parseCsv } from '../src/runtime/host/csv/parse-csv.ts';

const ROW_COUNT = 1_000_000;
const ROUNDS = 5;
const START_MS = Date.UTC(2020, 0, 1);

function makeCsv(timeText: (timeMs: number) => string): Uint8Array {
  const rows = ['time,open,high,low,close,volume'];
  for (let row = 0; row < ROW_COUNT; row++) {
    const open = 120 + 40 * Math.sin(row / 977);
    const close = 120 + 40 * Math.sin((row + 1) / 977);
    const [high, low] = [Math.max(open, close) + 0.5, Math.min(open, close) - 0.25];
    const prices = [open, high, low, close].map(price => price.toFixed(2)).join(',');
    rows.push(`${timeText(START_MS + row * 60_000)},${prices},${((row * 7919) % 50_000) / 10}`);
  }
  return new TextEncoder().encode(rows.join('\n'));
}

/** Median of the rounds: milliseconds. */
async function medianMs(bytes: Uint8Array): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const startMs = performance.now();
    await parseCsv(bytes, { fileName: 'bench.csv' });
    times.push(performance.now() - startMs);
  }
  return times.sort((a, b) => a - b)[ROUNDS >> 1]!;
}

const isoMs = await medianMs(makeCsv(timeMs => new Date(timeMs).toISOString().replace('.000Z', 'Z')));
const epochMs = await medianMs(makeCsv(String));
const perSecond = (elapsedMs: number): number => Math.round(ROW_COUNT / (elapsedMs / 1000));
console.log(
  JSON.stringify({
    bench: 'csv-import',
    rows: ROW_COUNT,
    isoTimes: { ms: Math.round(isoMs), rowsPerSecond: perSecond(isoMs) },
    epochTimes: { ms: Math.round(epochMs), rowsPerSecond: perSecond(epochMs) },
  }),
);
