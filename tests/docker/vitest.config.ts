/** `npm run test:docker`: needs a running Docker Engine with Compose, and fails without one. Not part of `npm test`. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'docker',
    include: ['tests/docker/**/*.test.ts'],
    globalSetup: 'tests/docker/require-docker.ts',
    testTimeout: 180_000,
    /** The first start on a machine pulls and builds images. */
    hookTimeout: 1_200_000,
    fileParallelism: false,
    /** Its helper container could not be pulled everywhere; every test ends what it started. */
    env: { TESTCONTAINERS_RYUK_DISABLED: 'true' },
  },
});
