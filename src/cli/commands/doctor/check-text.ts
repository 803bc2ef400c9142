/** The checks of a doctor for a person: a line each, and what to do about those that did not pass. */
import type { Paint } from '../../output/colour.ts';
import type { Check } from './check.ts';

export function checksText(checks: readonly Check[], paint: Paint): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  return checks.flatMap(check => checkLines(check, width, paint)).join('\n');
}

function checkLines({ name, status, message, hint }: Check, width: number, paint: Paint): readonly string[] {
  const mark = { ok: paint('green', '✓'), warning: paint('yellow', '!'), blocker: paint('red', '✗') }[status];
  const line = `  ${mark} ${name.padEnd(width)}  ${message}`;
  return hint === undefined ? [line] : [line, `    ${paint('bold', 'Hint')} ${hint}`];
}
