import { describe, expect, test } from 'vitest';
import { GoboolError } from '../../../src/runtime/base/error.ts';
import { checkParams } from '../../../src/runtime/sdk/check-params.ts';
import { bool, choice, float, int, type ParamValue } from '../../../src/runtime/sdk/params.ts';

const DECLARED = {
  fast: int(10, { min: 2, max: 100 }),
  slow: int(30),
  threshold: float(0.5, { max: 1 }),
  short: bool(false),
  exit: choice('stop', ['stop', 'time']),
};
const DEFAULTS = { fast: 10, slow: 30, threshold: 0.5, short: false, exit: 'stop' };

function refusal(given: Record<string, ParamValue>): { code: string; lines: readonly string[] } {
  try {
    checkParams(DECLARED, given);
  } catch (error) {
    if (error instanceof GoboolError) return { code: error.code, lines: [error.message, ...error.problems] };
    throw error;
  }
  throw new Error('accepted');
}

describe('checkParams', () => {
  test.each<[Record<string, ParamValue>, Record<string, ParamValue>]>([
    [{}, {}],
    [{ fast: '5' }, { fast: 5 }],
    [
      { fast: 5, slow: '1e3' },
      { fast: 5, slow: 1000 },
    ],
    [{ threshold: '-0.25' }, { threshold: -0.25 }],
    [{ short: 'true' }, { short: true }],
    [
      { short: false, exit: 'time' },
      { short: false, exit: 'time' },
    ],
  ])('%j is accepted', (given, expected) => {
    expect(checkParams(DECLARED, given)).toEqual({ ...DEFAULTS, ...expected });
  });

  test.each<[Record<string, ParamValue>, string]>([
    [{ fast: '1' }, 'fast must be a whole number from 2 to 100, not 1.'],
    [{ fast: '101' }, 'fast must be a whole number from 2 to 100, not 101.'],
    [{ fast: '5.5' }, 'fast must be a whole number from 2 to 100, not 5.5.'],
    [{ fast: '' }, 'fast must be a whole number from 2 to 100, not an empty text.'],
    [{ slow: 'many' }, 'slow must be a whole number of at least 1, not many.'],
    [{ threshold: '2' }, 'threshold must be a number of at most 1, not 2.'],
    [{ threshold: 'NaN' }, 'threshold must be a number of at most 1, not NaN.'],
    [{ short: 'yes' }, 'short must be true or false, not yes.'],
    [{ exit: 'never' }, 'exit must be one of stop, time, not never.'],
  ])('%j is out of range', (given, message) => {
    expect(refusal(given)).toEqual({ code: 'GB_PARAM_RANGE', lines: [message] });
  });

  test('an unknown name is met with the nearest one', () => {
    expect(refusal({ fsat: '5' })).toEqual({
      code: 'GB_PARAM_UNKNOWN',
      lines: ['There is no parameter "fsat". Did you mean "fast"?'],
    });
  });

  test('a name that every object inherits is unknown', () => {
    expect(refusal({ toString: '5' }).code).toBe('GB_PARAM_UNKNOWN');
  });

  test('all problems are reported at once', () => {
    expect(refusal({ fast: '1', period: '3', short: '2' })).toEqual({
      code: 'GB_PARAM_UNKNOWN',
      lines: [
        '3 parameters cannot be used.',
        'There is no parameter "period". Parameters: fast, slow, threshold, short, exit.',
        'fast must be a whole number from 2 to 100, not 1.',
        'short must be true or false, not 2.',
      ],
    });
  });
});
