/** The live view as text: a function of its scene. */
import { describe, expect, test } from 'vitest';
import { FIRST_UI, type KeyPress, press, type TailUi } from '../../../../../src/cli/view/tail/tail-ui.ts';
import { chunkEvent, claimed, ended, linesOf, progress, RUN_ID, rowsEvent, runEvent, tailOf } from './a-tail.ts';

const curve = Array.from({ length: 60 }, (_, i) => 100_000 + 200 * i + 3_000 * Math.sin(i / 6));
const RUNNING = [
  runEvent('running', { tasks: { total: 1, completed: 0, failed: 0, running: 1 } }),
  claimed(),
  progress(60, 200),
  chunkEvent(0, curve, [
    [3, 10, 100],
    [9, -10, 104],
    [20, 10, 104],
    [31, -10, 101],
  ]),
];
const SWEEPING = [
  runEvent('running', { kind: 'sweep', tasks: { total: 4, completed: 2, failed: 0, running: 1 } }),
  ...[0, 1, 2].map(n => claimed(n)),
  rowsEvent(0, 0, [1.25, 0.5]),
  ended(0),
  rowsEvent(1, 2, [1.5, null]),
  ended(1),
];

const hospitalCase = {
  caseId: `c-${'1'.repeat(24)}`,
  kind: 'task' as const,
  state: 'open' as const,
  code: 'GB_ARTIFACT_BROKEN',
  message: 'Stored bytes are not those of their hash.',
  fingerprint: '0123456789ab',
  service: 'command',
  attempts: 4,
  atMs: 0,
};

describe('a backtest', () => {
  test('shows equity, drawdown, its task, its last trades', () => {
    expect(`\n${linesOf(tailOf('run', RUNNING), { rows: 26 }).join('\n')}\n`).toMatchInlineSnapshot(`
      "
      ⠴ sma-cross.ts  backtest  running  2.5 s                                  r-000000000000000000000000
      ━━━━━╌╌╌╌╌╌╌╌╌╌╌  30 %  equity 110,608.15 +10.61%  ·  drawdown 1.8%, worst 2.6%  ·  2 trades

              │                                                                   ⣀⡠⠤⠒⠒⠊⠉⠉⠉⠉⠉⠉⠒⠒⠢⠤⢄⣀⡀
      110,000 ┤                                                               ⣀⠤⠒⠉                  ⠈⠉⠑⠒⠢
              │                                                           ⢀⡠⠒⠉
              │                                                        ⢀⠤⠊⠁
              │                                                     ⣀⠤⠊⠁
      105,000 ┤           ⣀⡠⠤⠔⠒⠒⠒⠒⠒⠒⠒⠤⠤⠤⣀⣀                      ⢀⡠⠔⠊
              │      ⢀⡠⠔⠊⠉                ⠉⠑⠒⠢⠤⢄⣀⣀        ⢀⣀⡠⠤⠒⠊⠁
              │   ⣀⠔⠊⠁                            ⠉⠉⠉⠉⠉⠉⠉⠉⠁
      100,000 ┤⡠⠔⠉
               2019-12-31                 2020-01-20                2020-02-09                 2020-02-28

        task  state      progress       done  worker          CPU  attempt       time   pieces
      › 0     running    ━━━━╌╌╌╌╌╌╌╌   30 %  w-000000000000    0        1      1.5 s        1

      last trades    side  change  quantity       entry                exit
      stock.SPY.usa  long  -2.88%        10  2020-01-21  104.00  2020-02-01  101.00
      stock.SPY.usa  long  +4.00%        10  2020-01-04  100.00  2020-01-10  104.00
      event 4 · lag 10 ms · reconnects 0 · dropped 0                                       ? keys  q leave
      "
    `);
  });

  test('a trade that came out even has no colour', () => {
    const day = ([3, 5, 7] as const).flatMap((at, i) => [[at, 10, 100] as const, [at + 1, -10, 99 + i] as const]);
    const state = tailOf('run', [runEvent('running'), claimed(), chunkEvent(0, curve, day)]);
    const lines = linesOf(state, { rows: 26, columns: 200, paint: (style, text) => `<${style}>${text}` });
    const changes = lines.flatMap(line => line.match(/(<\w+>)?[-+]?\d\.\d\d%(?= +10 )/)?.[0] ?? []);
    expect(changes).toEqual(['<green>+1.00%', '0.00%', '<red>-1.00%']);
  });

  test('fits eight rows', () => {
    expect(`\n${linesOf(tailOf('run', RUNNING), { rows: 8, columns: 80 }).join('\n')}\n`).toMatchInlineSnapshot(`
      "
      ⠴ sma-cross.ts  backtest  running  2.5 s              r-000000000000000000000000
       30 %  equity 110,608.15 +10.61%  ·  drawdown 1.8%, worst 2.6%  ·  2 trades
      › 0     running    ━━━━╌╌╌╌╌╌╌╌   30 %  w-000000000000    0        1      1.5 s
      last trades    side  change  quantity       entry                exit
      stock.SPY.usa  long  -2.88%        10  2020-01-21  104.00  2020-02-01  101.00
      stock.SPY.usa  long  +4.00%        10  2020-01-04  100.00  2020-01-10  104.00
      event 4 · lag 10 ms · reconnects 0 · dropped 0                   ? keys  q leave
      "
    `);
  });

  test('that waits says how many go before it', () => {
    const [title, numbers] = linesOf(tailOf('run', [runEvent('queued', { position: 3 })]));
    expect(title).toContain('sma-cross.ts  backtest  queued, 3 tasks before it  2.5 s');
    expect(numbers).toContain('no result yet');
  });

  test('in the hospital shows its case and the command that helps', () => {
    const state = tailOf('run', [runEvent('hospital')]);
    state.takeCases([hospitalCase]);
    const [title, trouble, help] = linesOf(state);
    expect(title).toContain('in the error hospital');
    expect(trouble).toBe('! GB_ARTIFACT_BROKEN Stored bytes are not those of their hash.');
    expect(help).toBe(`  gobool hospital show ${hospitalCase.caseId}`);
  });

  test('that failed shows why', () => {
    const error = { code: 'GB_STRATEGY_THREW', message: 'Error: no' };
    expect(linesOf(tailOf('run', [runEvent('failed', { error })]))[1]).toBe('! GB_STRATEGY_THREW Error: no');
  });
});

