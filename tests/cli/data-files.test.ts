import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { storeCloses } from '../helpers/catalog.ts';
import { document, gobool, temporaryFolder } from '../helpers/cli.ts';
import { writeLeanZip } from '../helpers/lean-zip.ts';

const SPY = 'stock.SPY.usa@1d';

const dayRow = (i: number) => {
  const time = new Date(Date.UTC(2021, 0, 4 + i)).toISOString();
  return { time, open: 10, high: 12, low: 9, close: 11, volume: 100 + i };
};

describe('data export', () => {
  test('writes a Parquet file under the name of the dataset and says how to read it back', async () => {
    const cwd = temporaryFolder();
    const { stdout, stderr, exitCode } = await gobool(['data', 'export', SPY], { cwd });
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    expect(stdout).toContain(`Exported ${SPY} to ${SPY}.parquet`);
    expect(stdout).toContain('5,849 of 1d, 1998-01-02T14:30Z to 2021-03-31T13:30Z');
    expect(stdout).toContain(`Read it back: gobool data import ${SPY}.parquet`);
    const { data } = document(await gobool(['data', 'import', `${SPY}.parquet`, '--json'], { cwd }));
    const { data: listed } = document(await gobool(['data', 'ls', '--json'], { cwd }));
    const hashes = listed.datasets
      .filter(({ name }: { name: string }) => name === SPY)
      .map(({ sha256 }: { sha256: string }) => sha256);
    expect(hashes).toEqual([data.dataset.sha256, data.dataset.sha256]);
  });

  test.each([
    ['spy', 'parquet'],
    ['my spy.txt', 'parquet'],
    ['spy.txt', 'csv'],
    ['spy.parquet', 'ndjson'],
  ])('also as %s in %s it can be read back as it says', async (file, format) => {
    const cwd = temporaryFolder();
    const range = ['--from', '2020-01-01', '--prices', 'adjusted'];
    const { stdout } = await gobool(['data', 'export', SPY, file, '--format', format, ...range], { cwd });
    const said = /Read it back: gobool (.+)$/.exec(stdout)?.[1]?.replace(' --factors <file>', '') ?? '';
    const args = Array.from(said.matchAll(/'([^']+)'|(\S+)/g), ([, quoted, plain]) => quoted ?? plain ?? '');
    expect(document(await gobool([...args, '--json'], { cwd }))).toMatchObject({ ok: true });
  });

  test('--json has the file and its range', async () => {
    const cwd = temporaryFolder();
    const range = ['--from', '2020-01-01', '--to', '2020-02-01', '--prices', 'adjusted'];
    const { data } = document(await gobool(['data', 'export', SPY, 'out/spy.csv', ...range, '--json'], { cwd }));
    expect(data).toEqual({
      ...{ name: SPY, file: 'out/spy.csv', format: 'csv', prices: 'adjusted', rows: 21 },
      ...{ from: Date.UTC(2020, 0, 2, 14, 30), to: Date.UTC(2020, 0, 31, 14, 30) },
      bytes: readFileSync(join(cwd, 'out/spy.csv')).length,
    });
  });

  test('a folder takes the file, the ending says the format, --interval makes longer bars', async () => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, 'out'));
    await gobool(['data', 'export', SPY, 'out', '--format', 'json', '--interval', '1w'], { cwd });
    await gobool(['data', 'export', SPY, 'spy.ndjson', '--from', '2021-03-30'], { cwd });
    expect(readdirSync(join(cwd, 'out'))).toEqual(['stock.SPY.usa@1w.json']);
    expect(JSON.parse(readFileSync(join(cwd, 'out/stock.SPY.usa@1w.json'), 'utf8')).length).toBeGreaterThan(1000);
    expect(
      readFileSync(join(cwd, 'spy.ndjson'), 'utf8')
        .trim()
        .split('\n')
        .map(line => JSON.parse(line).close),
    ).toEqual([394.73, 396.33]);
  });

  test('- prints csv or ndjson and nothing else', async () => {
    const cwd = temporaryFolder();
    const range = ['--from', '2021-03-30'];
    const { stdout, stderr } = await gobool(['data', 'export', SPY, '-', ...range], { cwd });
    expect(stderr).toBe('');
    expect(stdout).toBe(
      [
        'time,open,high,low,close,volume',
        '2021-03-30T13:30:00Z,394.35,395.78,393.0299,394.73,66174457',
        '2021-03-31T13:30:00Z,395.35,398,395.33,396.33,90673494',
      ].join('\n'),
    );
    const whole = await gobool(['data', 'export', 'crypto.BTCUSD.global@1m', '-', '--format', 'ndjson'], { cwd });
    expect(whole.stdout.split('\n')).toHaveLength(8207);
    expect(readdirSync(cwd)).toEqual([]);
  });

  test.each([
    ['a file that exists', ['spy.csv'], 'GB_EXPORT_EXISTS', 2],
    ['Parquet to stdout', ['-', '--format', 'parquet'], 'GB_USAGE', 2],
    ['data and a document on one stdout', ['-', '--json'], 'GB_USAGE', 2],
    ['an unknown format', ['spy.xlsx', '--format', 'xlsx'], 'GB_USAGE', 2],
    ['an interval that cannot be made', ['spy.parquet', '--interval', '1m'], 'GB_DATA_MISSING', 7],
    ['a file without a name', [''], 'Hint Name a file or a folder', 2],
    ['no bar in the range', ['spy.parquet', '--from', '2050-01-01'], 'GB_DATA_EMPTY', 7],
  ])('%s is refused', async (_, args, code, exit) => {
    const cwd = temporaryFolder({ 'spy.csv': 'mine' });
    const { stdout, stderr, exitCode } = await gobool(['data', 'export', SPY, ...args], { cwd });
    expect(`${stdout}${stderr}`).toContain(code);
    expect(exitCode).toBe(exit);
    expect(readdirSync(cwd)).toEqual(['spy.csv']);
    expect(readFileSync(join(cwd, 'spy.csv'), 'utf8')).toBe('mine');
  });

  test('a folder that is to be made takes the file', async () => {
    const cwd = temporaryFolder();
    const { stdout } = await gobool(['data', 'export', SPY, 'new/', '--format', 'csv'], { cwd });
    expect(stdout).toContain(`to new/${SPY}.csv`);
    expect(readdirSync(join(cwd, 'new'))).toEqual([`${SPY}.csv`]);
  });

  test('--force overwrites', async () => {
    const cwd = temporaryFolder({ 'spy.csv': 'mine' });
    expect((await gobool(['data', 'export', SPY, 'spy.csv', '--force'], { cwd })).exitCode).toBe(0);
    expect(readFileSync(join(cwd, 'spy.csv'), 'utf8')).toMatch(/^time,open/);
  });
});

