/** Commands that ask a cluster which is slow, or not all there. */
import { expect, test } from 'vitest';
import { document, gobool, startGobool, temporaryFolder } from '../helpers/cli.ts';
import { eventServer } from '../helpers/event-server.ts';

const RUN_ID = 'r-3551aa80c1d2e3f405162738';

test('cluster rebuild tells what went wrong after its answer had begun', async () => {
  const problem = { code: 'GB_SERVICE_AWAY', detail: 'No replica of join answers.', status: 503 };
  const server = await eventServer((_asking, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(`   ${JSON.stringify(problem)}`);
  });
  const env = { GOBOOL_CLUSTER: server.url, GOBOOL_API_KEY: server.key };
  const result = await gobool(['cluster', 'rebuild', '--json'], { cwd: temporaryFolder(), env });
  expect([result.exitCode, server.asked.length]).toEqual([5, 1]);
  expect(document(result).error).toMatchObject({ code: 'GB_SERVICE_AWAY', message: 'No replica of join answers.' });
});

test.each([
  ['cluster rebuild', 'The cluster goes on with it.'],
  ['worker ls', 'Stopping.'],
  [`run tail ${RUN_ID}`, ''],
])(
  'Ctrl-C ends the wait for a gateway that does not answer: %s',
  async (line, note) => {
    const hanging = Promise.withResolvers<void>();
    const server = await eventServer(() => hanging.resolve());
    const env = { GOBOOL_CLUSTER: server.url, GOBOOL_API_KEY: server.key };
    const running = startGobool(line.split(' '), { cwd: temporaryFolder(), env });
    await hanging.promise;
    running.kill('SIGINT');
    const { exitCode, stderr } = await running;
    expect(exitCode).toBe(130);
    expect(stderr.startsWith(note)).toBe(true);
    expect(stderr).toContain('Stopped by Ctrl-C.');
  },
  15_000,
);
