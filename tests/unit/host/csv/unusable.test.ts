import { expect, test } from 'vitest';
import type { CsvOptions } from '../../../../src/runtime/host/csv/csv-options.ts';
import { parseCsv } from '../../../../src/runtime/host/csv/parse-csv.ts';

interface Case {
  readonly name: string;
  readonly bytes: string | readonly number[];
  readonly options?: Partial<CsvOptions>;
  readonly code: string;
  readonly message: RegExp;
  readonly hint: RegExp;
}

const GOOD = 'time,open,high,low,close\n2020-01-01,1,3,0.5,2\n';

const cases: readonly Case[] = [
  { name: 'empty', bytes: '', code: 'GB_DATA_EMPTY', message: /prices\.csv is empty/, hint: /file/ },
  {
    name: 'header only',
    bytes: 'time,open,high,low,close\n',
    code: 'GB_DATA_EMPTY',
    message: /no rows/,
    hint: /header/,
  },
  { name: 'zip', bytes: [0x50, 0x4b, 3, 4, 20], code: 'GB_CSV_FORMAT', message: /is a zip archive/, hint: /CSV/ },
  { name: 'gzip', bytes: [0x1f, 0x8b, 8], code: 'GB_CSV_FORMAT', message: /is a gzip file/, hint: /CSV/ },
  { name: 'CR', bytes: 'time,open\r2020,1\r', code: 'GB_CSV_FORMAT', message: /with CR alone/, hint: /UTF-8/ },
  { name: 'UTF-16', bytes: [0xff, 0xfe, 0x74, 0], code: 'GB_CSV_FORMAT', message: /is UTF-16 text/, hint: /UTF-8/ },
  { name: 'binary', bytes: [1, 2, 0, 3], code: 'GB_CSV_FORMAT', message: /is binary/, hint: /CSV/ },
  {
    name: 'no time column',
    bytes: 'open,high,low,close\n1,3,0.5,2\n',
    code: 'GB_CSV_FORMAT',
    message: /no column for time among "open", "high", "low", "close"/,
    hint: /--columns/,
  },
  {
    name: 'very many columns, none of them known',
    bytes: `${Array.from({ length: 500 }, (_, i) => `c${i}`).join(',')}\n${'1,'.repeat(499)}1\n`,
    code: 'GB_CSV_FORMAT',
    message: /among "c0", .*"c19" and 480 more\.$/,
    hint: /--columns/,
  },
  {
    name: 'one price only',
    bytes: 'date,price\n2020-01-01,1\n',
    code: 'GB_CSV_FORMAT',
    message: /no column for open, high, low among "date", "price"/,
    hint: /--columns/,
  },
  {
    name: 'no header and no prices in order',
    bytes: '2020-01-01,1,2,3,4\n2020-01-02,4,3,2,1\n2020-01-03,2,4,1,3\n2020-01-04,3,1,4,2\n',
    code: 'GB_CSV_FORMAT',
    message: /what do the columns of "2020-01-01 1 2 3 4" mean/,
    hint: /--columns/,
  },
  {
    name: 'trades without a header: number, price, size, worth, time',
    bytes: '2964487498,42283.58,0.001,42.28,1704067200000\n2964487499,42283.5,0.1,4228.35,1704067200003\n',
    code: 'GB_CSV_FORMAT',
    message: /what do the columns of "2964487498 42283\.58 0\.001 42\.28 1704067200000" mean/,
    hint: /--columns/,
  },
  {
    name: 'prose',
    bytes: 'Dear reader,\nthis is no table.\n',
    code: 'GB_CSV_FORMAT',
    message: /prices\.csv: /,
    hint: /--columns/,
  },
  {
    name: 'times of an unknown kind',
    bytes: 'time,open,high,low,close\nJan 2 2020,1,3,0.5,2\n',
    code: 'GB_CSV_FORMAT',
    message: /how is the time "Jan 2 2020" to be read/,
    hint: /--time-format .*ymd.*epoch-ns.*AM and PM are not read/,
  },
  {
    name: 'a clock that is named but not understood, which was ignored',
    bytes: 'Date,Time,Open,High,Low,Close\n2020-01-01,9:30:00 AM,1,3,0.5,2\n2020-01-01,9:31:00 AM,1,3,0.5,2\n',
    options: { columns: ['date', 'clock', 'open', 'high', 'low', 'close'] },
    code: 'GB_CSV_FORMAT',
    message: /"2020-01-01 9:30:00 AM" is not a time like/,
    hint: /--columns/,
  },
  {
    name: 'a clock without a date',
    bytes: 'time,open,high,low,close\n09:30,1,3,0.5,2\n',
    code: 'GB_CSV_FORMAT',
    message: /"09:30"/,
    hint: /--time-format/,
  },
  {
    name: 'ambiguous dates',
    bytes: 'date,open,high,low,close\n03/04/2020,1,3,0.5,2\n04/04/2020,1,3,0.5,2\n',
    code: 'GB_CSV_AMBIGUOUS_DATE',
    message: /"03\/04\/2020"/,
    hint: /--time-format dmy .*--time-format mdy/,
  },
  {
    name: 'a header that is shorter than the rows',
    bytes: 'time,open,high,low,close\n2020-01-01,1,3,0.5,2,10\n2020-01-02,1,3,0.5,2,10\n',
    code: 'GB_CSV_FORMAT',
    message: /the header has 5 fields, but the rows have 6/,
    hint: /--columns/,
  },
  {
    name: 'a comment above the header, as CryptoDataDownload has it',
    bytes: 'https://x.com\ntime,open,high,low,close\n2020-01-01,1,3,0.5,2\n2020-01-02,1,3,0.5,2\n',
    code: 'GB_CSV_FORMAT',
    message: /the header has 1 field, but the rows have 5/,
    hint: /--columns/,
  },
  {
    name: 'a wrong time format given',
    bytes: GOOD,
    options: { timeFormat: 'epoch-ms' },
    code: 'GB_CSV_FORMAT',
    message: /line 2: "2020-01-01" is not a time like 1422696600000/,
    hint: /--time-format/,
  },
  {
    name: 'more columns given than there are',
    bytes: GOOD,
    options: { columns: ['time', 'open', 'high', 'low', 'close', 'volume'] },
    code: 'GB_CSV_FORMAT',
    message: /6 columns are named, but its rows have 5/,
    hint: /--columns/,
  },
  {
    name: 'no time among the columns given',
    bytes: GOOD,
    options: { columns: ['-', 'open', 'high', 'low', 'close'] },
    code: 'GB_CSV_FORMAT',
    message: /no column for time among "-", "open"/,
    hint: /--columns/,
  },
  {
    name: 'an unknown column',
    bytes: GOOD,
    options: { columns: ['time', 'opening bid'] },
    code: 'GB_CSV_OPTION',
    message: /"opening bid"/,
    hint: /volume/,
  },
  {
    name: 'a delimiter of two',
    bytes: GOOD,
    options: { delimiter: '::' },
    code: 'GB_CSV_OPTION',
    message: /"::"/,
    hint: /semicolon/,
  },
  {
    name: 'an unknown time zone',
    bytes: GOOD,
    options: { timeZone: 'Europe/Atlantis' },
    code: 'GB_CSV_OPTION',
    message: /Europe\/Atlantis/,
    hint: /America\/New_York/,
  },
];

test.each(cases)('$name', async ({ bytes, options, code, message, hint }) => {
  const content = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : Uint8Array.from(bytes);
  await expect(parseCsv(content, { fileName: 'prices.csv', ...options })).rejects.toMatchObject({
    code,
    message: expect.stringMatching(message),
    hint: expect.stringMatching(hint),
  });
});
