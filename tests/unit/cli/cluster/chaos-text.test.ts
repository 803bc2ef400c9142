/** The table of `cluster chaos`. */
import { expect, test } from 'vitest';
import { chaosText } from '../../../../src/cli/commands/cluster/chaos-text.ts';
import type { Outcome } from '../../../../src/cluster/chaos/outcome.ts';

const STYLE = { paint: (_style: string, text: string) => text, columns: 100 };
const OUTCOME: Outcome = { recoveredMs: 4_200, runs: 31, pieces: 640, refusals: {}, offences: [] };

test('a line for each fault, and that everything held', () => {
  const rounds = [
    { fault: { target: 'join', kind: 'kill' }, ...OUTCOME },
    { fault: { target: 'kafka', kind: 'down' }, ...OUTCOME, refusals: { GB_BUS_UNAVAILABLE: 12 } },
  ] as const;
  expect(chaosText({ rounds, storm: null }, 7, STYLE)).toMatchInlineSnapshot(`
    "component  fault  recovered  runs  pieces  refused  verdict
    join       kill       4.2 s    31     640        0  ok
    kafka      down       4.2 s    31     640       12  ok
    Everything held: nothing lost, nothing twice, every hash as here. Seed 7."
  `);
});

test('what does not hold is named, with the way to do it again', () => {
  const offences = [
    { invariant: 'G', what: 'r-1-0: piece 4 came where 3 was due' },
    { invariant: 'C', what: 'it has not recovered within 90 s' },
  ] as const;
  const rounds = [{ fault: { target: 'gateway', kind: 'stop' }, ...OUTCOME, recoveredMs: null, offences }] as const;
  expect(chaosText({ rounds, storm: null }, 7, STYLE)).toMatchInlineSnapshot(`
    "component  fault  recovered  runs  pieces  refused  verdict
    gateway    stop           -    31     640        0  broken: CG
    G a hole in a stream: r-1-0: piece 4 came where 3 was due
    C not recovered: it has not recovered within 90 s
    2 offences. Again: \`gobool cluster chaos --seed 7\` and the same options."
  `);
});

test('a storm shows what components held before and after', () => {
  const usage = { memoryBytes: 61e6, descriptors: 40, sockets: 12 };
  const storm = {
    ...OUTCOME,
    faults: [{ target: 'join', kind: 'kill' }],
    usage: { before: { join: usage, etcd: usage }, after: { join: { ...usage, descriptors: 44 } } },
  } as const;
  expect(chaosText({ rounds: [], storm }, 7, STYLE)).toMatchInlineSnapshot(`
    "1 fault; 31 runs, 640 pieces; recovered in 4.2 s; 0 refused.
    component  memory  after  descriptors  after  sockets  after
    join        61 MB  61 MB           40     44       12     12
    etcd        61 MB      -           40      -       12      -
    Everything held: nothing lost, nothing twice, every hash as here. Seed 7."
  `);
});
