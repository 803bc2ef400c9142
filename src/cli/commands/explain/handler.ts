/** `gobool explain`: the error catalogue, offline. */
import * as z from 'zod/mini';
import { didYouMean } from '../../../runtime/base/closest.ts';
import { GoboolError } from '../../../runtime/base/error.ts';
import { ERROR_CATALOGUE, type ErrorCode } from '../../../runtime/base/error-codes/index.ts';
import { defineHandler } from '../../define-handler.ts';
import type { Paint } from '../../output/colour.ts';
import type { Reply } from '../../output/reply.ts';
import { wrap } from '../../output/wrap.ts';

const CODES = Object.keys(ERROR_CATALOGUE) as readonly ErrorCode[];

const EXIT_MEANINGS = {
  1: 'gobool or the machine failed',
  2: 'usage or configuration',
  3: 'the strategy failed',
  4: 'authentication',
  5: 'the cluster cannot be reached',
  6: 'a gate failed',
  7: 'data missing or broken',
};

export const explain = defineHandler(z.object({ code: z.optional(z.string()) }), ({ code }, { out }) =>
  code === undefined ? listCodes(out.paint) : explainCode(code, out.paint, out.columns),
);

function listCodes(paint: Paint): Reply {
  const width = Math.max(...CODES.map(code => code.length));
  return {
    data: { codes: CODES.map(code => ({ code, ...ERROR_CATALOGUE[code] })) },
    text: () => CODES.map(code => `${paint('cyan', code.padEnd(width))}  ${ERROR_CATALOGUE[code].title}`).join('\n'),
  };
}

function explainCode(text: string, paint: Paint, columns: number): Reply {
  const code = CODES.find(known => known === text.toUpperCase());
  if (code === undefined) {
    throw new GoboolError('GB_USAGE', `There is no error code "${text}".${didYouMean(text, CODES)}`, {
      hint: 'List them with `gobool explain`.',
    });
  }
  const entry = ERROR_CATALOGUE[code];
  const paragraph = (title: string, body: string) => [paint('bold', title), ...wrap(body, columns - 2)].join('\n  ');
  const exit = `${entry.exitCode}: ${EXIT_MEANINGS[entry.exitCode]}`;
  return {
    data: { code, ...entry },
    text: () =>
      [
        `${paint('cyan', code)}  ${entry.title}`,
        paragraph('Why', entry.why),
        paragraph('What to do', entry.hint),
        paragraph('Exit code', entry.retryable ? `${exit}; trying again can help` : exit),
      ].join('\n\n'),
  };
}
