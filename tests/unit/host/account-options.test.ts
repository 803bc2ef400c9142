import { expect, test } from 'vitest';
import { DEFAULT_RUN_OPTIONS } from '../../../src/runtime/engine/run-options.ts';
import { accountOptions } from '../../../src/runtime/host/account-options.ts';
import { errorOf } from '../../helpers/errors.ts';

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

test('what nobody says is absent, so that a run key does not change with what could be said', () => {
  expect(Object.keys(accountOptions({}, { borrow: undefined }))).toEqual(Object.keys(DEFAULT_RUN_OPTIONS));
});

test('a maintenance margin above the initial margin is refused', async () => {
  expect(accountOptions({ leverage: 4 }, { maintenanceMargin: 0.25 })).toMatchObject({ maintenanceMargin: 0.25 });
  const error = await errorOf(() => accountOptions({ maintenanceMargin: 0.26 }, { leverage: 4 }));
  expect(error).toMatchObject({
    code: 'GB_ACCOUNT_MARGIN',
    message: 'A maintenance margin of 0.26 is above 0.25, the initial margin at a leverage of 4.',
  });
});
