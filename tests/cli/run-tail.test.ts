/** `gobool run tail` in a real terminal and elsewhere, on a scripted run. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { document, gobool, PROGRAM, startGobool, temporaryFolder } from '../helpers/cli.ts';
import { RUN_ID, type ScriptedRun, scriptedRun } from '../helpers/scripted-run.ts';
import { openTerminal, type Terminal } from '../helpers/terminal.ts';

const TAIL = ['run', 'tail', RUN_ID];

interface Watched extends Terminal {
  /** Process of the program. */
  readonly pid: () => number;
}

/** A tail in a terminal. */
function watch({ env }: ScriptedRun, shell: Readonly<Record<string, string>> = {}): Watched {
  const folder = temporaryFolder();
  const terminal = openTerminal(folder, 100, 30);
  const variables = Object.entries({ ...env, ...shell }).map(([name, value]) => `${name}=${value}`);
  const program = [process.execPath, PROGRAM, ...TAIL].join(' ');
  terminal.run(`clear; (echo $BASHPID > pid; exec env ${variables.join(' ')} ${program}); echo "exit=$?"`);
  return { ...terminal, pid: () => Number(readFileSync(join(folder, 'pid'), 'utf8')) };
}

async function runningRun(): Promise<ScriptedRun> {
  const run = await scriptedRun();
  run.say('running');
  run.claim(0);
  run.progress(0, 50, 200);
  run.chunk(0, 104_000);
  return run;
}

const linesOn = (screen: string) => screen.trimEnd().split('\n').length;

describe('on a terminal', () => {
  test('shows the run as it goes on, through resizes and a gateway that dies, and then its result', async () => {
    const run = await scriptedRun();
    run.say('queued', { position: 3 });
    const terminal = watch(run);
    await terminal.waitFor(/backtest {2}queued, 3 tasks before it/);
    run.place(1);
    await terminal.waitFor(/backtest {2}queued, 1 task before it/);
    run.say('running');
    run.claim(0, { attempt: 2 });
    run.chunk(0, 104_000);
    await terminal.waitFor(/equity 104,000.00 \+/);
    await terminal.waitFor(/0 +running .* w-0123456789ab +1 +2 /);
    terminal.resize(80, 8);
    await expect.poll(() => linesOn(terminal.screen()), { timeout: 20_000 }).toBeLessThanOrEqual(7);
    // In one look: while it is drawn again, a screen may have half of it.
    await terminal.waitFor(/^\S sma-cross.ts {2}backtest {2}running[\s\S]*event \d+ .*q leave/);
    terminal.resize(100, 30);
    await terminal.waitFor(/┤/);
    run.hangUp();
    await terminal.waitFor(/reconnects 2/);
    run.chunk(0, 99_000);
    await terminal.waitFor(/equity 99,000.00/);
    run.end(0);
    run.say('completed');
    const screen = await terminal.waitFor(/exit=0/);
    expect(screen).toMatch(/finalEquity +99,000.00/);
    expect(screen).toContain('keeps nothing of it');
    expect(screen).not.toContain('q leave');
    expect(terminal.showsCursor()).toBe(true);
  });

  test('p makes it stand still while events come in; Ctrl-C leaves and gives the terminal back', async () => {
    const run = await runningRun();
    const terminal = watch(run);
    await terminal.waitFor(/equity 104,000.00/);
    terminal.press('p');
    await terminal.waitFor(/paused \+0/);
    run.chunk(0, 90_000);
    expect(await terminal.waitFor(/paused \+1/)).toContain('equity 104,000.00');
    terminal.press('p');
    await terminal.waitFor(/equity 90,000.00/);
    terminal.press('C-c');
    const screen = await terminal.waitFor(/exit=130/);
    expect(screen).toContain(`The cluster goes on with ${RUN_ID}.`);
    expect(screen).toContain('It was running');
    expect(terminal.showsCursor()).toBe(true);
    expect(run.server.asked.filter(({ method }) => method === 'DELETE')).toEqual([]);
  });

  test('killed, it costs nothing: the next one shows all again', async () => {
    const run = await runningRun();
    const terminal = watch(run);
    await terminal.waitFor(/equity 104,000.00/);
    process.kill(terminal.pid(), 'SIGKILL');
    await terminal.waitFor(/exit=137/);
    const again = watch(run);
    await again.waitFor(/equity 104,000.00/);
    again.press('q');
    await again.waitFor(/exit=0/);
  });

  test('a run in the hospital is shown with its case, and goes on', async () => {
    const run = await runningRun();
    run.open({});
    const terminal = watch(run);
    run.say('hospital');
    await terminal.waitFor(/in the error hospital/);
    await terminal.waitFor(/gobool hospital show c-b{24}/);
    run.say('running');
    await terminal.waitFor(/backtest {2}running/);
  });

  test.each([
    ['has colours', {}, true],
    ['has none with NO_COLOR', { NO_COLOR: '1' }, false],
  ])('%s', async (_, shell, hasColour) => {
    const terminal = watch(await runningRun(), shell);
    await terminal.waitFor(/equity 104,000.00.*[\s\S]*q leave/);
    expect(terminal.hasColour()).toBe(hasColour);
  });

  test('with CI set there are lines, and no live view', async () => {
    const run = await runningRun();
    const terminal = watch(run, { CI: '1' });
    await terminal.waitFor(/sma-cross.ts: running/);
    run.end(0);
    run.say('completed');
    expect(await terminal.waitFor(/exit=0/)).not.toContain('event ');
  });
});

