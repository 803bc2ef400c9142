/** What the users of a tormented cluster notice of its streams, and when they call it recovered. */
import { expect, test } from 'vitest';
import { watchStreams } from '../../../../src/cluster/chaos/watch-streams.ts';
import { Witness } from '../../../../src/cluster/chaos/witness.ts';
import type { GatewayClient } from '../../../../src/cluster/client/gateway-client.ts';

const RUN_ID = `r-${'a'.repeat(24)}`;
const TASK_ID = `${RUN_ID}-0`;
const signal = new AbortController().signal;

/** A client whose streams have pieces with these numbers. */
function clientOf(seqs: readonly number[]): GatewayClient {
  const client: Pick<GatewayClient, 'submit' | 'followTask'> = {
    submit: async () => RUN_ID,
    async followTask(taskId, take) {
      take({ event: 'claimed', id: undefined, data: '{}' });
      for (const seq of seqs) take({ event: 'piece', id: `${taskId}:${seq}`, data: '' });
    },
  };
  return client as GatewayClient;
}

async function tail(seqs: readonly number[]) {
  const witness = new Witness();
  const taken: string[] = [];
  const watched = watchStreams(clientOf(seqs), witness, () => {});
  await watched.followTask(
    TASK_ID,
    ({ id = 'none' }) => {
      taken.push(id);
      return 'more';
    },
    signal,
  );
  return { witness, taken };
}

test('a contiguous stream passes, every event of it', async () => {
  const { witness, taken } = await tail([0, 1, 2]);
  expect(witness.offences).toEqual([]);
  expect(witness.pieces).toBe(3);
  expect(taken).toEqual(['none', ...[0, 1, 2].map(seq => `${TASK_ID}:${seq}`)]);
});

test.each([
  ['a hole', [0, 2], 'piece 2 came where 1 was due'],
  ['a repetition', [0, 1, 1], 'piece 1 came where 2 was due'],
  ['a late beginning', [1], 'piece 1 came where 0 was due'],
])('%s is an offence', async (_, seqs, what) => {
  const { witness } = await tail(seqs);
  expect(witness.offences).toEqual([{ invariant: 'G', what: `${TASK_ID}: ${what}` }]);
});

test('it has recovered when all from before is over, and something from after', async () => {
  const witness = new Witness();
  witness.accepted('before');
  const sinceMs = performance.now();
  expect(witness.hasConverged(sinceMs)).toBe(false);
  witness.ended('before');
  expect(witness.hasConverged(sinceMs)).toBe(false);
  witness.accepted('after');
  expect(witness.hasConverged(sinceMs)).toBe(false);
  witness.ended('after');
  expect(witness.hasConverged(sinceMs)).toBe(true);
});

test('a run is known as soon as it is accepted', async () => {
  const accepted: string[] = [];
  const watched = watchStreams(clientOf([]), new Witness(), runId => accepted.push(runId));
  await watched.submit({} as never);
  expect(accepted).toEqual([RUN_ID]);
});
