import { defineConfig } from 'vitest/config';

/** The usual 0 would not do: where there is one worker, Vitest runs that group last. */
const [FIRST, LAST] = [{ groupOrder: 1 }, { groupOrder: 2 }];

const project = (name: string, include: string[], testTimeout = 10_000) => ({
  test: { name, include, testTimeout, sequence: FIRST },
});

/** Tests on the real engines share one cluster and disturb it, so they come last and one file after the other. */
const cluster = {
  test: {
    name: 'cluster',
    include: ['tests/cluster/**/*.test.ts'],
    globalSetup: 'tests/helpers/cluster-of-run.ts',
    testTimeout: 120_000,
    /** The first start on a machine fetches the engines. */
    hookTimeout: 1_200_000,
    maxWorkers: 1,
    sequence: LAST,
  },
};

export default defineConfig({
  test: {
    projects: [
      project('tidy', ['tests/tidy.test.ts'], 60_000),
      project('unit', ['tests/{unit,property}/**/*.test.{ts,tsx}']),
      project('system', ['tests/{cli,golden,integration,types}/**/*.test.ts'], 120_000),
      cluster,
    ],
  },
});
