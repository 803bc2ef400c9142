import { describe, expect, test } from 'vitest';
import type { StrategyDescription } from '../../../src/runtime/bundle/abi.ts';
import { feedReferences } from '../../../src/runtime/host/feed-references.ts';

const description = (feeds: string[], data: Record<string, string> = {}): StrategyDescription => ({
  name: 'test',
  feeds,
  data,
  params: {},
  form: 'onBar',
  account: {},
});

describe('feedReferences', () => {
  test.each([
    [['main'], { main: 'a@1d' }, {}, ['a@1d']],
    [['main'], { main: 'a@1d' }, { '': 'b.csv' }, ['b.csv']],
    [['main'], {}, { main: 'b.csv' }, ['b.csv']],
    [['spy', 'ief'], { spy: 'a@1d', ief: 'b@1d' }, { ief: 'c@1d' }, ['a@1d', 'c@1d']],
    [['spy', 'ief'], {}, { ief: 'c@1d', spy: 'a@1d' }, ['a@1d', 'c@1d']],
  ])('feeds %j, own %j, given %j -> %j', (feeds, data, given, expected) => {
    expect(feedReferences(description(feeds, data), given)).toEqual(expected);
  });

  test.each([
    [['main'], {}, {}, ['No dataset is named for feed "main".'], '--data <dataset>'],
    [['spy', 'ief'], { spy: 'a@1d' }, {}, ['No dataset is named for feed "ief".'], '--data ief=<dataset>'],
    [['spy', 'ief'], {}, { '': 'a@1d' }, ['The strategy has several feeds: spy, ief.'], '--data spy=<dataset>'],
    [
      ['main'],
      { main: 'a@1d' },
      { mian: 'b.csv' },
      ['The strategy has no feed "mian". Did you mean "main"?'],
      '--data <dataset>',
    ],
    [
      ['spy', 'ief'],
      {},
      { sp: 'a@1d', gold: 'b@1d' },
      ['The strategy has no feed "sp". Did you mean "spy"?', 'The strategy has no feed "gold". Its feeds: spy, ief.'],
      '--data spy=<dataset>',
    ],
  ])('feeds %j, own %j, given %j are refused', (feeds, data, given, problems, hint) => {
    expect(() => feedReferences(description(feeds, data), given)).toThrow(
      expect.objectContaining({ code: 'GB_DATA_FEED', problems, hint: expect.stringContaining(hint) }),
    );
  });
});
