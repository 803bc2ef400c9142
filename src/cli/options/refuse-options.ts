import { GoboolError } from '../../runtime/base/error.ts';
import { flagName } from './problems.ts';

/** Throws `GB_USAGE` where one of them is given. `why`: what is wrong with it, `says how to run on this machine`. */
export function refuseOptions(options: Readonly<Record<string, unknown>>, why: string, hint?: string): void {
  const given = Object.keys(options).filter(name => options[name] !== undefined);
  const problems = given.map(name => `${flagName([name])}: ${why}.`);
  if (problems.length > 0)
    throw new GoboolError('GB_USAGE', 'The command cannot run with these options.', {
      problems,
      ...(hint !== undefined && { hint }),
    });
}
