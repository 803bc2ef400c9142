/** The Streams app on a real broker, against an independent fold of the same records. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { ClusterFacts } from '../../src/cluster/dev/cluster-facts.ts';
import type { Message } from '../../src/cluster/ports/bus.ts';
import { errorOf } from '../helpers/errors.ts';
import { foldTrades, INTERVALS_MS, type Tick } from '../helpers/fold-trades.ts';
import { randomTicks } from '../helpers/random-ticks.ts';
import { type StreamsApp, streamsApp } from '../helpers/streams-app.ts';
import { testCluster } from '../helpers/test-cluster.ts';
import { type TestTopics, testTopics } from '../helpers/topics-of-test.ts';

const PARTITIONS = [0, 1, 2, 3, 4, 5, 6, 7];
const seed = Number(process.env.GOBOOL_SEED ?? Math.floor(Math.random() * 1_000_000));

let cluster: ClusterFacts;
beforeAll(async () => {
  cluster = await testCluster();
});

/** Resolves when everything written before has gone through: marks are refused, in the order of their partitions. */
async function drained(topics: TestTopics): Promise<void> {
  const mark = `mark ${randomUUID()}`;
  const marks = PARTITIONS.map(partition => ({ value: mark, partition }));
  await topics.write('ticks', marks);
  const isMark = ({ value }: Message) => value.toString() === mark;
  while ((await topics.read('dead-letters')).filter(isMark).length < marks.length) await pause(100);
}

async function problem({ client }: StreamsApp): Promise<string> {
  const { code, message } = await errorOf(() => client.check(AbortSignal.timeout(1_500)));
  return `${code} ${message}`;
}

const message = (tick: Tick, partition: number) => ({
  ...('product' in tick && { key: tick.product }),
  value: JSON.stringify({ v: 1, ...tick }),
  partition,
});

const decoded = (messages: readonly Message[]) => messages.map(({ value }) => JSON.parse(value.toString()));

/** Values that are no tick, each with what is said of it. */
const unusable = (trade: object): readonly (readonly [string | object, string])[] => [
  ['', 'not a JSON object'],
  ['{"v":1', 'not JSON'],
  ['[]', 'not a JSON object'],
  ['{"v":1,"type":"clock","time":1}{}', 'more than one JSON value'],
  ['{"v":1,"type":"clock","time":NaN}', 'not JSON'],
  [{ ...trade, v: 2 }, 'version 2 is unknown'],
  [{ ...trade, type: 'quote' }, "type 'quote' is unknown"],
  [{ v: 1, type: 'clock', time: 1_704_164_645_000_000 }, 'time is not in epoch milliseconds'],
  [{ ...trade, time: -1 }, 'time is not in epoch milliseconds'],
  [{ ...trade, id: -1 }, 'id is negative'],
  [{ ...trade, id: 1.5 }, 'id is not an integer'],
  [{ ...trade, product: 'BTC' }, 'product is not market.symbol.locale'],
  [{ ...trade, price: 10.5 }, 'price is not a text'],
  [{ ...trade, price: 'NaN' }, 'price is not a decimal number'],
  [{ ...trade, price: '1e999999999' }, 'price is not a decimal number'],
  [{ ...trade, size: '0.00' }, 'size is not positive'],
  [{ ...trade, size: '-1' }, 'size is not positive'],
  [{ v: 1, type: 'gap', product: 'crypto.POISON.global', from: 7, to: 6 }, 'gap ends before it begins'],
];

