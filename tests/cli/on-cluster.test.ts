/** `--cluster` and GOBOOL_LOCAL_EXECUTOR where no cluster is, and what a project keeps of its runs on one. */
import { describe, expect, test } from 'vitest';
import { keepClusterRun, keptClusterRun } from '../../src/cli/commands/on-cluster/kept-runs.ts';
import { document, gobool, temporaryFolder } from '../helpers/cli.ts';
import { cliProject, RUN } from '../helpers/cli-project.ts';
import { eventServer, sendJson } from '../helpers/event-server.ts';

const SWEEP = ['sweep', 'strategy.ts', '--data', 'prices.csv', '--param', 'every=1..3'];

async function failure(args: readonly string[], env: Readonly<Record<string, string>> = {}, cwd = cliProject()) {
  const { stdout, exitCode } = await gobool([...args, '--json'], { cwd, env });
  const { code, message, problems } = document({ stdout }).error;
  return { code, message, problems, exitCode };
}

describe('GOBOOL_LOCAL_EXECUTOR=off', () => {
  test.each([[RUN], [SWEEP]])('runs nothing in this process: %s', async args => {
    const { code, exitCode } = await failure(args, { GOBOOL_LOCAL_EXECUTOR: 'off' });
    expect([code, exitCode]).toEqual(['GB_EXECUTOR_OFF', 2]);
  });

  test('leaves the indicators out of a report', async () => {
    const cwd = cliProject();
    await gobool(RUN, { cwd });
    const { stderr, exitCode } = await gobool(['report'], { cwd, env: { GOBOOL_LOCAL_EXECUTOR: 'off' } });
    expect(exitCode).toBe(0);
    expect(stderr).toContain('Indicators are left out: The strategy was not run');
  });
});

describe('--cluster', () => {
  test('in a project that has none says so', async () => {
    expect(await failure([...RUN, '--cluster'])).toMatchObject({ code: 'GB_CLUSTER_MISSING', exitCode: 2 });
  });

  test('of an address where nobody listens is GB_CLUSTER_UNREACHABLE', async () => {
    const env = { GOBOOL_CLUSTER: 'http://127.0.0.1:9', GOBOOL_API_KEY: 'gb_k-1_secret' };
    const { code, exitCode, message } = await failure([...RUN, '--cluster'], env);
    expect([code, exitCode]).toEqual(['GB_CLUSTER_UNREACHABLE', 5]);
    expect(message).not.toContain('secret');
  });

  test('of an address takes a key', async () => {
    const { code, message } = await failure([...RUN, '--cluster'], { GOBOOL_CLUSTER: 'http://127.0.0.1:9' });
    expect([code, message]).toEqual(['GB_KEY_INVALID', 'There is no API key for http://127.0.0.1:9.']);
  });

  test('does not go with options that say how to run here', async () => {
    expect((await failure([...RUN, '--cluster', '--executor', 'inline'])).problems).toEqual([
      '--executor: says how to run on this machine.',
    ]);
    expect((await failure([...SWEEP, '--cluster', '--workers', '2'])).problems).toEqual([
      '--workers: says how to run on this machine.',
    ]);
  });
});

test('run retry keeps for the new run what the project kept to finish the record of the old one', async () => {
  const [before, now] = [`r-${'1'.repeat(24)}`, `r-${'2'.repeat(24)}`];
  const server = await eventServer((_request, response) => sendJson(response, 202, { runId: now }));
  const [cwd, env] = [temporaryFolder(), { GOBOOL_CLUSTER: server.url, GOBOOL_API_KEY: server.key }];
  const kept = { kind: 'run', draft: { runId: 'abcd1234' }, map: '{}' } as never;
  keepClusterRun(cwd, before, kept);
  await gobool(['run', 'retry', before], { cwd, env });
  expect(keptClusterRun(cwd, now)).toEqual(kept);
});

