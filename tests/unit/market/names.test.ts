import { expect, test } from 'vitest';
import { datasetName, parseDatasetName, parseProductId } from '../../../src/runtime/market/dataset-name.ts';
import {
  divides,
  INTERVAL_MS,
  INTERVALS,
  intervalOfMs,
  isInterval,
  isIntraday,
} from '../../../src/runtime/market/interval.ts';
import { productOf } from '../../../src/runtime/market/product-defaults.ts';

test('intervals have words and lengths', () => {
  expect(INTERVALS).toEqual(['1s', '5s', '1m', '5m', '15m', '1h', '4h', '1d', '1w']);
  expect(INTERVAL_MS['15m']).toBe(900_000);
  expect(intervalOfMs(14_400_000)).toBe('4h');
  expect(intervalOfMs(7)).toBeUndefined();
  expect(isInterval('1h')).toBe(true);
  expect(['60m', '', 'toString'].some(isInterval)).toBe(false);
  expect([isIntraday('4h'), isIntraday('1d')]).toEqual([true, false]);
  expect([divides('1m', '1h'), divides('1h', '1h'), divides('1d', '1h'), divides('1d', '1w')]).toEqual([
    true,
    false,
    false,
    true,
  ]);
});

test('dataset names split into product and interval', () => {
  expect(parseDatasetName('stock.BRK.B.usa@1d')).toEqual({ productId: 'stock.BRK.B.usa', interval: '1d' });
  expect(datasetName('stock.SPY.usa', '1d')).toBe('stock.SPY.usa@1d');
  for (const wrong of ['stock.SPY.usa', 'stock.SPY.usa@2d', 'SPY@1d', '../x.y.z@1d', '@1d']) {
    expect(parseDatasetName(wrong)).toBeUndefined();
  }
});

test('product ids keep dots in their symbol and refuse what no file may be called', () => {
  expect(parseProductId('stock.BRK.B.usa')).toEqual({ market: 'stock', symbol: 'BRK.B', locale: 'usa' });
  for (const wrong of ['stock.SPY', 'Stock.SPY.usa', 'stock./etc.usa', 'stock..usa'])
    expect(parseProductId(wrong)).toBeUndefined();
});

test.each([
  ['stock.SPY.usa', 'USD', 'us-equity'],
  ['stock.VOD.uk', 'USD', 'weekdays'],
  ['crypto.BTCUSD.global', 'USD', '24/7'],
  ['crypto.BTCUSDT.global', 'USDT', '24/7'],
  ['crypto.ETHBTC.global', 'BTC', '24/7'],
  ['forex.EURJPY.global', 'JPY', 'forex'],
  ['future.ES.usa', 'USD', 'weekdays'],
])('%s is quoted in %s and trades %s', (id, currency, calendar) => {
  expect(productOf(id)).toEqual({ id, currency, calendar, multiplier: 1, lot: 0, tick: 0 });
});

test('what the user says of a product wins over its market', () => {
  expect(productOf('future.ES.usa', { multiplier: 50, tick: 0.25 })).toMatchObject({
    multiplier: 50,
    tick: 0.25,
    currency: 'USD',
  });
});