test('a sweep shows how far it is, the best sets and its slices', () => {
  expect(`\n${linesOf(tailOf('sweep', SWEEPING), { rows: 18 }).join('\n')}\n`).toMatchInlineSnapshot(`
    "
    ⠴ sma-cross.ts  sweep  running  2.5 s                                     r-000000000000000000000000
    ━━━━━━━━━━━━╌╌╌╌╌╌╌╌╌╌╌╌  50 %  4 of 8 sets  ·  2 of 4 tasks, 1 running

    rank      sharpe  set                                                                   hash
       1         1.5  fast=2                                                                222222222222
       2        1.25  fast=0                                                                000000000000
       3         0.5  fast=1                                                                111111111111
       4           -  fast=3                                                                333333333333

      task  state      progress       done  worker          CPU  attempt       time   pieces
    › 0     completed  ━━━━━━━━━━━━  100 %  w-000000000000    0        1      40 ms        1
      1     completed  ━━━━━━━━━━━━  100 %  w-000000000001    1        1      50 ms        1
      2     running    ············         w-000000000002    0        1      1.5 s        0
    event 8 · lag 10 ms · reconnects 0 · dropped 0                                       ? keys  q leave
    "
  `);
});

describe('a terminal', () => {
  const states = { run: tailOf('run', RUNNING), sweep: tailOf('sweep', SWEEPING), nothing: tailOf('run', []) };
  const screens = ['run', 'task', 'help'] as const;

  test.each([1, 2, 3, 5, 8, 12, 24, 60, 200])('of %i rows never scrolls', rows => {
    for (const state of Object.values(states))
      for (const screen of screens)
        expect(linesOf(state, { rows, ui: { ...FIRST_UI, screen } }).length).toBeLessThanOrEqual(Math.max(1, rows - 1));
  });

  test.each([20, 60, 80, 100, 300])('of %i columns has title and status line', columns => {
    for (const state of Object.values(states)) {
      const lines = linesOf(state, { columns, rows: 8 });
      expect(lines[0]).toContain('sma-cross.ts');
      expect(lines.at(-1)).toContain('event');
    }
  });
});

