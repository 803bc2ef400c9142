import { expect, test } from 'vitest';
import { kafkaBus } from '../../../../src/cluster/adapters/kafka/bus.ts';
import { kafkaClient } from '../../../../src/cluster/adapters/kafka/kafka-client.ts';
import { kafkaError, patiently } from '../../../../src/cluster/adapters/kafka/kafka-error.ts';
import { errorOf } from '../../../helpers/errors.ts';

const answer = (type: string, retriable: boolean) => Object.assign(new Error(type), { type, retriable });
const retriesExceeded = (cause: Error) => Object.assign(new Error('no more retries', { cause }), { retriable: false });

test.each([
  ['GB_BUS_UNAVAILABLE', 'a broker that leads nothing yet', answer('NOT_LEADER_FOR_PARTITION', true)],
  ['GB_BUS_UNAVAILABLE', 'a connection that broke', Object.assign(new Error('ECONNREFUSED'), { retriable: true })],
  [
    'GB_BUS_UNAVAILABLE',
    'a group whose broker is not found',
    Object.assign(new Error('no coordinator'), { name: 'KafkaJSGroupCoordinatorNotFound', retriable: false }),
  ],
  ['GB_BUS_REFUSED', 'a message that is too large', answer('MESSAGE_TOO_LARGE', false)],
  ['GB_BUS_REFUSED', 'a topic that does not exist', answer('UNKNOWN_TOPIC_OR_PARTITION', true)],
])('%s for %s, also after retries', (code, _, cause) => {
  expect(kafkaError('work', cause).code).toBe(code);
  expect(kafkaError('work', retriesExceeded(cause))).toMatchObject({
    code,
    message: `Kafka could not work: ${cause.message}`,
  });
});

test('patience is for what passes', async () => {
  let calls = 0;
  const work = async () => {
    if (++calls < 3) throw answer('NOT_LEADER_FOR_PARTITION', true);
    return calls;
  };
  expect(await patiently(work)).toBe(3);
  const lasting = answer('INVALID_TOPIC_EXCEPTION', false);
  await expect(patiently(() => Promise.reject(lasting))).rejects.toBe(lasting);
});

test('a bus without a broker is unavailable', async () => {
  const bus = kafkaBus(kafkaClient({ brokers: ['127.0.0.1:1'], clientId: 'test', timeoutMs: 500, retries: 0 }));
  const handler = async () => {};
  const operations = [
    () => bus.publish('topic', [{ value: 'x' }]),
    () => bus.subscribe({ group: 'group', topics: ['topic'], from: 'latest', handler }),
  ];
  for (const operation of operations) expect((await errorOf(operation)).code).toBe('GB_BUS_UNAVAILABLE');
  await bus.close();
});
