import { once } from 'node:events';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { errorText, reportError } from '../../src/cli/errors.ts';
import { runCli } from '../../src/cli/run-cli.ts';
import { GoboolError } from '../../src/runtime/base/error.ts';
import { document, REPOSITORY } from '../helpers/cli.ts';

const ODD_PROGRAM = join(REPOSITORY, 'tests/fixtures/odd-program.ts');

const start = (args: readonly string[], env: Record<string, string> = {}) =>
  execa(process.execPath, [ODD_PROGRAM, ...args], {
    env: { PATH: process.env.PATH, ...env },
    extendEnv: false,
    reject: false,
  });

describe('what the system refuses becomes a coded error', () => {
  test.each([
    ['ENOSPC', 'GB_DISK_FULL', 1],
    ['EACCES', 'GB_PERMISSION', 1],
    ['EIO', 'GB_INTERNAL', 1],
  ])('%s is %s', async (name, code, exitCode) => {
    const result = await start([name, '--json']);
    expect(result.exitCode).toBe(exitCode);
    expect(document(result).error).toMatchObject({ code, exitCode });
  });

  test('a stack is shown only with GOBOOL_DEBUG=1', async () => {
    expect((await start(['EIO'])).stderr).not.toContain('odd-program.ts');
    expect((await start(['EIO'], { GOBOOL_DEBUG: '1' })).stderr).toContain('odd-program.ts');
  });
});

test('every problem of the options is reported at once', async () => {
  const { stderr, exitCode } = await start(['numbers', '--first', 'one', '--second', 'two']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('--first: expected a number, not "one"');
  expect(stderr).toContain('--second: expected a number, not "two"');
});

describe('signals', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s lets the work clean up, then exits with %i', async (signal, exitCode) => {
    const program = start(['wait']);
    await once(program.stderr, 'data');
    program.kill(signal);
    const result = await program;
    expect(result.exitCode).toBe(exitCode);
    expect(result.stderr).toContain('Press Ctrl-C again');
    expect(result.stderr).toContain('cleaned up');
    expect(result.stderr).toContain('GB_RUN_CANCELLED');
  });

  test('a second signal ends a program that does not listen', async () => {
    const program = start(['stuck']);
    await once(program.stderr, 'data');
    program.kill('SIGINT');
    await once(program.stderr, 'data');
    program.kill('SIGINT');
    expect((await program).exitCode).toBe(130);
  });
});

test('a reader that leaves early is no error', async () => {
  const program = execa('bash', ['-c', 'set -o pipefail; "$0" "$1" flood | head -n 1', process.execPath, ODD_PROGRAM]);
  expect(await program).toMatchObject({ stdout: 'line', stderr: '', exitCode: 0 });
});

test('an answer that does not fit on the disk is a coded error, on Linux', async () => {
  const program = execa('bash', ['-c', '"$0" "$1" flood > /dev/full', process.execPath, ODD_PROGRAM], {
    reject: false,
  });
  const { stderr, exitCode } = await program;
  expect(stderr).toMatch(/^Error GB_DISK_FULL The disk is full: stdout could not be written\.\nHint .*$/);
  expect(exitCode).toBe(1);
});

test('--ndjson prints numbered lines, the answer last', async () => {
  const { stdout } = await start(['stream', '--ndjson']);
  const lines = stdout.split('\n').map(line => JSON.parse(line));
  expect(lines.map(({ v, seq, type, runId }) => ({ v, seq, type, runId }))).toEqual([
    { v: 1, seq: 0, type: 'started', runId: 'run-1' },
    { v: 1, seq: 1, type: 'bar', runId: 'run-1' },
    { v: 1, seq: 2, type: 'stream', runId: 'run-1' },
  ]);
  expect(lines.at(-1).data).toEqual({ v: 1, type: 'stream', ok: true, data: { trades: 3 }, warnings: [] });
});

describe('colour', () => {
  const RED = '\u001b[31mred\u001b[39m';
  test.each([
    [{}, [], 'red'],
    [{ FORCE_COLOR: '1' }, [], RED],
    [{ FORCE_COLOR: '0' }, [], 'red'],
    [{ FORCE_COLOR: '1', TERM: 'dumb' }, [], RED],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, [], 'red'],
    [{ FORCE_COLOR: '1' }, ['--no-color'], 'red'],
  ])('%j %j', async (env, flags, expected) => {
    expect((await start(['colour', ...flags], env)).stdout).toBe(expected);
  });
});

test('an error names the bar, the values there, the frame and every problem', () => {
  const error = new GoboolError('GB_STRATEGY_THREW', 'x is not defined', {
    where: {
      file: 'strategy.ts',
      line: 3,
      column: 5,
      frame: '> 3 |   x();',
      bar: { feed: 'spy', index: 42, time: Date.UTC(2008, 9, 6), values: { close: 98.5 } },
    },
    problems: ['one', 'two'],
    hint: 'Fix it.',
  });
  expect(errorText(reportError(error, { debug: false, signalExitCode: undefined }), (_style, text) => text)).toBe(
    [
      'Error GB_STRATEGY_THREW x is not defined',
      '  at strategy.ts:3:5',
      '',
      '> 3 |   x();',
      '',
      '  at bar 42 of spy, 2008-10-06T00:00Z',
      '  close 98.5',
      '  • one',
      '  • two',
      'Hint Fix it.',
    ].join('\n'),
  );
});

test('a child that Ctrl-C ended before the signal was seen is no internal error', async () => {
  let exitCode: number | undefined;
  const load = async () => async () => {
    setImmediate(() => {
      exitCode = 130;
    });
    throw new Error('The service was stopped: write EPIPE');
  };
  const interruption = { signal: new AbortController().signal, exitCode: () => exitCode, onFirst: () => {} };
  const written: string[] = [];
  const stream = { write: (text: string) => written.push(text) };
  const terminal = { stdout: stream, stderr: stream, env: {}, nowMs: Date.now };
  const commands = [{ name: 'wait', group: 'Start', summary: 'Wait', load }] as const;
  expect(await runCli({ ...terminal, commands, argv: ['wait'], cwd: REPOSITORY, interruption })).toBe(130);
  expect(written.join('')).toContain('Stopped by Ctrl-C.');
});
