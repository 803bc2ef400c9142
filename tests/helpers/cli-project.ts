/** A project with a strategy and prices, for tests that run the program. */
import { temporaryFolder } from './cli.ts';

/** Buys and sells in turn, every `every` bars. */
export const ALTERNATING = strategyText(`
  params: { every: int(5, { min: 1, max: 50 }) },
  onBar({ bar, params, order }) {
    if (bar.index % params.every === 0) order.target((bar.index / params.every) % 2 === 0 ? 1 : 0);
  },`);

/** A strategy file with this body, over `prices.csv`. */
export function strategyText(body: string): string {
  const head = "import { defineStrategy, int } from 'gobool';\n\nexport default defineStrategy({\n  name: 'test',";
  return `${head}${body}\n});\n`;
}

/** `count` daily bars whose price swings around 100. */
export function pricesCsv(count: number): string {
  const rows = Array.from({ length: count }, (_, i) => {
    const date = new Date(Date.UTC(2020, 0, 1 + i)).toISOString().slice(0, 10);
    const [open, close] = [price(i), price(i + 1)];
    return [date, open, Math.max(open, close) + 1, Math.min(open, close) - 1, close, 1_000_000].join(',');
  });
  return ['date,open,high,low,close,volume', ...rows, ''].join('\n');
}

export function cliProject(files: Readonly<Record<string, string>> = {}): string {
  return temporaryFolder({ 'strategy.ts': ALTERNATING, 'prices.csv': pricesCsv(120), ...files });
}

/** Arguments of a backtest of the project's strategy. */
export const RUN = ['backtest', 'strategy.ts', '--data', 'prices.csv'] as const;

function price(i: number): number {
  return 100 + Math.round(Math.sin(i / 7) * 1000) / 100;
}
