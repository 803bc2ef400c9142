import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shellWord } from '../../../src/runtime/base/shell-word.ts';

test('a shell reads back any text as the one word that it was', () => {
  const texts = fc.sample(fc.string({ minLength: 1 }), 200).filter(text => !text.includes('\0'));
  const output = execFileSync('sh', ['-c', `printf '%s\\0' ${texts.map(shellWord).join(' ')}`], { encoding: 'utf8' });
  expect(output.split('\0').slice(0, -1)).toEqual(texts);
});

test('plain words stay as they are', () => {
  expect(['fast=5', 'stock.SPY.usa@1d', '0.005/share,min=1'].map(shellWord)).toEqual([
    'fast=5',
    'stock.SPY.usa@1d',
    '0.005/share,min=1',
  ]);
});
