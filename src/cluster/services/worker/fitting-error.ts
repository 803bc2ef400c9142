/** A coded error cut to what a message may carry: a hostile strategy chooses the length of its own. */
import type { Static } from 'typebox';
import type { ErrorData } from '../../../runtime/base/error.ts';
import type { ErrorFields } from '../../contracts/fields.ts';

const JSON_BYTES_MAX = 90_000;

const cut = (text: string, length: number) => (text.length <= length ? text : `${text.slice(0, length - 1)}…`);

export function fittingError({ code, message, hint, problems, where, stack }: ErrorData): Static<typeof ErrorFields> {
  const fields = {
    code,
    message: cut(message, 10_000),
    ...(hint !== undefined && { hint: cut(hint, 2_000) }),
    ...(problems !== undefined && { problems: problems.slice(0, 200).map(problem => cut(problem, 2_000)) }),
    ...(where !== undefined && { where }),
    ...(stack !== undefined && { stack: cut(stack, 20_000) }),
  };
  const fits = Buffer.byteLength(JSON.stringify(fields)) <= JSON_BYTES_MAX;
  return fits ? fields : { code, message: cut(message, 1_000) };
}
