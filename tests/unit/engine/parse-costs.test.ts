import { expect, test } from 'vitest';
import { parseFee, parseSlippage } from '../../../src/runtime/engine/parse-costs.ts';

test.each([
  ['none', { kind: 'none' }],
  ['10bps', { kind: 'rate', rate: 0.001 }],
  ['0.1%', { kind: 'rate', rate: 0.001 }],
  ['2.5 bps', { kind: 'rate', rate: 0.00025 }],
  ['0bps', { kind: 'rate', rate: 0 }],
  ['1.5', { kind: 'fixed', perFill: 1.5 }],
  ['0.005/share', { kind: 'per-share', perShare: 0.005, min: 0 }],
  ['0.005/share,min=1', { kind: 'per-share', perShare: 0.005, min: 1 }],
  ['.005/share, min=1', { kind: 'per-share', perShare: 0.005, min: 1 }],
  ['maker=2bps,taker=5bps', { kind: 'maker-taker', maker: 0.0002, taker: 0.0005 }],
  ['maker=0bps, taker=0.05%', { kind: 'maker-taker', maker: 0, taker: 0.0005 }],
])('fee %s', (text, expected) => {
  expect(parseFee(text)).toEqual(expected);
});

test.each([
  ['none', { kind: 'none' }],
  ['2bps', { kind: 'rate', rate: 0.0002 }],
  ['0.02%', { kind: 'rate', rate: 0.0002 }],
  ['0.01', { kind: 'fixed', perUnit: 0.01 }],
])('slippage %s', (text, expected) => {
  expect(parseSlippage(text)).toEqual(expected);
});

test.each(['', 'ten', '-1', '10 dollars', '0.005/share,max=1', 'maker=2bps', 'maker=2,taker=5', '100%', '1e3', 'NaN'])(
  'fee "%s" is refused',
  text => {
    expect(() => parseFee(text)).toThrow(expect.objectContaining({ code: 'GB_COST' }));
  },
);

test.each(['', '-2bps', '0.005/share', 'much', '200%'])('slippage "%s" is refused', text => {
  expect(() => parseSlippage(text)).toThrow(expect.objectContaining({ code: 'GB_COST' }));
});
