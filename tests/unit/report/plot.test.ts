import { describe, expect, test } from 'vitest';
import { logTicks, timeAxis, valueTicks } from '../../../src/runtime/report/axis.ts';
import { BrailleCanvas } from '../../../src/runtime/report/braille.ts';
import { type Curve, columnsOf, valuesAt } from '../../../src/runtime/report/curve.ts';
import { plotEquity } from '../../../src/runtime/report/equity-plot.ts';
import { plotSeries } from '../../../src/runtime/report/plot.ts';
import { DAY, START } from '../metrics/records.ts';

const asItIs = (text: string): string => text;
const OPTIONS = { width: 40, rows: 4, main: asItIs, other: asItIs, axis: asItIs };

function curve(values: readonly number[]): Curve {
  return {
    times: Float64Array.from(values, (_, index) => START + DAY * (index + 1)),
    values: Float64Array.from(values),
  };
}

function shown(lines: readonly string[]): string {
  return `\n${lines.map(line => `${line.trimEnd()}|`).join('\n')}\n`;
}

describe('value ticks', () => {
  test.each([
    [0, 100, 5, ['0', '20', '40', '60', '80', '100']],
    [97_300, 142_000, 5, ['100,000', '110,000', '120,000', '130,000', '140,000']],
    [1.08, 1.22, 5, ['1.10', '1.15', '1.20']],
    [-3, 3, 3, ['-2', '0', '2']],
    [1.1e-9, 1.7e-9, 3, ['1.2e-9', '1.4e-9', '1.6e-9']],
    [1.2e-6, 1.34e-6, 3, ['0.00000120', '0.00000125', '0.00000130']],
    [0, 1, 4, ['0.00', '0.25', '0.50', '0.75', '1.00']],
  ] as const)('%d to %d', (low, high, count, labels) => {
    expect(valueTicks(low, high, count).map(({ label }) => label)).toEqual(labels);
  });
});

test.each([
  [0.5, 4, ['0.50', '0.70', '1.0', '1.5', '2.0', '3.0']],
  [90_000, 587_000, ['100,000', '150,000', '200,000', '300,000', '500,000']],
  [90, 1100, ['100', '200', '500', '1,000']],
  [3, 4000, ['10', '100', '1,000']],
])('logarithmic ticks, %d to %d', (low, high, labels) => {
  expect(logTicks(low, high).map(({ label }) => label)).toEqual(labels);
});

describe('time axis', () => {
  test('dates at both ends, more where there is room', () => {
    const times = Float64Array.from({ length: 100 }, (_, index) => START + DAY * (index + 1));
    expect(timeAxis(times, 40)).toBe('2020-01-01                    2020-04-09');
    expect(timeAxis(times, 66)).toBe('2020-01-01                  2020-02-20                  2020-04-09');
  });

  test('time of day for a few days', () => {
    expect(timeAxis(Float64Array.of(START, START + DAY / 3), 40)).toBe('2020-01-01              2020-01-01 08:00');
  });
});

test('a cell has two by four dots', () => {
  const canvas = new BrailleCanvas(2, 1);
  canvas.bar(0, 0, 3);
  canvas.bar(3, 3, 3);
  expect([canvas.at(0, 0), canvas.at(1, 0)]).toEqual(['⡇', '⢀']);
});

describe('columns', () => {
  test('many samples: the last value and the range of each column', () => {
    const { times, values, low, high } = columnsOf(curve([1, 9, 2, 3, 0, 5]), 2);
    expect([[...values], [...low], [...high]]).toEqual([
      [2, 5],
      [1, 0],
      [9, 5],
    ]);
    expect([...times]).toEqual([START + 3 * DAY, START + 6 * DAY]);
  });

  test('few samples: straight lines', () => {
    expect([...columnsOf(curve([0, 4]), 5).values]).toEqual([0, 1, 2, 3, 4]);
    expect([...columnsOf(curve([7]), 3).values]).toEqual([7, 7, 7]);
  });

  test('a second curve is read at the last time known', () => {
    const times = Float64Array.of(START, START + 1.5 * DAY, START + 2 * DAY, START + 9 * DAY);
    expect([...valuesAt(curve([10, 20, 30]), times)]).toEqual([10, 10, 20, 30]);
  });
});

