/** `--cluster` and GOBOOL_LOCAL_EXECUTOR where no cluster is. */
import { describe, expect, test } from 'vitest';
import { document, gobool } from '../helpers/cli.ts';
import { cliProject, RUN } from '../helpers/cli-project.ts';

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
