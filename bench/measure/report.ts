/** A report of 10,000 trades: how large it is, and how long Chromium takes from opening it to its first picture. */
import { strictEqual } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openPage } from '../../tests/helpers/chromium.ts';
import { inFolder } from '../lib/folder.ts';
import { csvOf, randomBars } from '../lib/market.ts';
import { median, type Row } from '../lib/row.ts';

const TRADES = 10_000;
const BARS_PER_TRADE = 4;
const ROUNDS = 5;

/** In for two bars, out for two bars. */
const STRATEGY = `
import { defineStrategy, sma } from 'gobool';

export default defineStrategy({
  name: 'busy',
  account: { fee: '1bps' },
  indicators: ({ close }) => ({ mean: sma(close, 3) }),
  onBar({ bar, order }) {
    if (bar.index % 2 === 0) order.target(bar.index % 4 === 0 ? 0 : 1);
  },
});
`;

export async function measureReport(): Promise<Row[]> {
  const page = writeReport();
  const ms: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const { drawnMs, console } = await openPage(page, { isMeasured: true });
    strictEqual(console.length, 0, `the page complains: ${console.join('; ')}`);
    ms.push(drawnMs);
  }
  return [
    { name: 'report of 10,000 trades, opened', value: median(ms), unit: 'ms', wanted: 1000 },
    { name: 'report of 10,000 trades, size', value: statSync(page).size / 1e6, unit: 'MB', wanted: 3 },
  ];
}

/** Returns the page's path. */
function writeReport(): string {
  const project = inFolder('report');
  const page = join(project, 'report.html');
  mkdirSync(project, { recursive: true });
  writeFileSync(join(project, 'strategy.ts'), STRATEGY);
  writeFileSync(join(project, 'bars.csv'), csvOf(randomBars((TRADES + 2) * BARS_PER_TRADE, 1)));
  const gobool = new URL('../../bin/gobool.js', import.meta.url).pathname;
  const args = ['backtest', 'strategy.ts', '--data', 'bars.csv', '--report', page, '--json'];
  const { data } = JSON.parse(execFileSync(process.execPath, [gobool, ...args], { cwd: project, encoding: 'utf8' }));
  strictEqual(data.trades >= TRADES, true, `only ${data.trades} trades`);
  return page;
}
