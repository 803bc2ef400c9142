import { defineConfig } from 'vitest/config';

const project = (name: string, include: string[], testTimeout = 10_000) => ({ test: { name, include, testTimeout } });

export default defineConfig({
  test: {
    projects: [
      project('tidy', ['tests/tidy.test.ts'], 60_000),
      project('unit', ['tests/{unit,property}/**/*.test.ts']),
      project('system', ['tests/{cli,golden,integration,types}/**/*.test.ts'], 120_000),
    ],
  },
});
