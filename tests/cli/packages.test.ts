/** Strategies with npm packages, as their users install them. */
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { document, gobool, REPOSITORY } from '../helpers/cli.ts';
import { cliProject } from '../helpers/cli-project.ts';

test('a package that keeps things on the global object runs, alone and in a sweep', async () => {
  const strategy = `
    import { defineStrategy, int } from 'gobool';
    import * as z from 'zod';

    const price = z.object({ close: z.number().check(z.gte(1)) });

    export default defineStrategy({
      name: 'zod',
      data: 'prices.csv',
      params: { level: int(100, { min: 90, max: 110 }) },
      onBar({ close, order, params }) {
        order.target(price.parse({ close: close.at(0) }).close > params.level ? 1 : 0);
      },
    });`;
  const cwd = cliProject({ 'strategy.ts': strategy });
  mkdirSync(join(cwd, 'node_modules'));
  symlinkSync(join(REPOSITORY, 'node_modules/zod'), join(cwd, 'node_modules/zod'));
  const run = document(await gobool(['backtest', 'strategy.ts', '--json'], { cwd }));
  expect(run).toMatchObject({ ok: true, data: { state: 'completed' } });
  expect(run.data.fills).toBeGreaterThan(2);
  const sweep = document(await gobool(['sweep', 'strategy.ts', '--param', 'level=98..104', '--json'], { cwd }));
  expect(sweep).toMatchObject({ ok: true });
});

test('one that asks for the locale of the machine is told with file, line and remedy', async () => {
  const cwd = cliProject({
    'strategy.ts': `
      import { defineStrategy } from 'gobool';
      import { weekday } from 'calendar';
      export default defineStrategy({ name: 'c', data: 'prices.csv', onBar: () => void weekday() });`,
    'node_modules/calendar/package.json': '{ "name": "calendar", "main": "main.js" }',
    'node_modules/calendar/main.js': 'exports.weekday = () =>\n  new Intl.DateTimeFormat().resolvedOptions().locale;',
  });
  const { error } = document(await gobool(['backtest', 'strategy.ts', '--json'], { cwd }));
  expect(error).toMatchObject({
    code: 'GB_STRATEGY_THREW',
    hint: expect.stringMatching(/of an npm package.*locale/),
    where: { file: 'node_modules/calendar/main.js', line: 2 },
  });
});
