import { expect, test } from 'vitest';
import { type ClusterFacts, DEFAULT_PORTS } from '../../../../src/cluster/dev/cluster-facts.ts';
import { kafkaComponent } from '../../../../src/cluster/dev/components/kafka.ts';
import { errorOf } from '../../../helpers/errors.ts';

const NOBODY = { name: 'test', ports: { ...DEFAULT_PORTS, kafka: 1 } } as ClusterFacts;

test('a broker that is away is GB_PROBE_KAFKA, whatever is asked of it', async () => {
  const client = kafkaComponent.open(NOBODY);
  const started = performance.now();
  const { code, message } = await errorOf(() => client.check(AbortSignal.timeout(1500)));
  expect({ code, message }).toEqual({
    code: 'GB_PROBE_KAFKA',
    message: 'Kafka does not answer: Connection error: connect ECONNREFUSED 127.0.0.1:1.',
  });
  expect(performance.now() - started).toBeLessThan(1400);
  for (const ask of [client.initialise, client.probe, client.drift])
    expect((await errorOf(() => ask(AbortSignal.timeout(300)))).code).toBe('GB_PROBE_KAFKA');
  await client.close();
});
