/** A user without HOME and without an entry among the users, as services and containers have. */
import { expect, test, vi } from 'vitest';
import { readLayers } from '../../../src/cli/config/layers.ts';
import type { CommandContext } from '../../../src/cli/context.ts';

vi.mock('node:os', async original => ({
  ...(await original<typeof import('node:os')>()),
  homedir: () => {
    throw new Error('A system error occurred: uv_os_homedir returned ENOENT');
  },
}));

test('has no settings of its own, and can run backtests', async () => {
  const context = { env: {}, cwd: '/nowhere', projectDir: '/nowhere' } as CommandContext;
  expect((await readLayers(context)).map(({ origin }) => origin)).toEqual(['project', 'variable']);
});