describe('the status line', () => {
  const status = (scene: Parameters<typeof linesOf>[1]) => linesOf(tailOf('run', RUNNING), scene).at(-1);

  test('tells of sequence, rate, lag, reconnects and what was dropped', () => {
    expect(status({ perSecond: 4_980 })).toBe(
      `${'event 4 (4,980/s) · lag 10 ms · reconnects 0 · dropped 0'.padEnd(85)}? keys  q leave`,
    );
  });

  test('without a keyboard says how to leave', () => {
    expect(status({ hasKeys: false })).toMatch(/Ctrl-C leaves$/);
  });

  test('says that the picture stands still, and how much has come since', () => {
    expect(status({ ui: { ...FIRST_UI, isPaused: true }, behind: 1_234 })).toMatch(/^paused \+1,234 {2}event/);
  });

  test('says that nothing is heard any more', () => {
    expect(status({ nowMs: Date.UTC(2026, 0, 1, 0, 1), columns: 120 })).toContain('silent for 59.0 s');
  });
});

describe('keys', () => {
  const pressed = (keys: readonly (string | KeyPress)[], rows = 3): TailUi =>
    keys
      .map(key => (typeof key === 'string' ? { text: key } : key))
      .reduce((ui, key) => press(ui, key, rows), FIRST_UI);
  const [enter, drop, up, down, backspace] = (['enter', 'escape', 'up', 'down', 'backspace'] as const).map(name => ({
    text: '',
    name,
  })) as [KeyPress, KeyPress, KeyPress, KeyPress, KeyPress];
  const sweep = tailOf('sweep', SWEEPING);
  const shown = (keys: readonly (string | KeyPress)[]) => linesOf(sweep, { ui: pressed(keys) }).join('\n');

  test('? shows what keys do, and again what was there', () => {
    expect(shown(['?'])).toContain('Enter      show that task');
    expect(shown(['?', '?'])).toContain('rank');
  });

  test('/ lists only tasks that match; Enter keeps the filter, Esc drops it', () => {
    expect(shown(['/', ...'cpu 1'])).toMatch(/filter tasks: cpu 1▏/);
    expect(shown(['/', ...'cpu 1'])).not.toMatch(/w-000000000000 /);
    expect(shown(['/', ...'cpu 1', enter])).toMatch(/filter "cpu 1" .*event/);
    expect(pressed(['/', ...'cpu 1', backspace, enter]).filter).toBe('cpu ');
    expect(pressed(['/', 'x', drop])).toEqual(FIRST_UI);
    expect(pressed(['/', 'x', enter, drop]).filter).toBe('');
    expect(shown(['/', ...'nothing', enter])).toContain('No task matches the filter.');
  });

  test('letters of a filter are no commands', () => {
    expect(pressed(['/', 'q', 'p'])).toMatchObject({ filter: 'qp', hasLeft: false, isPaused: false });
  });

  test('arrows choose a task, Enter shows it and goes back', () => {
    expect(pressed([down, down, down, down, up]).selected).toBe(1);
    expect(shown([down, enter])).toContain(`Task 1  ${RUN_ID}-1`);
    expect(shown([down, enter])).toContain('attempt 1  w-000000000001, process 4711, CPU 1');
    expect(shown([down, enter, drop])).toContain('rank');
    expect(pressed([enter], 0).screen).toBe('run');
  });

  test('p stands still and goes on, q leaves', () => {
    expect([pressed(['p']).isPaused, pressed(['p', 'p']).isPaused, pressed(['q']).hasLeft]).toEqual([
      true,
      false,
      true,
    ]);
  });
});
