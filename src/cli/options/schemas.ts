/** Schemas of option values that several commands share. A value arrives as text and leaves compiled. */
import * as z from 'zod/mini';
import { GoboolError } from '../../runtime/base/error.ts';
import { parseDate } from './date.ts';
import { parseDuration } from './duration.ts';

/** Epoch milliseconds. */
export const dateOption = textOption(
  text => parseDate(text) ?? refuse('expected a date like 2004-01-01 or 2004-01-01T14:30Z'),
);

/** `yes`-like words are refused: a flag without a value is the way to say true. */
export const numberOption = textOption(numberFromText);

/** `--where`, which narrows down: all that are given must hold. */
export const whereOption = z.optional(
  z.pipe(
    z.array(z.string()),
    z.transform(texts => texts.join(' and ')),
  ),
);

/** Milliseconds of a span. */
export const durationOption = textOption(
  text => parseDuration(text) ?? refuse(`expected a span like 30d, 12h or 90min, not "${text}"`),
);

const PAGE_DEFAULT = 20;
/** A cluster's list has no more at once. */
export const PAGE_MAX = 500;

/** How many entries of a cluster's list are shown: as many as it gives at once, or less. */
export const pageOption = z._default(z.pipe(numberOption, z.int().check(z.gte(1), z.lte(PAGE_MAX))), PAGE_DEFAULT);

/** A path for a page. Another ending is refused: a strategy that is named by mistake must not be overwritten. */
export const htmlFileOption = textOption(text =>
  /\.html?$/i.test(text) ? text : refuse(`expected a file that ends in .html, not "${text}"`),
);

/** A text that `parse` compiles. What it throws becomes a problem of the option, with the remedy where it has one. */
export function textOption<T>(parse: (text: string) => T) {
  return z.pipe(
    z.string(),
    z.transform((text, context): T => {
      try {
        return parse(text);
      } catch (error) {
        if (!(error instanceof GoboolError)) throw error;
        const message = error.hint === undefined ? error.message : `${error.message} ${error.hint}`;
        context.issues.push({ code: 'custom', message, input: text });
        return z.NEVER;
      }
    }),
  );
}

function numberFromText(text: string): number {
  const value = Number(text);
  return text.trim() !== '' && Number.isFinite(value) ? value : refuse(`expected a number, not "${text}"`);
}

function refuse(message: string): never {
  throw new GoboolError('GB_USAGE', message);
}