describe('plots', () => {
  test('a rise', () => {
    expect(shown(plotSeries(curve([0, 10, 20, 30, 40, 50, 60, 70]), OPTIONS))).toMatchInlineSnapshot(`
      "
             │                        ⢀⣀⡠⠤⠔⠒⠊⠉|
          50 ┤                ⣀⣀⠤⠤⠒⠒⠊⠉⠁|
             │       ⢀⣀⡠⠤⠤⠒⠒⠉⠉|
           0 ┤⣀⡠⠤⠔⠒⠊⠉⠁|
              2020-01-01            2020-01-08|
      "
    `);
  });

  test('a flat line runs through the middle', () => {
    expect(shown(plotSeries(curve([100, 100]), OPTIONS))).toMatchInlineSnapshot(`
      "
         101 ┤|
             │|
         100 ┤⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉|
          99 ┤|
              2020-01-01            2020-01-02|
      "
    `);
  });

  test('growth by a factor is drawn on a logarithmic scale', () => {
    expect(shown(plotSeries(curve([100, 200, 400, 800, 1600]), OPTIONS))).toMatchInlineSnapshot(`
      "
       1,000 ┤                        ⣀⣀⠤⠤⠒⠒⠊⠉|
         500 ┤                ⣀⡠⠤⠔⠒⠒⠉⠉|
         200 ┤       ⢀⣀⡠⠤⠒⠒⠊⠉⠉|
         100 ┤⣀⠤⠤⠒⠒⠉⠉⠁|
         log  2020-01-01            2020-01-05|
      "
    `);
  });

  test('two curves, and the drawdown of the first below', () => {
    const equity = curve([100, 120, 110, 130, 90, 100, 140, 135]);
    const hold = curve([100, 101, 102, 103, 104, 105, 106, 107]);
    expect(shown(plotEquity(equity, hold, { ...OPTIONS, rows: 6 }, asItIs))).toMatchInlineSnapshot(`
      "
         140 ┤                          ⢠⠋⠒⠒⠤⠤|
             │            ⢀⠔⡄          ⢠⠃|
         120 ┤   ⢀⠔⠤⣀   ⢀⠔⠁ ⠘⡄        ⢠⠃|
             │ ⢀⠔⠁   ⠉⠒⠔⠁    ⠘⡄      ⢠⠃|
         100 ┤⠔⠁⠄⠄⠄⠄⠄⠄⠄⠂⠂⠂⠂⠂⠂⠂⠘⡄⠂⠂⠂⢀⡠⠃⠁⠁⠁⠁⠁⠁⠁⠁|
             │                 ⠘⡤⠔⠊⠁|
          0% ┤     ⠙⠛⠿⢿⡿⠟⠁  ⠻⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⠟ ⠈⠉⠛⠛⠛|
             │               ⠙⢿⣿⣿⣿⣿⣿⣿⡿⠃|
        -31% ┤                 ⠻⣿⠿⠟⠛⠋|
              2020-01-01            2020-01-08|
      "
    `);
  });

  test('a curve that never falls has no strip', () => {
    expect(plotEquity(curve([1, 2, 3]), curve([1, 1, 1]), OPTIONS, asItIs)).toHaveLength(OPTIONS.rows + 1);
  });

  test('a shallow fall has the digits that it needs, one by rounding no strip', () => {
    const strip = (low: number) => plotEquity(curve([100, low, 100]), curve([100, 100, 100]), OPTIONS, asItIs);
    expect(strip(99.97).at(-2)).toMatch(/^-0\.03% ┤/);
    expect(strip(99.999).at(-2)).toMatch(/^ +0\.00% ┤/);
    expect(strip(100 - 1.5e-14)).toHaveLength(OPTIONS.rows + 1);
  });

  test('no line is wider than asked, for any width', () => {
    const noisy = curve(Array.from({ length: 500 }, (_, index) => 1e6 + 1e5 * Math.sin(index)));
    for (let width = 40; width <= 120; width++) {
      for (const line of plotSeries(noisy, { ...OPTIONS, width })) expect(line.length).toBeLessThanOrEqual(width);
    }
  });

  test('each run of one colour is painted once', () => {
    const main = (text: string): string => `<${text}>`;
    const lines = plotSeries(curve([0, 1]), { ...OPTIONS, main, rows: 1 });
    expect(lines[0]).toMatch(/^ {5}0 ┤<[^<>]+>$/);
  });
});
