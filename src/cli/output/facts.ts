/** Names with their values in two columns: the form of a single thing. */
import type { Paint } from './colour.ts';

/** Facts without a value are left out. */
export function factsText(
  facts: readonly (readonly [name: string, value: string | undefined])[],
  paint: Paint,
): string {
  const width = Math.max(...facts.map(([name]) => name.length));
  return facts
    .flatMap(([name, value]) => (value === undefined ? [] : `  ${paint('dim', name.padEnd(width))}  ${value}`))
    .join('\n');
}
