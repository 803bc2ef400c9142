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

test.each<[account: object, message: string]>([
  [{ cash: -5 }, 'cash` must be a number above 0, not -5.'],
  [{ cash: '50000' }, 'cash` must be a number above 0, not 50000.'],
  [{ leverage: 0.5 }, 'leverage` must be a number of at least 1, not 0.5.'],
  [{ lot: -1 }, 'lot` must be a number of at least 0, not -1.'],
  [{ allowShort: 'no' }, 'allowShort` must be true or false, not no.'],
  [{ fee: 1.5 }, "fee` must be a text such as '10bps', or a function, not 1.5."],
  [{ slippage: 1 }, "slippage` must be a text such as '2bps', not 1."],
  [{ maintenanceMargin: 5 }, 'maintenanceMargin` must be a number from 0 to 1, not 5.'],
  [{ interest: Number.NaN }, 'interest` must be a number from 0 to below 1, not NaN.'],
  [{ borrow: 3 }, 'borrow` must be a number from 0 to below 1, not 3.'],
  [{ maxParticipation: 2 }, 'maxParticipation` must be a number above 0, up to 1, not 2.'],
  [{ limitFill: 'cross' }, "limitFill` must be 'through' or 'touch', not cross."],
  [{ cahs: 1 }, '`account` has no cahs. Did you mean "cash"?'],
])("of a strategy's account is refused what a flag would be: %j", async (account, message) => {
  const error = await errorOf(() => accountOptions(account, {}));
  expect(error.code).toBe('GB_STRATEGY_SHAPE');
  expect(error.message).toContain(message);
});

test('every misfit is told, and what is undefined was not said', async () => {
  const error = await errorOf(() => accountOptions({ cash: 0, leverage: Number.NaN }, { cash: 5 }));
  expect(error.problems).toHaveLength(2);
  expect(accountOptions({ cash: undefined } as object, {})).toEqual(DEFAULT_RUN_OPTIONS);
});
