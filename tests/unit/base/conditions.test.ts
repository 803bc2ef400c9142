import { describe, expect, test } from 'vitest';
import { closest } from '../../../src/runtime/base/closest.ts';
import { evaluateCondition, parseConditions } from '../../../src/runtime/base/conditions.ts';
import { GoboolError } from '../../../src/runtime/base/error.ts';
import { int } from '../../../src/runtime/sdk/params.ts';
import { whereFilter } from '../../../src/runtime/sweep/where.ts';

const NAMES = ['sharpe', 'trades', 'maxDrawdown', 'cagr'];
const VALUES: Record<string, number | null> = { sharpe: 1.5, trades: 30, maxDrawdown: 0.2, cagr: null };

function verdicts(text: string): string[] {
  return parseConditions(text, NAMES).map(condition => evaluateCondition(condition, name => VALUES[name] ?? null));
}

function problemsOf(text: string): readonly string[] {
  try {
    parseConditions(text, NAMES);
  } catch (error) {
    if (error instanceof GoboolError && error.code === 'GB_CONDITION') return error.problems;
    throw error;
  }
  throw new Error(`"${text}" was accepted`);
}

test('the hint shows a condition on what can be named', () => {
  expect(() => parseConditions('sharpe', NAMES)).toThrow(
    expect.objectContaining({ hint: expect.stringContaining("'sharpe>1 and maxDrawdown<0.2'") }),
  );
  expect(() => whereFilter('slw<5', { slow: int(9) })).toThrow(
    expect.objectContaining({ hint: expect.stringContaining("'fast<slow and slow<=100'") }),
  );
});

test.each(['größe', '$k', 'stop-loss', '2nd'])('a parameter may be called %s', name => {
  const holds = whereFilter(`${name}<5`, { [name]: int(9) });
  expect([holds({ [name]: 4 }), holds({ [name]: 5 })]).toEqual([true, false]);
});

describe('conditions', () => {
  test.each([
    ['sharpe>1', ['holds']],
    ['sharpe > 1.5', ['fails']],
    ['sharpe>=1.5', ['holds']],
    ['trades<30', ['fails']],
    ['trades <= 30', ['holds']],
    ['trades=30', ['holds']],
    ['trades!=30', ['fails']],
    ['1 < sharpe', ['holds']],
    ['-1e2<sharpe', ['holds']],
    ['sharpe > maxDrawdown', ['holds']],
    ['sharpe>1 and trades >= 31', ['holds', 'fails']],
    ['sharpe>1 AND trades >= 30 and maxDrawdown<.3', ['holds', 'holds', 'holds']],
    ['cagr > 0', ['undefined']],
    ['cagr != 0', ['undefined']],
  ])('%s -> %j', (text, expected) => {
    expect(verdicts(text)).toEqual(expected);
  });

  test.each([
    ['sharp>1', ['There is no "sharp". Did you mean "sharpe"?']],
    ['SHARPE>1', ['There is no "SHARPE". Did you mean "sharpe"?']],
    ['alpha>1', ['There is no "alpha". Names: sharpe, trades, maxDrawdown, cagr.']],
    ['sharpe', ['"sharpe" is not a comparison.']],
    ['sharpe>1 and', ['A comparison is missing.']],
    ['', ['A comparison is missing.']],
    ['sharpe => 1', ['"sharpe => 1" is not a comparison.']],
    ['sharpe > 10%', ['"10%" is neither a name nor a number.']],
    ['sharpe > 1 or trades > 2', ['"sharpe > 1 or trades > 2" is not a comparison.']],
    ['1 < 2', ['"1 < 2" compares two numbers.']],
    ['10% < 2', ['"10%" is neither a name nor a number.']],
    ['größe < 2', ['There is no "größe". Names: sharpe, trades, maxDrawdown, cagr.']],
    [
      'sharp>1 and tradess>2',
      ['There is no "sharp". Did you mean "sharpe"?', 'There is no "tradess". Did you mean "trades"?'],
    ],
  ])('%s is refused with every problem', (text, expected) => {
    expect(problemsOf(text)).toEqual(expected);
  });

  test('shows a condition in one form', () => {
    expect(parseConditions('sharpe>1', NAMES)[0]?.text).toBe('sharpe > 1');
  });
});

describe('closest', () => {
  test.each([
    ['fsat', 'fast'],
    ['slwo', 'slow'],
    ['FAST', 'fast'],
    ['window', undefined],
    ['', undefined],
  ])('%s -> %s', (word, expected) => {
    expect(closest(word, ['fast', 'slow', 'period'])).toBe(expected);
  });
});
