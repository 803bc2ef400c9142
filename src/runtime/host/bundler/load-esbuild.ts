/**
 * Loads esbuild when it is first needed, and at once: its compiler, a process of its own, then starts before anything
 * else that waits for its turn, and works beside it.
 */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

export function loadEsbuild(): typeof import('esbuild') {
  return require('esbuild');
}
