import { pino } from 'pino';
import { expect, test } from 'vitest';
import { waitOut } from '../../../../src/cluster/services/common/engines-away.ts';
import { GoboolError } from '../../../../src/runtime/base/error.ts';
import { errorOf } from '../../../helpers/errors.ts';

function failing(times: number, code: 'GB_BUS_UNAVAILABLE' | 'GB_BUS_REFUSED') {
  const lines: string[] = [];
  let calls = 0;
  const work = async () => {
    if (calls++ < times) throw new GoboolError(code, 'no');
    return calls;
  };
  const log = pino({ base: null }, { write: (line: string) => void lines.push(line) });
  return { work, log, lines, calls: () => calls };
}

test('an engine that is away is waited for, and said once', async () => {
  const { work, log, lines } = failing(3, 'GB_BUS_UNAVAILABLE');
  expect(await waitOut('publish', work, { log, signal: new AbortController().signal })).toBe(4);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch('waits to publish');
});

test('another error goes through at once', async () => {
  const { work, log, calls } = failing(3, 'GB_BUS_REFUSED');
  const { signal } = new AbortController();
  expect((await errorOf(() => waitOut('publish', work, { log, signal }))).code).toBe('GB_BUS_REFUSED');
  expect(calls()).toBe(1);
});

test('the signal ends the waiting with its reason', async () => {
  const { work, log } = failing(Infinity, 'GB_BUS_UNAVAILABLE');
  const stop = new AbortController();
  const waiting = waitOut('publish', work, { log, signal: stop.signal });
  setTimeout(() => stop.abort(new GoboolError('GB_RUN_CANCELLED', 'enough')), 20);
  expect((await errorOf(() => waiting)).code).toBe('GB_RUN_CANCELLED');
});
