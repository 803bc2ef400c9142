import { expect, test } from 'vitest';
import type { CsvOptions } from '../../../../src/runtime/host/csv/csv-options.ts';
import { parseText, rowsOf } from './parse-text.ts';

interface Case {
  readonly name: string;
  readonly text: string;
  readonly options?: Partial<CsvOptions>;
  /** Time format, delimiter, h(eader) or none, roles by their first letters; `k` is the clock. */
  readonly detected: string;
  readonly first: readonly (string | number)[];
  readonly last: readonly (string | number)[];
}

const letterOf = (role: string): string => (role === 'clock' ? 'k' : role.charAt(0));

const cases: readonly Case[] = [
  {
    name: 'plain ISO with Z',
    text: 'time,open,high,low,close,volume\n2020-01-01T00:01:00Z,1,4,0.5,2,10\n2020-01-01T00:02:00Z,2,3,1,2.5,20\n',
    detected: 'ymd , h tohlcv',
    first: ['2020-01-01T00:01:00Z', 1, 4, 0.5, 2, 10],
    last: ['2020-01-01T00:02:00Z', 2, 3, 1, 2.5, 20],
  },
  {
    name: 'ISO with offsets, in quotes, with a byte order mark and carriage returns',
    text:
      '\uFEFF"Date","O","H","L","C","Vol"\r\n' +
      '"2020-01-01 01:00:00.250+01:00","1","4","0.5","2","10"\r\n' +
      '"2020-01-01T00:00:01-0500","2","3","1","2.5","20"\r\n',
    detected: 'ymd , h tohlcv',
    first: ['2020-01-01T00:00:00.250Z', 1, 4, 0.5, 2, 10],
    last: ['2020-01-01T05:00:01Z', 2, 3, 1, 2.5, 20],
  },
  {
    name: 'Yahoo: the adjusted close is not the close',
    text:
      'Date,Open,High,Low,Close,Adj Close,Volume\n' +
      '2020-01-02,10,12,9,11,5.5,1000\n' +
      '2020-01-03,11,12,10,10.5,5.25,900\n',
    detected: 'ymd , h tohlc-v',
    first: ['2020-01-02T00:00:00Z', 10, 12, 9, 11, 1000],
    last: ['2020-01-03T00:00:00Z', 11, 12, 10, 10.5, 900],
  },
  {
    name: 'Yahoo without its header: the adjusted close is not the volume',
    text:
      '2020-01-02,10,12,9,11,5.5,1000\n' +
      '2020-01-03,11,12,10,10.5,5.25,900\n' +
      '2020-01-06,10.5,12,10,11.8,5.9,1700\n',
    detected: 'ymd , - tohlc-v',
    first: ['2020-01-02T00:00:00Z', 10, 12, 9, 11, 1000],
    last: ['2020-01-06T00:00:00Z', 10.5, 12, 10, 11.8, 1700],
  },
  {
    name: 'Kraken, with the average price before the volume',
    text:
      '1609459200,28923.6,28961.6,28913.1,28961.6,28940.2,27.457032,412\n' +
      '1609459260,28961.6,29017.5,28961,29009.9,28990.1,58.477501,633\n' +
      '1609459320,29009.9,29009.9,28973.5,28989.3,28991,2.1,35\n',
    detected: 'epoch-s , - tohlc-v-',
    first: ['2021-01-01T00:00:00Z', 28923.6, 28961.6, 28913.1, 28961.6, 27.457032],
    last: ['2021-01-01T00:02:00Z', 29009.9, 29009.9, 28973.5, 28989.3, 2.1],
  },
  {
    name: 'a volume that grows slowly, without a header',
    text: '2020-01-02,10,12,9,11,100,3\n2020-01-03,11,12,10,11,101,4\n2020-01-06,11,12,10,11,102,5\n',
    detected: 'ymd , - tohlcv-',
    first: ['2020-01-02T00:00:00Z', 10, 12, 9, 11, 100],
    last: ['2020-01-06T00:00:00Z', 11, 12, 10, 11, 102],
  },
  {
    name: 'a volume that never changes, without a header',
    text: '2020-01-02,10,12,9,11,100,3\n2020-01-03,11,12,10,11.01,100,4\n2020-01-06,11,12,10,11,100,5\n',
    detected: 'ymd , - tohlcv-',
    first: ['2020-01-02T00:00:00Z', 10, 12, 9, 11, 100],
    last: ['2020-01-06T00:00:00Z', 11, 12, 10, 11, 100],
  },
  {
    name: 'a volume that is mostly one trade, without a header',
    text:
      '2020-01-02,1.1,1.1003,1.1,1.1002,1,3\n2020-01-03,1.1002,1.1003,1.1,1.1001,1,4\n' +
      '2020-01-06,1.1001,1.1003,1.1,1.1002,2,5\n2020-01-07,1.1002,1.1003,1.1,1.1,1,5\n' +
      '2020-01-08,1.1,1.1003,1.1,1.1,1,4\n2020-01-09,1.1,1.1003,1.1,1.1001,1,4\n',
    detected: 'ymd , - tohlcv-',
    first: ['2020-01-02T00:00:00Z', 1.1, 1.1003, 1.1, 1.1002, 1],
    last: ['2020-01-09T00:00:00Z', 1.1, 1.1003, 1.1, 1.1001, 1],
  },
  {
    name: 'whole prices after the date, which look like clocks, without a header',
    text: '2015-01-02,1850,1854,1846,1848,1267459\n2015-01-03,1848,1849,1838,1841,1495185\n',
    detected: 'ymd , - tohlcv',
    first: ['2015-01-02T00:00:00Z', 1850, 1854, 1846, 1848, 1267459],
    last: ['2015-01-03T00:00:00Z', 1848, 1849, 1838, 1841, 1495185],
  },
  {
    name: 'clocks of four digits before whole prices, without a header',
    text: '20150102,0930,1850,1854,1846,1848,12\n20150102,0931,1848,1849,1838,1841,14\n',
    detected: 'ymd , - dkohlcv',
    first: ['2015-01-02T09:30:00Z', 1850, 1854, 1846, 1848, 12],
    last: ['2015-01-02T09:31:00Z', 1848, 1849, 1838, 1841, 14],
  },
  {
    name: 'QuantQuote: clocks of whole numbers, without a zero before nine',
    text: '20150102,930,25,27,24,26,12\n20150102,1000,26,27,25,25.5,14\n20150102,1001,25.5,26,25,25.1,9\n',
    detected: 'ymd , - dkohlcv',
    first: ['2015-01-02T09:30:00Z', 25, 27, 24, 26, 12],
    last: ['2015-01-02T10:01:00Z', 25.5, 26, 25, 25.1, 9],
  },
  {
    name: 'the same, with seconds',
    text: 'date,time,open,high,low,close\n20150102,93000,25,27,24,26\n20150102,100000,26,27,25,25\n20150102,100100,25,26,25,25\n',
    detected: 'ymd , h dkohlc',
    first: ['2015-01-02T09:30:00Z', 25, 27, 24, 26, 0],
    last: ['2015-01-02T10:01:00Z', 25, 26, 25, 25, 0],
  },
  {
    name: 'Binance klines in milliseconds, twelve columns without a header',
    text:
      '1609459200000,28923.63,28961.66,28913.12,28961.66,27.457032,1609459259999,794382.04,1292,16.77,485390.82,0\n' +
      '1609459260000,28961.67,29017.5,28961.01,29009.91,58.477501,1609459319999,1695802.9,1651,33.73,978176.46,0\n',
    detected: 'epoch-ms , - tohlcv------',
    first: ['2021-01-01T00:00:00Z', 28923.63, 28961.66, 28913.12, 28961.66, 27.457032],
    last: ['2021-01-01T00:01:00Z', 28961.67, 29017.5, 28961.01, 29009.91, 58.477501],
  },
  {
    name: 'Binance klines in microseconds with their header',
    text:
      'open_time,open,high,low,close,volume,close_time,quote_volume,count\n' +
      '1735689600000000,93576,93610.93,93537.5,93610.93,8.21827,1735689659999999,768978.27,1200\n' +
      '1735689660000000,93610.93,93652,93606.2,93652,9.5,1735689719999999,889000,900\n',
    detected: 'epoch-us , h tohlcv---',
    first: ['2025-01-01T00:00:00Z', 93576, 93610.93, 93537.5, 93610.93, 8.21827],
    last: ['2025-01-01T00:01:00Z', 93610.93, 93652, 93606.2, 93652, 9.5],
  },
  {
    name: 'MetaTrader: date and clock in two columns, no header',
    text: '2015.01.02,00:00,1.21,1.22,1.205,1.215,100\n2015.01.02,00:01,1.215,1.216,1.21,1.212,80\n',
    detected: 'ymd , - dkohlcv',
    first: ['2015-01-02T00:00:00Z', 1.21, 1.22, 1.205, 1.215, 100],
    last: ['2015-01-02T00:01:00Z', 1.215, 1.216, 1.21, 1.212, 80],
  },
  {
    name: 'MetaTrader 5: tabs and names in angle brackets',
    text:
      '<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<SPREAD>\n' +
      '2015.01.02\t00:00:00\t1.21\t1.22\t1.205\t1.215\t100\t7\n' +
      '2015.01.02\t23:59:59\t1.2\t1.3\t1.1\t1.2\t5\t7\n',
    detected: 'ymd \t h dkohlcv-',
    first: ['2015-01-02T00:00:00Z', 1.21, 1.22, 1.205, 1.215, 100],
    last: ['2015-01-02T23:59:59Z', 1.2, 1.3, 1.1, 1.2, 5],
  },
  {
    name: 'MetaTrader 5: a volume of zeros beside the ticks, as of currencies',
    text:
      '<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>\n' +
      '2015.01.02\t00:00:00\t1.21\t1.22\t1.205\t1.215\t100\t0\t7\n' +
      '2015.01.02\t23:59:59\t1.2\t1.3\t1.1\t1.2\t5\t0\t7\n',
    detected: 'ymd \t h dkohlcv--',
    first: ['2015-01-02T00:00:00Z', 1.21, 1.22, 1.205, 1.215, 100],
    last: ['2015-01-02T23:59:59Z', 1.2, 1.3, 1.1, 1.2, 5],
  },
  {
    name: 'MetaTrader 5: a volume that an exchange counted, beside the ticks',
    text:
      '<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>\n' +
      '2015.01.02\t00:00:00\t1.21\t1.22\t1.205\t1.215\t100\t0\t7\n' +
      '2015.01.02\t23:59:59\t1.2\t1.3\t1.1\t1.2\t5\t900\t7\n',
    detected: 'ymd \t h dkohlc-v-',
    first: ['2015-01-02T00:00:00Z', 1.21, 1.22, 1.205, 1.215, 0],
    last: ['2015-01-02T23:59:59Z', 1.2, 1.3, 1.1, 1.2, 900],
  },
  {
    name: 'HistData: semicolons, compact date and clock',
    text: '20150102 093000;1.21;1.22;1.205;1.215;0\n20150102 093100;1.215;1.216;1.21;1.212;0\n',
    detected: 'ymd ; - tohlcv',
    first: ['2015-01-02T09:30:00Z', 1.21, 1.22, 1.205, 1.215, 0],
    last: ['2015-01-02T09:31:00Z', 1.215, 1.216, 1.21, 1.212, 0],
  },
  {
    name: 'compact date with a clock',
    text: '20141201 00:00,300,370,300,370,0.05655554\n20141202 23:30,377,378,377,378,15.0136\n',
    detected: 'ymd , - tohlcv',
    first: ['2014-12-01T00:00:00Z', 300, 370, 300, 370, 0.05655554],
    last: ['2014-12-02T23:30:00Z', 377, 378, 377, 378, 15.0136],
  },
  {
    name: 'compact dates alone, split by bars',
    text: 'ticker|dtyyyymmdd|open|high|low|close|vol\nA|20150102|1|3|0.5|2|7\nA|20150105|2|3|1|2|8\n',
    detected: 'ymd | h -tohlcv',
    first: ['2015-01-02T00:00:00Z', 1, 3, 0.5, 2, 7],
    last: ['2015-01-05T00:00:00Z', 2, 3, 1, 2, 8],
  },
  {
    name: 'compact date and clock in one number',
    text: 'time,open,high,low,close\n201501022330,1,3,0.5,2\n201501022331,2,3,1,2\n',
    detected: 'ymd , h tohlc',
    first: ['2015-01-02T23:30:00Z', 1, 3, 0.5, 2, 0],
    last: ['2015-01-02T23:31:00Z', 2, 3, 1, 2, 0],
  },
  {
    name: 'day first, decided by the last row',
    text:
      'Gmt time,Open,High,Low,Close,Volume\n' +
      '01.02.2020 00:00:00.000,1,3,0.5,2,7\n' +
      '02.02.2020 00:00:00.500,1,3,0.5,2,7\n' +
      '13.02.2020 00:00:00.000,2,3,1,2,8\n',
    detected: 'dmy , h tohlcv',
    first: ['2020-02-01T00:00:00Z', 1, 3, 0.5, 2, 7],
    last: ['2020-02-13T00:00:00Z', 2, 3, 1, 2, 8],
  },
  {
    name: 'month first',
    text: 'Date,Open,High,Low,Close\n1/2/2020 9:30,1,3,0.5,2\n1/31/2020 16:00,2,3,1,2\n',
    detected: 'mdy , h tohlc',
    first: ['2020-01-02T09:30:00Z', 1, 3, 0.5, 2, 0],
    last: ['2020-01-31T16:00:00Z', 2, 3, 1, 2, 0],
  },
  {
    name: 'ambiguous dates with the format given',
    text: 'Date,Open,High,Low,Close\n03/04/2020,1,3,0.5,2\n04/04/2020,2,3,1,2\n',
    options: { timeFormat: 'dmy' },
    detected: 'dmy , h tohlc',
    first: ['2020-04-03T00:00:00Z', 1, 3, 0.5, 2, 0],
    last: ['2020-04-04T00:00:00Z', 2, 3, 1, 2, 0],
  },
  {
    name: 'seconds, with the volume of the base currency first',
    text:
      'unix,date,symbol,open,high,low,close,Volume BTC,Volume USD\n' +
      '1577836800,2020-01-01,BTCUSD,1,3,0.5,2,7,70\n' +
      '1577836860.0,2020-01-01,BTCUSD,2,3,1,2,8,80\n',
    detected: 'epoch-s , h t--ohlcv-',
    first: ['2020-01-01T00:00:00Z', 1, 3, 0.5, 2, 7],
    last: ['2020-01-01T00:01:00Z', 2, 3, 1, 2, 8],
  },
  {
    name: 'nanoseconds',
    text: 'ts,o,h,l,c,v\n1577836800001000000,1,3,0.5,2,7\n1577836860003000000,2,3,1,2,8\n',
    detected: 'epoch-ns , h tohlcv',
    first: ['2020-01-01T00:00:00.001Z', 1, 3, 0.5, 2, 7],
    last: ['2020-01-01T00:01:00.003Z', 2, 3, 1, 2, 8],
  },
  {
    name: 'no header, prices as low, high, open, close',
    text: '1577836800,1,9,4,5,70\n1577836860,2,8,5,3,80\n1577836920,2,8,3,7,80\n',
    detected: 'epoch-s , - tlhocv',
    first: ['2020-01-01T00:00:00Z', 4, 9, 1, 5, 70],
    last: ['2020-01-01T00:02:00Z', 3, 8, 2, 7, 80],
  },
  {
    name: 'columns, delimiter and header given',
    text: 'a,b;c;d;e;f;g\n2020-01-01;5;1;9;4;70\n2020-01-02;3;2;8;5;80\n',
    options: { columns: ['time', 'close', 'low', 'high', 'open', '-'], delimiter: ';', header: true },
    detected: 'ymd ; h tclho-',
    first: ['2020-01-01T00:00:00Z', 4, 9, 1, 5, 0],
    last: ['2020-01-02T00:00:00Z', 5, 8, 2, 3, 0],
  },
  {
    name: 'a header that is shorter than the rows, with the columns given',
    text: 'time,open,high,low,close\n2020-01-01,1,3,0.5,2,\n2020-01-02,2,3,1,2,\n',
    options: { columns: ['time', 'open', 'high', 'low', 'close'] },
    detected: 'ymd , h tohlc',
    first: ['2020-01-01T00:00:00Z', 1, 3, 0.5, 2, 0],
    last: ['2020-01-02T00:00:00Z', 2, 3, 1, 2, 0],
  },
  {
    name: 'pandas: an index without a name',
    text:
      ',open,high,low,close,volume\n' +
      '2020-01-01 00:00:00+00:00,1,3,0.5,2,7.0\n' +
      '2020-01-02 00:00:00+00:00,2,3,1,2,8.0\n',
    detected: 'ymd , h tohlcv',
    first: ['2020-01-01T00:00:00Z', 1, 3, 0.5, 2, 7],
    last: ['2020-01-02T00:00:00Z', 2, 3, 1, 2, 8],
  },
  {
    name: 'spaces around fields, blank lines, no last line end',
    text: 'time , open , high , low , close\n\n 2020-01-01 , 1 , 3 , 0.5 , 2 \n  \n2020-01-02,2,3,1,2',
    detected: 'ymd , h tohlc',
    first: ['2020-01-01T00:00:00Z', 1, 3, 0.5, 2, 0],
    last: ['2020-01-02T00:00:00Z', 2, 3, 1, 2, 0],
  },
];

