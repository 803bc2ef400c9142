/**
 * What the builds of strategy and runtime share: one text that depends on the sources alone, not on folders or settings
 * around them.
 */
import type { BuildOptions } from 'esbuild';

export const SHARED_OPTIONS = {
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'neutral',
  target: 'es2024',
  mainFields: ['module', 'main'],
  charset: 'utf8',
  legalComments: 'none',
  /** Without white space there are no comments with paths. */
  minifyWhitespace: true,
  sourcemap: 'external',
  /** A tsconfig.json near the strategy is not part of the run. */
  tsconfigRaw: '{}',
  logLevel: 'silent',
} satisfies BuildOptions;

/** The text of the outputs of a build with `sourcemap: 'external'`. */
export function outputTexts(files: readonly { path: string; text: string }[]): { code: string; map: string } {
  const text = (suffix: string): string => files.find(file => file.path.endsWith(suffix))?.text ?? '';
  return { code: text('.js'), map: text('.js.map') };
}
