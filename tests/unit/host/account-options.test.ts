import { expect, test } from 'vitest';
import { DEFAULT_RUN_OPTIONS } from '../../../src/runtime/engine/run-options.ts';
import { accountOptions } from '../../../src/runtime/host/account-options.ts';

test('what nobody says has a default', () => {
  expect(accountOptions({}, {})).toEqual(DEFAULT_RUN_OPTIONS);
});

test('the strategy is stronger than the defaults, the caller than the strategy', () => {
  const account = { cash: 5000, leverage: 2, fee: '10bps', slippage: '0.01' };
  expect(accountOptions(account, { leverage: 3, slippage: { kind: 'none' }, cash: undefined })).toEqual({
    ...DEFAULT_RUN_OPTIONS,
    cash: 5000,
    leverage: 3,
    fee: { kind: 'rate', rate: 0.001 },
    slippage: { kind: 'none' },
  });
});

test("a strategy's fee function gives way to a fee of the caller", () => {
  expect(accountOptions({ fee: 'function' }, {}).fee).toEqual({ kind: 'strategy' });
  expect(accountOptions({ fee: 'function' }, { fee: { kind: 'none' } }).fee).toEqual({ kind: 'none' });
});
