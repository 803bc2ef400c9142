/** Lists of a cluster that are longer than what is shown or looked at: what is left out is told. */
import { expect, test } from 'vitest';
import { ask } from '../helpers/ask-cluster.ts';
import { document } from '../helpers/cli.ts';

const caseOf = (n: number) => ({
  caseId: `c-${n.toString(16).padStart(24, '0')}`,
  kind: 'message',
  state: 'open',
  code: 'GB_MESSAGE_INVALID',
  message: 'odd',
  fingerprint: '0123456789ab',
  service: 'command',
  attempts: 1,
  atMs: 1_700_000_000_000 - n,
});
const casesTo = (count: number) => ({ cases: Array.from({ length: count }, (_, n) => caseOf(n)) });

test.each([
  ['3', 'limit=4', 3, true],
  ['2', 'limit=3', 3, false],
  ['500', 'limit=500', 500, false],
  ['500', 'limit=500', 499, true],
])(
  'hospital ls --limit %s asks for %s and, of %i, says whether that is all: %s',
  async (limit, query, count, isAll) => {
    const routes = { [`GET /v1/cases?${query}&state=open`]: casesTo(count), 'GET /v1/cases': { cases: [] } };
    const args = ['hospital', 'ls', '--limit', limit];
    const { data } = document(await ask([...args, '--json'], routes));
    expect([data.isAll, data.cases.length]).toEqual([isAll, Math.min(count, Number(limit))]);
    expect((await ask(args, routes)).stdout.includes('the newest ones: --limit shows up to 500')).toBe(!isAll);
  },
);

test('queue ls says where more runs wait than are listed', async () => {
  const entry = {
    runId: `r-${'1'.repeat(24)}`,
    name: 'a',
    keyId: 'k-1',
    priority: 0,
    waiting: 9,
    running: 1,
    position: 0,
  };
  const listed = async (waiting: number) => {
    const queue = { entries: [{ ...entry, submittedMs: 0 }], waiting, running: 1 };
    return (await ask(['queue', 'ls', '--limit', '1'], { 'GET /v1/queue': queue })).stdout;
  };
  expect(await listed(9)).toMatch(/9 tasks waiting, 1 running\.$/);
  expect(await listed(12)).toMatch(
    /12 tasks waiting, 1 running\. More runs than these wait: --limit shows up to 500\.$/,
  );
});

test.each([
  [500, 'None of the newest 500 cases is "c-ffff".', 'Write the whole id: older ones are known by it alone.'],
  [499, 'The cluster has no case "c-ffff".', '`gobool hospital ls`'],
])('a case that is not among the newest %i: %s', async (count, message, hint) => {
  const { error } = document(await ask(['hospital', 'show', 'c-ffff', '--json'], { 'GET /v1/cases': casesTo(count) }));
  expect(error).toMatchObject({ code: 'GB_CASE_UNKNOWN', message, hint: expect.stringContaining(hint) });
});
