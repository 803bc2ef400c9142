/** Messages of which some cannot be read or handled, over the in-memory bus. */
import { pino } from 'pino';
import { expect, onTestFinished, test, vi } from 'vitest';
import { memoryBus } from '../../../../../src/cluster/adapters/memory/bus.ts';
import type { Message } from '../../../../../src/cluster/ports/bus.ts';
import { serveMessages } from '../../../../../src/cluster/services/common/serve-messages.ts';
import { GoboolError } from '../../../../../src/runtime/base/error.ts';

/** Reads numbers; `refuse` says which of them cannot be handled. */
async function open(refuse: (n: number) => Error | undefined) {
  const bus = memoryBus();
  onTestFinished(() => bus.close());
  for (const topic of ['numbers', 'dead-letters']) bus.makeTopic(topic, 1);
  const letters: Message[] = [];
  const keep = async (message: Message) => void letters.push(message);
  await bus.subscribe({ group: 'hospital', topics: ['dead-letters'], from: 'beginning', handler: keep });
  const handled: number[] = [];
  let told = 0;
  const batchHandler = serveMessages({
    bus,
    service: 'test',
    log: pino({ level: 'silent' }),
    onDeadLetter: () => void told++,
    read({ value }) {
      if (value.toString() === 'other') return undefined;
      if (!/^\d+$/.test(value.toString())) throw new GoboolError('GB_MESSAGE_INVALID', 'It is no number.');
      return Number(value);
    },
    async handle(numbers) {
      const error = numbers.map(refuse).find(found => found !== undefined);
      if (error !== undefined) throw error;
      handled.push(...numbers);
    },
  });
  const publish = (...values: readonly string[]) =>
    bus.publish(
      'numbers',
      values.map(value => ({ key: 'k', value, headers: { type: 't' } })),
    );
  const listen = () => bus.subscribe({ group: 'test', topics: ['numbers'], from: 'beginning', batchHandler });
  const until = (isSo: () => boolean) => vi.waitUntil(isSo, { timeout: 10_000, interval: 5 });
  return { letters, handled, publish, listen, until, told: () => told };
}

const SQL_REFUSED = new GoboolError('GB_SQL_REFUSED', 'no');

test('what cannot be read goes to the hospital as it was, at once; its neighbours are served', async () => {
  const { letters, handled, publish, listen, until, told } = await open(() => undefined);
  await publish('1', 'other', 'odd', '2');
  await listen();
  await until(() => handled.length === 2 && letters.length === 1);
  expect(handled).toEqual([1, 2]);
  expect(told()).toBe(1);
  expect(letters[0]).toMatchObject({ key: 'k', value: Buffer.from('odd') });
  expect(letters[0]!.headers).toEqual({
    type: 't',
    'dead-topic': 'numbers',
    'dead-partition': '0',
    'dead-offset': '2',
    'dead-service': 'test',
    'dead-code': 'GB_MESSAGE_INVALID',
    'dead-why': 'It is no number.',
    'dead-attempts': '1',
  });
});

test('what fails again and again goes there too, out of the midst of a batch', async () => {
  const { letters, handled, publish, listen, until } = await open(n => (n % 10 === 7 ? SQL_REFUSED : undefined));
  await publish(...Array.from({ length: 20 }, (_, i) => String(i)));
  await listen();
  await until(() => letters.length === 2 && handled.includes(19));
  expect(letters.map(({ value }) => value.toString())).toEqual(['7', '17']);
  expect(letters[0]!.headers).toMatchObject({ 'dead-code': 'GB_SQL_REFUSED', 'dead-attempts': '5' });
  const wanted = Array.from({ length: 20 }, (_, i) => i).filter(n => n % 10 !== 7);
  expect([...new Set(handled)].toSorted((a, b) => a - b)).toEqual(wanted);
  await publish('20');
  await until(() => handled.at(-1) === 20);
});

test('what fails a few times only stays', async () => {
  let failures = 4;
  const { letters, handled, publish, listen, until } = await open(() => (failures-- > 0 ? SQL_REFUSED : undefined));
  await publish('1');
  await listen();
  await until(() => handled.length === 1);
  expect(letters).toEqual([]);
});

test('what waits for an engine waits, however often it is tried', async () => {
  let tries = 0;
  const away = new GoboolError('GB_SQL_UNAVAILABLE', 'away');
  const { letters, handled, publish, listen, until } = await open(() => (++tries < 12 ? away : undefined));
  await publish('1');
  await listen();
  await until(() => handled.length === 1);
  expect(letters).toEqual([]);
});

test('a bug is no reason to stand still', async () => {
  const { letters, publish, listen, until } = await open(() => new TypeError('x is not a function'));
  await publish('1');
  await listen();
  await until(() => letters.length === 1);
  expect(letters[0]!.headers).toMatchObject({ 'dead-code': 'GB_INTERNAL', 'dead-why': 'x is not a function' });
});
