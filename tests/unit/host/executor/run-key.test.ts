import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { ABI } from '../../../../src/runtime/bundle/abi.ts';
import { DEFAULT_RUN_OPTIONS } from '../../../../src/runtime/engine/run-options.ts';
import { canonicalJson, DATA_RULES, type RunKeyParts, runKey } from '../../../../src/runtime/host/run-key.ts';

const PARTS: RunKeyParts = {
  bundleHash: 'aa',
  params: { fast: 10, slow: 30 },
  feeds: [
    {
      name: 'main',
      datasetHash: 'bb',
      product: { id: 'stock.SPY.usa', currency: 'USD', multiplier: 1, lot: 0, tick: 0, calendar: 'us-equity' },
      from: null,
      to: null,
      prices: 'adjusted',
    },
  ],
  options: DEFAULT_RUN_OPTIONS,
};

test('the order in which things were written does not matter', () => {
  expect(runKey(PARTS)).toMatch(/^[0-9a-f]{64}$/);
  expect(runKey({ ...PARTS, params: { slow: 30, fast: 10 } })).toBe(runKey(PARTS));
  expect(canonicalJson({ b: [{ d: 1, c: undefined }], a: 'x' })).toBe('{"a":"x","b":[{"d":1}]}');
});

test('it is the hash of all parts as canonical JSON, whatever stands in them', () => {
  const v8 = process.versions.v8.split('.').slice(0, 2).join('.');
  for (const params of [PARTS.params, { mode: '$params' }, { mode: '"', up: true }, {}]) {
    const bundleHash = '"$params"';
    const text = canonicalJson({ ...PARTS, bundleHash, params, abi: ABI, dataRules: DATA_RULES, v8 });
    expect(runKey({ ...PARTS, bundleHash, params })).toBe(createHash('sha256').update(text).digest('hex'));
  }
});

test('everything that decides a run counts', () => {
  const [feed] = PARTS.feeds;
  if (feed === undefined) throw new Error('one feed');
  const keys = [
    PARTS,
    { ...PARTS, bundleHash: 'ab' },
    { ...PARTS, params: { fast: 11, slow: 30 } },
    { ...PARTS, options: { ...DEFAULT_RUN_OPTIONS, seed: 2 } },
    { ...PARTS, options: { ...DEFAULT_RUN_OPTIONS, fee: { kind: 'rate', rate: 0.001 } as const } },
    ...[{ datasetHash: 'cc' }, { from: 0 }, { to: 1 }, { prices: 'raw' as const }, { name: 'other' }].map(change => ({
      ...PARTS,
      feeds: [{ ...feed, ...change }],
    })),
    { ...PARTS, feeds: [{ ...feed, product: { ...feed.product, calendar: '24/7' as const } }] },
  ].map(runKey);
  expect(new Set(keys).size).toBe(keys.length);
});
