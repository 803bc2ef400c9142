/** PostgreSQL by itself, broken in every way that a development machine knows. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { dataDir } from '../../src/cluster/dev/cluster-folder.ts';
import { postgresComponent } from '../../src/cluster/dev/components/postgres.ts';
import { ordinaryUser } from '../../src/cluster/dev/native/engines/as-ordinary-user.ts';
import { postgresEngine } from '../../src/cluster/dev/native/engines/postgres.ts';
import { readProcess } from '../../src/cluster/dev/native/process-table.ts';
import { errorOf } from '../helpers/errors.ts';
import { checkTime, crash, freeze, installOf, patience, soloEngine, soloFacts, thaw } from '../helpers/solo-engine.ts';
import { sqlOf } from '../helpers/sql-of.ts';
import { temporaryDir } from '../helpers/temporary-dir.ts';

const start = () => soloEngine(postgresEngine, postgresComponent);

test('one that stands still fails its check in time, and the same client sees it heal', async () => {
  const { client, process: current } = await start();
  await freeze(current());
  const startMs = performance.now();
  expect(await errorOf(() => client.check(checkTime()))).toMatchObject({
    code: 'GB_PROBE_POSTGRES',
    message: 'PostgreSQL does not answer.',
  });
  expect(performance.now() - startMs).toBeLessThan(1_700);
  thaw(current());
  await client.check(checkTime());
  expect(await client.probe(patience())).toMatch(/^row committed/);
});

test('one that is gone fails its check at once, and so does its probe', async () => {
  const { client, facts, process: current } = await start();
  await crash(current());
  expect((await errorOf(() => client.check(checkTime()))).code).toBe('GB_PROBE_POSTGRES');
  expect((await errorOf(() => client.probe(patience()))).code).toBe('GB_PROBE_POSTGRES');
  expect((await errorOf(() => sqlOf(facts).query('SELECT 1'))).code).toBe('GB_SQL_UNAVAILABLE');
});

test('a busy backend that outlived its postmaster does not keep the next one from starting', async () => {
  const engine = await start();
  const sql = sqlOf(engine.facts, { limits: { connections: 1, statementTimeoutMs: 60_000 } });
  const [backend] = await sql.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const pid = Number(backend?.pid);
  // It looks after its postmaster only where it waits, and this never waits.
  const work = errorOf(() => sql.query('SELECT count(*) FROM generate_series(1, 1000000000)'));
  await pause(200);
  await crash(engine.process());
  expect(readProcess(pid)).toBeDefined();
  await engine.start();
  expect(readProcess(pid)).toBeUndefined();
  expect((await work).code).toBe('GB_SQL_UNAVAILABLE');
  expect(await engine.client.probe(patience())).toMatch(/^row committed/);
});

test('a lock file with the pid of another process does not keep it from starting', async () => {
  const engine = await start();
  await crash(engine.process());
  const lockFile = join(dataDir(engine.facts.dir, 'postgres'), 'postmaster.pid');
  writeFileSync(lockFile, readFileSync(lockFile, 'utf8').replace(/^\d+/, String(process.pid)));
  await engine.start();
  expect(await engine.client.probe(patience())).toMatch(/^row committed/);
});

test('to prepare a server that runs disturbs nothing', async () => {
  const { facts, install, client, process: current } = await start();
  await postgresEngine.prepare(facts, install, patience());
  expect(readProcess(current().pid)).toBeDefined();
  expect(await client.probe(patience())).toMatch(/^row committed/);
});

test.each([20, 100, 300])('initdb interrupted after %d ms leaves nothing, and the next one works', async afterMs => {
  const facts = await soloFacts(temporaryDir());
  const install = await installOf(postgresEngine);
  const interrupted = postgresEngine.prepare(facts, install, AbortSignal.timeout(afterMs));
  await expect(interrupted).rejects.toMatchObject({ name: 'TimeoutError' });
  expect(readdirSync(join(facts.dir, 'data'))).toEqual([]);
  await postgresEngine.prepare(facts, install, patience());
  expect(readdirSync(join(facts.dir, 'data'))).toEqual(['postgres']);
});

test('an initdb that outlived its parent is ended, and what it made is made anew', async () => {
  const facts = await soloFacts(temporaryDir());
  const install = await installOf(postgresEngine);
  const { owner, prefix } = ordinaryUser();
  const building = join(facts.dir, 'data', '.postgres-building-orphan');
  mkdirSync(building, { recursive: true });
  if (owner !== undefined) chownSync(building, owner, owner);
  const [program = '', ...args] = [...prefix, join(dirname(install.location), 'initdb'), '-D', join(building, 'data')];
  const orphan = spawn(program, args, { cwd: building, stdio: 'ignore', detached: true });
  const ended = once(orphan, 'exit');
  await pause(150);
  await postgresEngine.prepare(facts, install, patience());
  expect((await ended)[1]).toBe('SIGKILL');
  expect(readdirSync(join(facts.dir, 'data'))).toEqual(['postgres']);
});
