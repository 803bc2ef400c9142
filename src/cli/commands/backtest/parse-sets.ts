import { GoboolError } from '../../../runtime/base/error.ts';

/** `['fast=5', 'slow=30']` by name; the last one of a name counts. Throws GB_USAGE with every misfit. */
export function parseSets(texts: readonly string[]): Readonly<Record<string, string>> {
  const pairs = texts.map(text => /^\s*([^=\s]+)\s*=(.*)$/.exec(text)?.slice(1) ?? text);
  const misfits = pairs.filter(pair => typeof pair === 'string');
  if (misfits.length > 0) {
    const problems = misfits.map(text => `--set: expected name=value, not "${text}".`);
    throw new GoboolError('GB_USAGE', 'The command cannot run with these options.', { problems });
  }
  return Object.fromEntries(pairs.map(([name = '', value = '']) => [name, value.trim()]));
}
