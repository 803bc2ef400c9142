/** The files that `gobool init` writes. */
import { VERSION } from '../../version.ts';

const STRATEGY = `import { crossesAbove, crossesBelow, defineStrategy, int, sma } from 'gobool';

/** Holds SPY while its fast average is above its slow one, and nothing otherwise. */
export default defineStrategy({
  name: 'sma-cross',
  // Daily bars of SPY ship with gobool. \`gobool data ls\` lists what else there is.
  data: 'stock.SPY.usa@1d',
  // What trading costs. Flags, such as \`--fee 10bps\`, and gobool.config.ts are stronger.
  account: { fee: '0.005/share,min=1', slippage: '1bps' },
  // Change them for one run: \`gobool backtest strategy.ts --set fast=5\`.
  params: {
    fast: int(10, { min: 2, max: 100 }),
    slow: int(30, { min: 5, max: 400 }),
  },
  indicators: ({ close, params }) => ({
    fast: sma(close, params.fast),
    slow: sma(close, params.slow),
  }),
  // Runs at the close of every bar, once the averages are defined. What it orders is live from the next bar.
  onBar({ ind, order }) {
    if (crossesAbove(ind.fast, ind.slow)) order.target(1); // all of the equity
    else if (crossesBelow(ind.fast, ind.slow)) order.target(0);
  },
});
`;

const CONFIG = `import type { Config } from 'gobool/config';

/**
 * Settings of every backtest that is run from this folder. They are stronger than the \`account\` of a strategy; flags
 * and GOBOOL_ variables are stronger still. \`gobool config show --origin\` tells where each comes from.
 */
export default {
  // cash: 50_000,
} satisfies Config;
`;

/** No DOM and no Node types: what a strategy may not use is an error already in the editor. */
const TSCONFIG = {
  compilerOptions: {
    target: 'es2024',
    lib: ['es2024'],
    module: 'esnext',
    moduleResolution: 'bundler',
    strict: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    types: [],
  },
  include: ['**/*.ts'],
};

const PACKAGE = {
  private: true,
  type: 'module',
  scripts: { backtest: 'gobool backtest strategy.ts', types: 'tsc --noEmit' },
  devDependencies: { gobool: VERSION, node: '24', typescript: '7' },
  allowScripts: { esbuild: true, node: true },
};

export interface Template {
  readonly name: string;
  readonly summary: string;
  readonly content: string;
}

export const TEMPLATES: readonly Template[] = [
  { name: 'strategy.ts', summary: 'a cross of two averages on SPY, ready to run', content: STRATEGY },
  { name: 'gobool.config.ts', summary: 'settings of the folder: cash, costs, limits', content: CONFIG },
  { name: 'tsconfig.json', summary: 'types for your editor', content: json(TSCONFIG) },
];

export const PACKAGE_TEMPLATE: Template = {
  name: 'package.json',
  summary: 'gobool, Node and TypeScript as dependencies',
  content: json(PACKAGE),
};

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
