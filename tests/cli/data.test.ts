import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { document, gobool, temporaryFolder } from '../helpers/cli.ts';
import { pricesCsv } from '../helpers/cli-project.ts';

const NAME = 'crypto.TESTUSD.global@1d';
const IMPORT = ['data', 'import', 'prices.csv', '--product', 'crypto.TESTUSD.global'] as const;

async function importedProject(csv = pricesCsv(60)): Promise<string> {
  const cwd = temporaryFolder({ 'prices.csv': csv });
  expect(await gobool(IMPORT, { cwd })).toMatchObject({ exitCode: 0, stderr: '' });
  return cwd;
}

describe('data import', () => {
  test('says what it found', async () => {
    const cwd = temporaryFolder({ 'prices.csv': `${pricesCsv(60)}oops\n` });
    const { stdout, exitCode } = await gobool(IMPORT, { cwd });
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`Imported ${NAME}`);
    expect(stdout).toContain('60 of 1d, 2020-01-01T00:00Z to 2020-02-29T00:00Z');
    expect(stdout).toContain('time open high low close volume');
    expect(stdout).toContain('prices.csv:62');
  });

  test('--json has the dataset and the bad rows', async () => {
    const cwd = temporaryFolder({ 'prices.csv': `${pricesCsv(60)}oops\n` });
    const { data, warnings } = document(await gobool([...IMPORT, '--json'], { cwd }));
    expect(data).toMatchObject({ dataset: { name: NAME, rows: 60 }, badRowCount: 1, badRows: [{ line: 62 }] });
    expect(warnings).toEqual([{ code: 'bad-rows', message: '1 row skipped.' }]);
  });

  test('takes the form of the file from its options', async () => {
    const cwd = temporaryFolder({ 'prices.csv': '31/01/2020;5;6;4;5\n01/02/2020;5;7;5;6\n03/02/2020;6;7;5;7\n' });
    const columns = ['--columns', 'time,open,high,low,close', '--time-format', 'dmy', '--delimiter', ';'];
    const options = [...columns, '--interval', '1d', '--lot', '1'];
    const result = await gobool([...IMPORT, ...options, '--json'], { cwd });
    expect(document(result)).toMatchObject({ ok: true, data: { dataset: { rows: 3, product: { lot: 1 } } } });
  });

  test.each<[string, string, readonly string[], string, number]>([
    ['no file', '', ['data', 'import', 'nowhere.csv', '--product', 'stock.A.usa'], 'GB_DATA_MISSING', 7],
    ['no product', pricesCsv(5), ['data', 'import', 'prices.csv'], 'GB_USAGE', 2],
    ['no such product', pricesCsv(5), ['data', 'import', 'prices.csv', '--product', 'SPY'], 'GB_DATA_PRODUCT', 7],
    ['an empty file', '', IMPORT, 'GB_DATA_EMPTY', 7],
    ['a bad row with --strict', `${pricesCsv(5)}oops\n`, [...IMPORT, '--strict'], 'GB_DATA_BAD_ROWS', 7],
    ['wrong words', pricesCsv(5), [...IMPORT, '--stamp', 'middle', '--tick', 'small'], 'GB_USAGE', 2],
  ])('%s', async (_name, csv, args, code, exit) => {
    const cwd = temporaryFolder({ 'prices.csv': csv });
    const { stderr, exitCode } = await gobool(args, { cwd });
    expect(stderr).toContain(code);
    expect(stderr).toContain('Hint ');
    expect(exitCode).toBe(exit);
    expect(existsSync(join(cwd, '.gobool/data'))).toBe(false);
  });
});