test.each(cases)('$name', async ({ text, options, detected, first, last }) => {
  const table = await parseText(text, options);
  const { timeFormat, delimiter, header, columns } = table.detected;
  expect(`${timeFormat} ${delimiter} ${header ? 'h' : '-'} ${columns.map(letterOf).join('')}`).toBe(detected);
  expect(table.badRows).toEqual([]);
  expect(rowsOf(table)[0]).toEqual(first);
  expect(rowsOf(table).at(-1)).toEqual(last);
});

test.each([
  ['09:30:00.1234', '09:30:00.123Z'],
  ['09:30:00.1235Z', '09:30:00.124Z'],
  ['09:29:59.999999999', '09:30:00Z'],
  ['09:29:59.9999999+01:00', '08:30:00Z'],
  ['09:30:00.12', '09:30:00.120Z'],
  ['23:59:59.999999', '23:59:59.999Z'],
])('%s is rounded to the millisecond of its day', async (clock, expected) => {
  const table = await parseText(`time,open,high,low,close\n2020-01-01T${clock},1,3,0.5,2\n`);
  expect(rowsOf(table)[0]?.[0]).toBe(`2020-01-01T${expected}`);
});

test('a file without volume says so', async () => {
  const { detected } = await parseText('time,open,high,low,close\n2020-01-01,1,3,0.5,2\n');
  expect(detected.hasVolume).toBe(false);
});

test('the stamp is passed through and does not move times', async () => {
  const text = 'time,open,high,low,close,volume\n2020-01-01,1,3,0.5,2,1\n';
  const table = await parseText(text, { stamp: 'close' });
  expect(table.detected).toMatchObject({ stamp: 'close', hasVolume: true, timeZone: 'UTC' });
  expect(rowsOf(table)[0]?.[0]).toBe('2020-01-01T00:00:00Z');
});