describe('the candle fold', () => {
  let topics: TestTopics;
  let app: StreamsApp;
  beforeAll(async () => {
    topics = testTopics(cluster.ports.kafka);
    app = await streamsApp(cluster, topics.prefix);
  });
  afterAll(async () => {
    await app.end('SIGKILL');
    await topics.close();
  });

  test('before the topics exist it waits and names them, and is not healthy', async () => {
    app.start();
    await expect
      .poll(() => problem(app), { timeout: 30_000 })
      .toMatch(/GB_PROBE_STREAMS.* topics are missing: .*-ticks/);
    await topics.create();
    await app.working();
    expect(await app.client.probe(AbortSignal.timeout(5_000))).toMatch(/^RUNNING, 8 of 8 partitions/);
  });

  test(`makes each candle of an independent fold once, though it is killed repeatedly (seed ${seed})`, async () => {
    const shards = PARTITIONS.map(partition => randomTicks(seed, partition, 6_000));
    for (let part = 0; part < 4; part++) {
      await app.working();
      const ticks = shards.flatMap((shard, partition) =>
        shard.slice(part * 1_500, (part + 1) * 1_500).map(tick => message(tick, partition)),
      );
      await topics.write('ticks', ticks);
      await pause(part * 30);
      expect(await app.end('SIGKILL')).toBe('SIGKILL');
      app.start();
    }
    await drained(topics);

    const expected = shards.map(foldTrades);
    for (const interval of Object.keys(INTERVALS_MS)) {
      const wanted = expected.flatMap(({ candles }) => candles).filter(candle => candle.interval === interval);
      const made = decoded(await topics.read(`candles.${interval}`));
      const byId = (a: { _id: string }, b: { _id: string }) => (a._id < b._id ? -1 : Number(a._id > b._id));
      expect(wanted.length, interval).toBeGreaterThan(10);
      expect(made.toSorted(byId), interval).toEqual(wanted.toSorted(byId));
    }
    const late = expected.flatMap(shard => shard.late);
    const byKey = (a: Tick, b: Tick) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
    const setAside = decoded(await topics.read('ticks.late')).map(({ v: _, ...trade }) => trade);
    expect(late.length).toBeGreaterThan(10);
    expect(setAside.toSorted(byKey)).toEqual(late.toSorted(byKey));
  });

  test('sets aside what it cannot use, as it came, and goes on with the next record', async () => {
    const product = 'crypto.POISON.global';
    const trade = { v: 1, type: 'trade', product, id: 1, time: 1_704_164_645_000, price: '10.50', size: '0.1' };
    const good = { key: product, value: JSON.stringify(trade), partition: 3 };
    const refused = unusable(trade).map(([value, reason]) => ({
      reason,
      message: { key: product, value: typeof value === 'string' ? value : JSON.stringify(value), partition: 3 },
    }));
    const strange = { ...good, key: 'crypto.OTHER.global', headers: { source: 'test' } };
    const again = { ...good, value: JSON.stringify({ ...trade, id: 2, size: '0.20', unknown: [{ field: 1 }] }) };
    const clock = { value: '{"v":1,"type":"clock","time":1704200000000}', partition: 3 };
    const late = { ...good, value: JSON.stringify({ ...trade, id: 3 }) };
    await topics.write('ticks', [good, ...refused.map(({ message }) => message), strange, again, clock, late]);
    await drained(topics);

    const letters = (await topics.read('dead-letters')).filter(({ value }) => !value.toString().startsWith('mark '));
    expect(letters.map(letter => [letter.headers['gobool.reason'], letter.value.toString()])).toEqual([
      ...refused.map(({ reason, message }) => [reason, message.value]),
      ['key is not the product', strange.value],
    ]);
    for (const letter of letters)
      expect(letter.headers['gobool.origin']).toMatch(new RegExp(`^${topics.prefix}ticks-3@\\d+$`));
    expect(letters.at(-1)).toMatchObject({ key: strange.key, headers: { source: 'test' } });

    const made = decoded(await topics.read('candles.5m')).filter(candle => candle.product === product);
    expect(made).toMatchObject([{ open: '10.5', close: '10.5', volume: '0.3', trades: 2 }]);
    const setAside = (await topics.read('ticks.late')).filter(({ key }) => key === product);
    expect(setAside.map(({ value, headers }) => [value.toString(), headers['gobool.reason']])).toEqual([
      [late.value, 'final until 1704200000000'],
    ]);
  });

  test('a record that is far too large when it is unpacked is cut, and stops nothing', async () => {
    const value = `"${'x'.repeat(10_000_000)}"`;
    await topics.writePacked('ticks', { key: 'large', value, partition: 5 });
    await drained(topics);
    const letters = (await topics.read('dead-letters')).filter(({ key }) => key === 'large');
    expect(letters.map(({ headers }) => headers['gobool.reason'])).toEqual(['larger than 65536 bytes']);
    expect(letters[0]?.value.toString()).toBe(value.slice(0, 262_144));
  });

  test('while it is stopped its check fails within the time it is given', async () => {
    app.signal('SIGSTOP');
    expect(await problem(app)).toBe('GB_PROBE_STREAMS Streams does not answer.');
    app.signal('SIGCONT');
    await app.working();
    await app.client.check(AbortSignal.timeout(1_500));
  });

  test('SIGTERM ends it cleanly, and then nothing answers', async () => {
    expect(await app.end('SIGTERM')).toBe(143);
    expect(await problem(app)).toMatch(/^GB_PROBE_STREAMS Streams: no answer from 127\.0\.0\.1:\d+\.$/);
    app.start();
    await app.working();
  });

  test('when its ticks are deleted it waits, and goes on once they are there again', async () => {
    await topics.remove('ticks');
    await expect.poll(() => problem(app), { timeout: 30_000 }).toBe('GB_PROBE_STREAMS Streams: it is REBALANCING.');
    await topics.create();
    await app.working();
    await drained(topics);
  });

  test('a state that it cannot read ends it, since guessing would spoil candles', async () => {
    await app.end('SIGKILL');
    const unknownVersion = { key: 'crypto.FUTURE.global', value: Uint8Array.of(2, 0, 0), partition: 3 };
    await topics.write('candles-products-changelog', [unknownVersion]);
    app.start();
    await app.working();
    await topics.write('ticks', [{ value: '{"v":1,"type":"clock","time":1704300000000}', partition: 3 }]);
    expect(await app.ended()).toBe(1);
  });
});

test('without a broker the fold waits for one', async () => {
  const nobody = { ...cluster, inside: { ...cluster.inside, kafka: '127.0.0.1:1' } };
  const app = await streamsApp(nobody, 'nobody-');
  onTestFinished(async () => {
    await app.end('SIGKILL');
  });
  app.start();
  await expect.poll(() => problem(app), { timeout: 30_000 }).toBe('GB_PROBE_STREAMS Streams: it is WAITING_FOR_KAFKA.');
});
