import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { problemsOf } from '../../../../src/cli/options/problems.ts';

const schema = z.object({
  benchmark: z.string().check(z.minLength(1)),
  name: z.string().check(z.maxLength(3)),
  cash: z.number().check(z.positive()),
});

test('the length of a text is not told as if the text were a number', () => {
  const { error } = z.safeParse(schema, { benchmark: '', name: 'long', cash: 0 });
  expect(problemsOf(error?.issues ?? [], path => path.join('.'))).toEqual([
    'benchmark: must not be empty.',
    'name: must have at most 3 characters.',
    'cash: must be above 0.',
  ]);
});
