import { expect, test } from 'vitest';
import { encodeMessage } from '../../../../src/cluster/contracts/define-message.ts';
import { taskFailed } from '../../../../src/cluster/contracts/messages/task-events.ts';
import { fittingError } from '../../../../src/cluster/services/worker/fitting-error.ts';
import type { ErrorData } from '../../../../src/runtime/base/error.ts';

const encoded = (error: ErrorData) => encodeMessage(taskFailed, { ...taskFailed.example, error: fittingError(error) });

test('an error of usual size stays what it is', () => {
  const error: ErrorData = {
    code: 'GB_STRATEGY_THREW',
    message: 'Error: no',
    hint: 'say yes',
    problems: ['one'],
    where: { line: 3, column: 7 },
    stack: 'Error: no\n    at onBar',
  };
  expect(fittingError(error)).toEqual(error);
});

test('whatever a strategy throws fits into the message', () => {
  const long = '…'.repeat(1_000_000);
  const code = 'GB_STRATEGY_THREW';
  encoded({ code, message: long });
  encoded({ code, message: long, hint: long, stack: long });
  encoded({ code, message: long, problems: Array(1_000).fill(long), where: { frame: long } });
  expect(fittingError({ code, message: long, where: { frame: long } })).toEqual({
    code,
    message: `${'…'.repeat(999)}…`,
  });
});