describe('data import', () => {
  const IMPORT = ['--product', 'crypto.TESTUSD.global'];

  test('JSON lines, with a bad row and its place', async () => {
    const rows = [...[0, 1, 2].map(i => JSON.stringify(dayRow(i))), 'oops', JSON.stringify(dayRow(3))];
    const cwd = temporaryFolder({ 'prices.ndjson': rows.join('\n') });
    const { stdout } = await gobool(['data', 'import', 'prices.ndjson', ...IMPORT], { cwd });
    expect(stdout).toContain('4 of 1d, 2021-01-04T00:00Z to 2021-01-07T00:00Z');
    expect(stdout).toContain('prices.ndjson:4 the line is not a JSON object or array: oops');
    const strict = await gobool(['data', 'import', 'prices.ndjson', ...IMPORT, '--strict'], { cwd });
    expect(strict).toMatchObject({ exitCode: 7, stderr: expect.stringContaining('GB_DATA_BAD_ROWS') });
  });

  test('ticks say what became of them', async () => {
    const cwd = temporaryFolder();
    const rows = ['0,100,1', '500,101,1', '400,99,1', '600,500,1,1', '61000,100,2'];
    writeLeanZip(cwd, '20180404_trade.zip', '20180404_btcusd_tick_trade.csv', rows);
    const { stdout } = await gobool(['data', 'import', '20180404_trade.zip', ...IMPORT], { cwd });
    expect(stdout).toContain('2 of 1m, 2018-04-04T00:00Z to 2018-04-04T00:01Z');
    expect(stdout).toContain('4 trades, 1 suspicious tick left out, 1 tick out of order put in place');
    const { data } = document(await gobool(['data', 'import', '20180404_trade.zip', ...IMPORT, '--json'], { cwd }));
    expect(data.ticks).toEqual({ trades: 4, quotes: 0, suspicious: 1, outOfOrder: 1, quotesWithoutSpread: 0 });
  });

  test('options that the format has no use for are refused', async () => {
    const cwd = temporaryFolder({ 'prices.json': '[]', 'spy.zip': '' });
    const lean = await gobool(['data', 'import', 'spy.zip', ...IMPORT, '--stamp', 'close', '--time-zone', 'UTC'], {
      cwd,
    });
    expect(lean).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--stamp: files of the format lean') });
    expect(lean.stderr).toContain('--time-zone: ');
    const json = await gobool(['data', 'import', 'prices.json', ...IMPORT, '--delimiter', ';'], { cwd });
    expect(json).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('--delimiter: files of the format json'),
    });
  });

  test.each([
    ['text called Parquet', 'prices.parquet', 'time,open\n', [], 'GB_PARQUET_FORMAT'],
    ['JSON that is none', 'prices.json', '{"time":', [], 'GB_JSON_FORMAT'],
    ['Parquet called CSV', 'prices.csv', 'PAR1\u0000\u0000', [], '--format parquet'],
  ])('%s', async (_, name, content, args, expected) => {
    const cwd = temporaryFolder({ [name]: content });
    const { stderr, exitCode } = await gobool(['data', 'import', name, ...IMPORT, ...args], { cwd });
    expect(stderr).toContain(expected);
    expect(exitCode).toBe(7);
    expect(existsSync(join(cwd, '.gobool/data'))).toBe(false);
  });
});

test('data verify names jumps like splits and what to do', async () => {
  const cwd = temporaryFolder();
  const closes = [...Array(30).fill(200), ...Array(30).fill(100)];
  await storeCloses(join(cwd, '.gobool/data'), { closes });
  const verify = await gobool(['data', 'verify', 'crypto.ABCUSD.test@1d'], { cwd });
  expect(verify.exitCode).toBe(0);
  expect(verify.stdout).toMatch(/crypto\.ABCUSD\.test@1d +60 +ok +1 jump like a split/);
  expect(verify.stdout).toContain('200 to 100 at 2021-02-03 looks like a 2:1 split');
  expect(verify.stdout).toContain('--factors');
  const { warnings } = document(await gobool(['data', 'verify', 'crypto.ABCUSD.test@1d', '--json'], { cwd }));
  expect(warnings).toEqual([{ code: 'split-like-jump', message: expect.stringContaining('2:1 split') }]);
});
