/**
 * A handler: the values of the command line, checked once by its schema, in; a reply out. It never touches `process`.
 */
import * as z from 'zod/mini';
import { GoboolError } from '../runtime/base/error.ts';
import type { CommandContext } from './context.ts';
import { flagName, problemsOf } from './options/problems.ts';
import type { Reply } from './output/reply.ts';

/** Arguments and options by camel-case name, as text, lists of text, or true. */
export type RawInput = Readonly<Record<string, unknown>>;

export type Handler = (raw: RawInput, context: CommandContext) => Promise<Reply>;

/** Binds a schema to its function. Throws `GB_USAGE` with every problem of the input. */
export function defineHandler<S extends z.core.$ZodType>(
  schema: S,
  handle: (input: z.output<S>, context: CommandContext, raw: RawInput) => Reply | Promise<Reply>,
): Handler {
  return async (raw, context) => handle(checkInput(schema, raw), context, raw);
}

function checkInput<S extends z.core.$ZodType>(schema: S, raw: RawInput): z.output<S> {
  const parsed = z.safeParse(schema, raw);
  if (parsed.success) return parsed.data;
  throw new GoboolError('GB_USAGE', 'The command cannot run with these options.', {
    problems: problemsOf(parsed.error.issues, path => flagName(path)),
  });
}
