import { shellWord } from '../../../runtime/base/shell-word.ts';
import { flagShape } from '../../config/settings.ts';
import type { RawInput } from '../../define-handler.ts';
import { flagName } from '../../options/problems.ts';

const NAMES = [...Object.keys(flagShape), 'from', 'to'];

/** The settings of a command line as the flags that they were, for a command that runs under the same ones. */
export function settingFlags(raw: RawInput): string {
  return NAMES.flatMap(name => flagTexts(flagName([name]), raw[name])).join(' ');
}

function flagTexts(flag: string, value: unknown): readonly string[] {
  if (value === undefined || value === false) return [];
  if (value === true) return [flag];
  return [value].flat().map(text => `${flag} ${shellWord(String(text))}`);
}