/** Of a process so far, milliseconds of a processor. */
function processorMs(pid: number): number {
  const [, fields = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const [user = 0, system = 0] = fields.split(' ').slice(11, 13).map(Number);
  return 10 * (user + system);
}

test('five thousand events a second take less than half of a processor, on a machine of any haste', async () => {
  const EVENTS = 20_000;
  const run = await runningRun();
  const terminal = watch(run);
  await terminal.waitFor(/equity 104,000.00/);
  const before = processorMs(terminal.pid());
  for (let sent = 0; sent < EVENTS; sent += 100) {
    for (let i = 0; i < 50; i++) {
      run.progress(0, sent, EVENTS);
      run.chunk(0, 100_000 + i);
    }
    await sleep(20);
  }
  await terminal.waitFor(/event 20,00\d/);
  const perEventMs = (processorMs(terminal.pid()) - before) / EVENTS;
  expect(perEventMs * 5_000).toBeLessThan(500);
});

describe('elsewhere', () => {
  test('every change is a line, without colours or cursor', async () => {
    const run = await runningRun();
    const tailing = startGobool(TAIL, { env: run.env });
    let heard = '';
    tailing.stderr.on('data', text => {
      heard += text;
    });
    await expect.poll(() => heard, { timeout: 30_000 }).toContain('sma-cross.ts: running');
    run.end(0);
    run.say('completed');
    const { exitCode, stderr, stdout } = await tailing;
    expect([exitCode, stderr + stdout]).toEqual([0, expect.not.stringContaining('\u001b')]);
    expect(stdout).toMatch(/hash +[0-9a-f]{64}/);
  });

  test('--ndjson tells every event, then the result', async () => {
    const run = await runningRun();
    run.end(0);
    run.say('completed');
    const { stdout } = await gobool([...TAIL, '--ndjson'], { env: run.env });
    const lines = stdout.split('\n').map(line => JSON.parse(line));
    expect(lines.map(({ seq }) => seq)).toEqual([...lines.keys()]);
    expect(lines.every(({ v, runId, ts }) => v === 1 && runId === RUN_ID && ts > 0)).toBe(true);
    const types = lines.filter(({ data }) => data.taskId !== undefined).map(({ type }) => type);
    expect(types).toEqual(['claimed', 'progress', 'chunk', 'piece', 'end']);
    expect(lines.at(-1)).toMatchObject({ type: 'run-tail', data: { ok: true, data: { state: 'completed' } } });
  });

  test('--json is one document; a run that failed ends with its error', async () => {
    const run = await runningRun();
    const error = { code: 'GB_STRATEGY_THREW', message: 'Error: no' };
    run.end(0, { state: 'failed', error });
    run.say('failed', { error });
    const { stdout, exitCode } = await gobool([...TAIL, '--json'], { env: run.env });
    expect([document({ stdout }).error.code, exitCode]).toEqual(['GB_STRATEGY_THREW', 3]);
  });
});

test('--detach needs --cluster, and goes with nothing that needs the result', async () => {
  const problems = async (...args: readonly string[]) =>
    document(await gobool(['backtest', 'strategy.ts', '--detach', '--json', ...args])).error.problems;
  expect(await problems()).toEqual(['--detach: leaves a run on a cluster, so it needs --cluster.']);
  expect(await problems('--cluster', '--report', '--range')).toEqual([
    '--report: needs the result, for which --detach does not wait.',
    '--range: needs the result, for which --detach does not wait.',
  ]);
});
