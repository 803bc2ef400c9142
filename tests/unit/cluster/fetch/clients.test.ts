/** What is said when a package client is missing or fails. The clients are real programs that fail on purpose. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { cachedFolder } from '../../../../src/cluster/dev/fetch/cached-folder.ts';
import type { FetchContext } from '../../../../src/cluster/dev/fetch/fetch-context.ts';
import { fetchEngine } from '../../../../src/cluster/dev/fetch/fetch-engine.ts';
import { postgresEngine } from '../../../../src/cluster/dev/fetch/postgres.ts';
import { errorOf } from '../../../helpers/errors.ts';
import { javaHome, script, testMachine } from '../../../helpers/fetch-context.ts';

const FETCHES: Readonly<Record<string, (context: FetchContext) => Promise<unknown>>> = {
  kafka: context => fetchEngine('kafka', context),
  mongodb: context => fetchEngine('mongodb', context),
  /** The recipe itself: the machine of the tests may have a PostgreSQL. */
  postgres: context => cachedFolder(postgresEngine.recipe(), context),
  etcd: context => fetchEngine('etcd', context),
};

/** Clients that say their version, and fail with some lines when they are used. */
function machineWhereClientsSay(...lines: readonly string[]) {
  const machine = testMachine();
  const client = (name: string, version: string, isVersion: string) =>
    script(
      join(machine.binDir, name),
      `case "$*" in ${isVersion}) echo '${version}'; exit 0;; esac`,
      ...lines.map(line => `echo '${line}' >&2`),
      'exit 1',
    );
  client('mvn', 'Apache Maven 3.9.1', '-version');
  client('python3', 'pip 24.0 from somewhere', '*--version');
  client('npm', '10.2.0', '--version');
  client('go', 'go version go1.26.1 linux/amd64', 'version');
  const env = { ...machine.context.env, JAVA_HOME: javaHome(join(machine.binDir, '..', 'java'), '17.0.1') };
  return { ...machine, context: { ...machine.context, env } };
}

test.each([
  ['kafka', 'Maven 3.6.3', 'apt install maven'],
  ['mongodb', 'pip 19', 'apt install python3-pip'],
  ['postgres', 'npm 7', 'apt install npm'],
  ['etcd', 'Go 1.21', 'apt install etcd-server'],
])('%s without its client: %s', async (name, client, remedy) => {
  const { context, binDir } = testMachine();
  const env = { ...context.env, JAVA_HOME: javaHome(join(binDir, '..', 'java'), '17.0.1') };
  const error = await errorOf(() => FETCHES[name]?.({ ...context, env }));
  expect(error.code).toBe('GB_FETCH_CLIENT');
  expect(error.message).toContain(`is fetched with ${client} or later, and there is none on PATH`);
  expect(error.hint).toContain(remedy);
});

test('a client that is too old is none', async () => {
  const { context, binDir } = testMachine();
  script(join(binDir, 'go'), 'echo go version go1.19.8 linux/amd64');
  expect(await errorOf(() => fetchEngine('etcd', context))).toMatchObject({ code: 'GB_FETCH_CLIENT' });
});

test.each([
  ['kafka', 'Could not transfer artifact x:y:pom:1 from/to central (https://mirror.test/maven2): Unknown host'],
  [
    'mongodb',
    'NewConnectionError: Failed to establish a new connection: [Errno -3] Temporary failure in name resolution',
  ],
  [
    'postgres',
    'npm error request to https://user:secret@mirror.test/x failed, reason: getaddrinfo EAI_AGAIN mirror.test',
  ],
  ['etcd', 'go: example@v1: Get "https://mirror.test/x": dial tcp: lookup mirror.test on 127.0.0.1:53: no such host'],
])('%s without a network', async (name, line) => {
  const { context } = machineWhereClientsSay(line);
  const error = await errorOf(() => FETCHES[name]?.(context));
  expect(error.code).toBe('GB_FETCH_NETWORK');
  expect(error.problems).toHaveLength(1);
  expect(`${error.message} ${error.problems}`).not.toMatch(/mirror|secret/);
});

