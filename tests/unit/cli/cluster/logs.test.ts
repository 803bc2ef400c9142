import { appendFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readNext, readTail } from '../../../../src/cli/commands/cluster/log-file.ts';
import { inOrderOfTime, timeOf } from '../../../../src/cli/commands/cluster/log-order.ts';
import { temporaryDir } from '../../../helpers/temporary-dir.ts';

function logWith(text: string): string {
  const path = join(temporaryDir(), 'kafka.log');
  writeFileSync(path, text);
  return path;
}

describe('reading a log', () => {
  test('its end, then what is added, line by line', async () => {
    const path = logWith('one\ntwo\nthr');
    const tail = await readTail(path);
    expect(tail).toEqual({ offset: 8, lines: ['one', 'two'] });
    appendFileSync(path, 'ee\nfour\n');
    const next = await readNext(path, tail!);
    expect(next).toEqual({ offset: 19, lines: ['three', 'four'] });
    expect(await readNext(path, next)).toEqual({ offset: 19, lines: [] });
  });

  test('starts again where the log was cut in place', async () => {
    const path = logWith('one\ntwo\n');
    const tail = await readTail(path);
    truncateSync(path, 0);
    expect(await readNext(path, tail!)).toEqual({ offset: 0, lines: [] });
    appendFileSync(path, 'a\n');
    expect(await readNext(path, tail!)).toEqual({ offset: 2, lines: ['a'] });
  });

  test('of a long log only the end, from a whole line on', async () => {
    const lines = Array.from({ length: 40_000 }, (_, i) => `line ${i}`);
    const tail = await readTail(logWith(`${lines.join('\n')}\n`));
    expect(tail?.lines.at(-1)).toBe('line 39999');
    expect(lines).toContain(tail?.lines[0]);
    expect(tail?.lines.length).toBeGreaterThan(10_000);
  });

  test('characters of several bytes stay whole, empty lines stay, and a line without end comes in pieces', async () => {
    const path = logWith('é✓\n\n漢');
    const tail = await readTail(path);
    expect(tail?.lines).toEqual(['é✓', '']);
    appendFileSync(path, '字\n');
    expect((await readNext(path, tail!)).lines).toEqual(['漢字']);
    const endless = logWith('x'.repeat(1_500_000));
    const first = await readNext(endless, { offset: 0 });
    expect(first.lines.map(line => line.length)).toEqual([1024 * 1024]);
  });

  test('a log that is not there is no error', async () => {
    const path = join(temporaryDir(), 'none.log');
    expect(await readTail(path)).toBeUndefined();
    expect(await readNext(path, { offset: 7 })).toEqual({ offset: 0, lines: [] });
  });
});

describe('the order of time', () => {
  const MOMENT = Date.UTC(2026, 0, 5, 12, 0, 0, 250);

  test.each([
    ['{"t":{"$date":"2026-01-05T12:00:00.250+00:00"},"s":"I"}', 'mongod'],
    ['{"level":"info","ts":"2026-01-05T12:00:00.250000Z","caller":"etcdmain"}', 'etcd'],
    ['2026-01-05 12:00:00.250 UTC [4711] LOG:  ready', 'PostgreSQL'],
    ['2026-01-05 13:00:00:250 +0100 [main] INFO kafka', 'slf4j-simple'],
    ['[2026-01-05 12:00:00,250+0000] INFO kafka', 'log4j'],
  ])('%s', line => {
    expect(timeOf(line)).toBe(MOMENT);
  });

  test('a time without a zone is the machine’s; a line without a time has none', () => {
    expect(timeOf('2026-01-05 12:00:00 ready')).toBe(new Date(2026, 0, 5, 12).getTime());
    expect(timeOf('\tat java.base/java.lang.Thread.run(Thread.java:840)')).toBeUndefined();
  });

  test('logs are merged, and a stack trace stays with its line', () => {
    const log = (source: 'kafka' | 'etcd', ...lines: string[]) => lines.map(line => ({ source, line }));
    const merged = inOrderOfTime([
      log('kafka', '2026-01-05T12:00:01Z b', '  at stack', '2026-01-05T12:00:03Z d'),
      log('etcd', '2026-01-05T12:00:00Z a', '2026-01-05T12:00:02Z c'),
    ]);
    expect(merged.map(({ line }) => line.replace(/.*Z /, ''))).toEqual(['a', 'b', '  at stack', 'c', 'd']);
  });
});