describe('data ls, show and verify', () => {
  test('ls lists the project before the samples', async () => {
    const cwd = await importedProject();
    const { data } = document(await gobool(['data', 'ls', '--json'], { cwd }));
    expect(data.datasets[0]).toMatchObject({ name: NAME, where: 'project', rows: 60, hidden: false });
    expect(data.datasets).toContainEqual(expect.objectContaining({ name: 'stock.SPY.usa@1d', where: 'sample' }));
    const { stdout } = await gobool(['data', 'ls'], { cwd });
    expect(stdout).toMatch(/^name +bars +from +to +calendar +where$/m);
    expect(stdout.split('\n').every(line => line.length <= 80)).toBe(true);
  });

  test('ls tells samples that give way to finer bars of the project', async () => {
    const hours = Array.from({ length: 30 }, (_, hour) => new Date(Date.UTC(2020, 0, 1, hour)).toISOString());
    const csv = ['time,open,high,low,close,volume', ...hours.map(time => `${time},1,1,1,1,1`)].join('\n');
    const cwd = temporaryFolder({ 'prices.csv': csv });
    await gobool(['data', 'import', 'prices.csv', '--product', 'crypto.BTCUSD.global'], { cwd });
    const { data } = document(await gobool(['data', 'ls', '--json'], { cwd }));
    expect(data.datasets).toContainEqual(expect.objectContaining({ name: 'crypto.BTCUSD.global@1d', hidden: true }));
    expect(data.datasets).toContainEqual(expect.objectContaining({ name: 'crypto.BTCUSD.global@1m', hidden: false }));
  });

  test('show draws prices and names gaps', async () => {
    const rows = pricesCsv(60).split('\n');
    const cwd = await importedProject(rows.toSpliced(20, 3).join('\n'));
    const { stdout } = await gobool(['data', 'show', NAME], { cwd });
    expect(stdout).toMatch(/gaps +1 gap, 3 bars missing/);
    expect(stdout).toContain('2020-01-20T00:00Z to 2020-01-23T00:00Z  3 bars');
    expect(stdout).toMatch(/[⠁-⣿]{5}/);
    expect(stdout).toMatch(/^ +2020-01-01 .* 2020-02-29$/m);
    const { data } = document(await gobool(['data', 'show', NAME, '--json'], { cwd }));
    expect(data).toMatchObject({ name: NAME, rows: 57, missing: 3 });
  });

  test('show makes coarser bars known', async () => {
    const { stdout } = await gobool(['data', 'show', 'stock.SPY.usa@1w'], { cwd: temporaryFolder() });
    expect(stdout).toContain('made from stock.SPY.usa@1d');
  });

  test('verify finds nothing in what was imported', async () => {
    const cwd = await importedProject();
    const result = await gobool(['data', 'verify', NAME, '--json'], { cwd });
    expect(result.exitCode).toBe(0);
    expect(document(result).data.datasets).toEqual([expect.objectContaining({ name: NAME, ok: true, isIntact: true })]);
  });

  test('verify names bars on days without trading, and is content', async () => {
    const cwd = await importedProject();
    const product = ['--product', 'stock.TEST.usa', '--interval', '1d'];
    await gobool(['data', 'import', 'prices.csv', ...product], { cwd });
    const { stdout, exitCode } = await gobool(['data', 'verify', 'stock.TEST.usa@1d'], { cwd });
    expect(exitCode).toBe(0);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('bars on days without trading');
    expect(stdout).toContain('stock.TEST.usa@1d: us-equity has no session on the day of 2020-01-01T14:30Z.');
  });

  test('verify wraps its findings, and leaves names whole', async () => {
    const rows = pricesCsv(60).split('\n').toSpliced(20, 3);
    const cwd = temporaryFolder({ 'prices.csv': rows.join('\n') });
    const product = `stock.${'T'.repeat(24)}.usa`;
    await gobool(['data', 'import', 'prices.csv', '--product', product, '--interval', '1d'], { cwd });
    const { stdout } = await gobool(['data', 'verify', `${product}@1d`], { cwd });
    expect(stdout).toMatch(
      /^stock\.T{24}\.usa@1d +57 +ok +2 bars missing in 1 gap, 19 bars on days\n +without trading$/m,
    );
  });

  test('one changed byte is found, and exits with 7', async () => {
    const cwd = await importedProject();
    const folder = join(cwd, '.gobool/data');
    const file = join(folder, readdirSync(folder).find(name => name.endsWith('.arrow')) ?? '');
    const bytes = readFileSync(file);
    bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    const { stdout, exitCode } = await gobool(['data', 'verify'], { cwd });
    expect(exitCode).toBe(7);
    expect(stdout).toMatch(new RegExp(`${NAME} +BROKEN +.*damaged`));
    expect(stdout).toMatch(/stock\.SPY\.usa@1d +5,849 +ok/);
  });

  test('ls lists the others beside a dataset that is damaged; an import heals it', async () => {
    const cwd = await importedProject();
    await gobool(['data', 'import', 'prices.csv', '--product', 'crypto.OTHER.global'], { cwd });
    writeFileSync(join(cwd, '.gobool/data', `${NAME}.json`), '{');
    const { stdout, exitCode } = await gobool(['data', 'ls'], { cwd });
    expect(exitCode).toBe(7);
    expect(stdout).toMatch(/^crypto\.OTHER\.global@1d +60 +2020-01-01/m);
    expect(stdout).toMatch(/^crypto\.TESTUSD\.global@1d +damaged +project$/m);
    expect(stdout).toMatch(/^Error GB_DATA_CORRUPT .* is damaged\.\nHint Import it again/m);
    const { data, warnings } = document(await gobool(['data', 'ls', '--json'], { cwd }));
    expect(data.datasets).toContainEqual(expect.objectContaining({ name: 'crypto.OTHER.global@1d', error: null }));
    expect(data.datasets).toContainEqual(expect.objectContaining({ name: NAME, error: warnings[0].message }));
    expect(warnings).toMatchObject([{ code: 'GB_DATA_CORRUPT' }]);
    expect((await gobool(['data', 'verify'], { cwd })).stdout).toContain('Hint Import it again');
    await gobool(IMPORT, { cwd });
    expect((await gobool(['data', 'ls'], { cwd })).exitCode).toBe(0);
  });

  test('an unknown name is met with the nearest one', async () => {
    const { stderr, exitCode } = await gobool(['data', 'show', 'stock.SPX.usa@1d'], { cwd: temporaryFolder() });
    expect(stderr).toContain('Did you mean "stock.SPY.usa@1d"?');
    expect(exitCode).toBe(7);
  });
});
