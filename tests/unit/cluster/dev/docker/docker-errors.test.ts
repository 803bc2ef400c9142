/** What a person is told where Docker is missing or refuses, against an engine that answers as told. */
import { chmodSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { dockerDriver } from '../../../../../src/cluster/dev/docker/docker-driver.ts';
import { findDocker } from '../../../../../src/cluster/dev/docker/find-docker.ts';
import type { Environment } from '../../../../../src/cluster/dev/docker/images.ts';
import { errorOf } from '../../../../helpers/errors.ts';
import { temporaryDir } from '../../../../helpers/temporary-dir.ts';

const NEVER = new AbortController().signal;
const NO_IMAGE: RequestListener = (request, response) => {
  const isVersion = request.url === '/version';
  response.writeHead(isVersion ? 200 : 404, { 'content-type': 'application/json' });
  response.end(JSON.stringify(isVersion ? { Version: '28.0.0' } : { message: 'no such image' }));
};

/** An engine and a command `docker` that is a shell script; the environment that leads to both. */
async function docker(answer: RequestListener, script: string): Promise<Environment> {
  const dir = temporaryDir();
  const server = createServer(answer);
  await new Promise<void>(done => server.listen(join(dir, 'socket'), done));
  onTestFinished(() => void server.close().closeAllConnections());
  writeFileSync(join(dir, 'docker'), `#!/bin/sh\n${script}\n`);
  chmodSync(join(dir, 'docker'), 0o755);
  return { PATH: dir, DOCKER_HOST: `unix://${join(dir, 'socket')}` };
}

const fetchEtcd = (env: Environment) => dockerDriver(env).fetch('etcd', () => {}, NEVER);

test('no engine behind the socket', async () => {
  const error = await errorOf(() => findDocker({ DOCKER_HOST: 'unix:///nonexistent/docker.sock' }));
  expect(error).toMatchObject({ code: 'GB_DOCKER_UNAVAILABLE', message: expect.stringContaining('does not answer') });
});

test('no command', async () => {
  expect((await errorOf(() => findDocker({ PATH: temporaryDir() }))).code).toBe('GB_DOCKER_UNAVAILABLE');
});

test('an engine on another machine', async () => {
  const error = await errorOf(() => findDocker({ DOCKER_HOST: 'tcp://10.0.0.1:2375' }));
  expect(error).toMatchObject({ code: 'GB_DOCKER_UNAVAILABLE', hint: expect.stringContaining('DOCKER_HOST') });
});

test('no Compose', async () => {
  const env = await docker(NO_IMAGE, 'exit 1');
  expect((await errorOf(() => findDocker(env))).code).toBe('GB_DOCKER_COMPOSE_MISSING');
});

test('an image that cannot be pulled, with the variable by which another is named', async () => {
  const env = await docker(NO_IMAGE, 'case $1 in compose) echo 2.40.0;; *) echo "no route to host"; exit 1;; esac');
  expect(await errorOf(() => fetchEtcd(env))).toMatchObject({
    code: 'GB_DOCKER_IMAGE_MISSING',
    hint: expect.stringContaining('GOBOOL_IMAGE_ETCD'),
    problems: ['no route to host'],
  });
});

test('an engine that refuses', async () => {
  const refuse: RequestListener = (request, response) => {
    response.writeHead(request.url === '/version' ? 200 : 500, { 'content-type': 'application/json' });
    response.end('{"Version":"28.0.0","message":"no space left on device"}');
  };
  const env = await docker(refuse, 'echo 2.40.0');
  expect(await errorOf(() => fetchEtcd(env))).toMatchObject({
    code: 'GB_DOCKER_FAILED',
    message: 'Docker: no space left on device.',
  });
});