test.each([
  ['a key that is no header', 'GB_KEY_INVALID', 4, { GOBOOL_API_KEY: 'gb_hidden\nhidden' }],
  ['an address with a password', 'GB_USAGE', 2, { GOBOOL_CLUSTER: 'http://me:hidden@127.0.0.1:1' }],
])('%s is said without showing it', async (_what, code, exitCode, wrong) => {
  const env = { GOBOOL_CLUSTER: 'http://127.0.0.1:1', GOBOOL_API_KEY: 'gb_k-1_2', ...wrong };
  const result = await gobool(['queue', 'ls', '--json'], { cwd: temporaryFolder(), env });
  expect(document(result).error).toMatchObject({ code, exitCode });
  expect(result.stdout).not.toContain('hidden');
});

test('the end of the line that a key was read with is no part of it', async () => {
  const server = await eventServer((_request, response) => sendJson(response, 200, { keys: [] }));
  const env = { GOBOOL_CLUSTER: server.url, GOBOOL_API_KEY: `${server.key}\n` };
  expect((await gobool(['key', 'ls'], { cwd: temporaryFolder(), env })).exitCode).toBe(0);
  expect(server.asked[0]?.headers.authorization).toBe(`Bearer ${server.key}`);
});

test.each([
  ['run cancel', 'DELETE'],
  ['queue move --to front', 'PATCH'],
])('a key that may submit alone decides about its runs: %s', async (line, method) => {
  const server = await eventServer((asking, response) => {
    if (asking.method === 'GET') sendJson(response, 403, { code: 'GB_KEY_SCOPE', detail: 'It has no scope read.' });
    else sendJson(response, 202, {});
  });
  const env = { GOBOOL_CLUSTER: server.url, GOBOOL_API_KEY: server.key };
  const { exitCode } = await gobool([...line.split(' '), `r-${'1'.repeat(24)}`], { cwd: temporaryFolder(), env });
  expect([exitCode, server.asked.at(-1)?.method]).toEqual([0, method]);
});

describe('while join is away', () => {
  const [own, other] = [`r-${'1'.repeat(24)}`, `r-${'2'.repeat(24)}`];

  async function decide(line: string, reference: string) {
    const server = await eventServer((asking, response) => {
      if (asking.method !== 'GET') return sendJson(response, 202, {});
      return sendJson(response, 503, { code: 'GB_SERVICE_AWAY', detail: 'No replica of join is registered.' });
    });
    const cwd = temporaryFolder();
    for (const id of [own, other]) keepClusterRun(cwd, id, { kind: 'landed', id: 'any' });
    const env = { GOBOOL_CLUSTER: server.url, GOBOOL_API_KEY: server.key };
    const result = await gobool([...line.split(' '), reference], { cwd, env });
    return { ...result, asked: server.asked.map(({ method, path }) => `${method} ${path}`) };
  }

  test.each([
    ['run cancel', 'DELETE'],
    ['queue move --to front', 'PATCH'],
  ])('%s asks once how the run is, and is sent', async (line, method) => {
    const { exitCode, asked } = await decide(line, own);
    expect([exitCode, ...asked]).toEqual([0, `GET /v1/runs/${own}`, `${method} /v1/runs/${own}`]);
  });

  test('what is shown of an id is enough where the project submitted the run', async () => {
    const { exitCode, asked } = await decide('run cancel', own.slice(0, 10));
    expect([exitCode, asked.at(-1)]).toEqual([0, `DELETE /v1/runs/${own}`]);
  });

  test.each(['last', 'r-1111'])('%s is not guessed', async reference => {
    const { exitCode, stderr, asked } = await decide('run cancel', reference);
    expect([exitCode, asked.some(request => request.startsWith('DELETE'))]).toEqual([5, false]);
    expect(stderr).toContain(`Which run is "${reference}"? No replica of join is registered.`);
    expect(stderr).toContain('Write the whole id of the run');
  });
});

test.each([['queue ls'], ['hospital ls'], ['worker ls'], ['key ls'], ['run ls --cluster'], ['run show r-1']])(
  '%s of a project without a cluster says so',
  async line => {
    const { error } = document(await gobool([...line.split(' '), '--json'], { cwd: temporaryFolder() }));
    expect(error).toMatchObject({ code: 'GB_CLUSTER_MISSING', exitCode: 2 });
  },
);
