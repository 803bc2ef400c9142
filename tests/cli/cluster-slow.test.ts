/** Commands that ask a cluster which is slow, or not all there. */
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { clusterDir } from '../../src/cluster/dev/cluster-folder.ts';
import { readProcess } from '../../src/cluster/dev/native/process-table.ts';
import { newRecord, writeRecord } from '../../src/cluster/dev/state/cluster-record.ts';
import { writeLive } from '../../src/cluster/dev/state/live-record.ts';
import { document, gobool, type Json, startGobool, temporaryFolder } from '../helpers/cli.ts';
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

test('cluster doctor looks at the machine though the daemon of the cluster does not answer', async () => {
  const cwd = temporaryFolder({ 'gobool.config.ts': 'export default {};\n' });
  const dir = clusterDir(cwd, 'default');
  const socket = join(cwd, 'sock');
  const silent = createServer().listen(socket);
  onTestFinished(() => void silent.close());
  mkdirSync(dir, { recursive: true });
  writeRecord(dir, newRecord({ id: 'c-0123456789ab', name: 'default', driver: 'native' }));
  const { pid, startedAt } = readProcess(process.pid)!;
  writeLive(dir, { daemon: { pid, startedAt }, socket, processes: {} });
  const result = await gobool(['cluster', 'doctor', '--name', 'default', '--json'], { cwd });
  expect(result.exitCode).toBe(6);
  const { checks } = document(result).data;
  expect(checks.map(({ name }: Json) => name)).toContain('java');
  expect(checks.at(-1)).toEqual({
    name: 'cluster',
    status: 'blocker',
    message: 'default: GB_CLUSTER_DAEMON The daemon of the cluster does not answer.',
    hint: expect.any(String),
  });
}, 20_000);