test.each([
  ['GB_DISK_FULL', 'mongodb', 'OSError: [Errno 28] No space left on device'],
  ['GB_FETCH_CORRUPT', 'mongodb', 'ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.'],
  ['GB_FETCH_CORRUPT', 'postgres', 'npm error code EINTEGRITY'],
  ['GB_FETCH_CORRUPT', 'etcd', 'verifying x@v1/go.mod: checksum mismatch'],
  ['GB_FETCH_FAILED', 'kafka', 'BUILD FAILURE'],
])('%s: %s says "%s"', async (code, name, line) => {
  const { context } = machineWhereClientsSay(line);
  const error = await errorOf(() => FETCHES[name]?.(context));
  expect(error).toMatchObject({ code, problems: [line] });
});

test('only the last lines of a long output are shown', async () => {
  const { context } = machineWhereClientsSay(...Array.from({ length: 50 }, (_, i) => `line ${i}`));
  const error = await errorOf(() => fetchEngine('etcd', context));
  expect(error.problems).toEqual(['line 44', 'line 45', 'line 46', 'line 47', 'line 48', 'line 49']);
});

test('a jar with another hash is thrown away', async () => {
  const machine = machineWhereClientsSay();
  const jar = 'at/yawk/lz4/lz4-java/1.10.1/lz4-java-1.10.1.jar';
  script(
    join(machine.binDir, 'mvn'),
    'case "$*" in -version) echo "Apache Maven 3.9.1"; exit 0;; esac',
    'repository=$(echo "$*" | sed "s/.*-Dmaven.repo.local=//; s/ .*//")',
    `mkdir -p "$(dirname "$repository/${jar}")"`,
    `echo changed > "$repository/${jar}"`,
  );
  const error = await errorOf(() => fetchEngine('kafka', machine.context));
  expect(error).toMatchObject({ code: 'GB_FETCH_CORRUPT', message: expect.stringContaining('lz4-java-1.10.1.jar') });
  expect(existsSync(join(machine.context.cacheDir, 'maven', jar))).toBe(false);
});

/** A Go whose build runs the given lines, with the program to make in `$program`. */
function goThatBuilds(binDir: string, ...lines: readonly string[]): void {
  script(
    join(binDir, 'go'),
    'case "$1" in version) echo go version go1.26.1 linux/amd64; exit 0;; list) echo a; echo b; exit 0;; esac',
    'while [ "$1" != -o ]; do shift; done',
    'program="$2"',
    ...lines,
  );
}

test('etcd is built, shows how far it is, and comes from the cache afterwards', async () => {
  const { context, binDir, steps } = testMachine();
  goThatBuilds(binDir, 'echo a', 'echo b', 'printf "#!/bin/sh\\n" > "$program"', 'chmod +x "$program"');
  const install = await fetchEngine('etcd', context);
  expect(install).toMatchObject({ route: 'cache', version: expect.stringMatching(/^3\.\d+\.\d+$/) });
  expect(steps).toEqual(['compiling etcd', 'compiling etcd, 1 of 2 packages', 'compiling etcd, 2 of 2 packages']);
  goThatBuilds(binDir, 'exit 1');
  expect(await fetchEngine('etcd', context)).toEqual(install);
});

test('a fetched program that does not start is not kept', async () => {
  const { context, binDir } = testMachine();
  const lines = ['echo "error while loading shared libraries: libx.so.1" >&2', 'exit 127'];
  goThatBuilds(binDir, `printf '#!/bin/sh\\n${lines.join('\\n')}\\n' > "$program"`, 'chmod +x "$program"');
  const error = await errorOf(() => fetchEngine('etcd', context));
  expect(error).toMatchObject({
    code: 'GB_ENGINE_UNUSABLE',
    message: expect.stringContaining('exit 127'),
    problems: [expect.stringContaining('libx.so.1')],
  });
});

test('stopping a fetch kills the client and all that it started', async () => {
  const { context, binDir, abort } = testMachine();
  const pidFile = join(binDir, 'pid');
  goThatBuilds(binDir, `sleep 600 & echo $! > ${pidFile}`, 'wait');
  const fetching = fetchEngine('etcd', context);
  while (!existsSync(pidFile) || readFileSync(pidFile, 'utf8') === '') await pause(10);
  abort(new Error('stopped by a person'));
  await expect(fetching).rejects.toThrow('stopped by a person');
  const pid = Number(readFileSync(pidFile, 'utf8'));
  await expect.poll(() => isRunning(pid)).toBe(false);
});

/** A killed process that nobody has waited for yet does not run. */
function isRunning(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}
