import { chmodSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { DEFAULT_PORTS } from '../../../../src/cluster/dev/cluster-facts.ts';
import { newRecord, readRecord, writeRecord } from '../../../../src/cluster/dev/state/cluster-record.ts';
import { readFacts } from '../../../../src/cluster/dev/state/facts.ts';
import { readLive, writeLive } from '../../../../src/cluster/dev/state/live-record.ts';
import { portOwner } from '../../../../src/cluster/dev/state/port-owner.ts';
import { allocatePorts, checkPorts, freePorts, replaceTaken } from '../../../../src/cluster/dev/state/ports.ts';
import { makeSecrets, readSecrets, writeSecrets } from '../../../../src/cluster/dev/state/secrets.ts';
import { ensureSocketPath } from '../../../../src/cluster/dev/state/socket-path.ts';
import { tryLock } from '../../../../src/cluster/dev/state/try-lock.ts';
import { errorOf } from '../../../helpers/errors.ts';
import { temporaryDir } from '../../../helpers/temporary-dir.ts';

const RECORD = newRecord({ id: 'c-0123456789ab', name: 'default', driver: 'native' });

describe('cluster.json', () => {
  test('comes back as it was written', () => {
    const dir = temporaryDir();
    expect(readRecord(dir)).toBeUndefined();
    writeRecord(dir, RECORD);
    expect(readRecord(dir)).toEqual(RECORD);
  });

  test('from before a component existed gets its usual port', () => {
    const dir = temporaryDir();
    const { etcd, ...ports } = RECORD.ports;
    writeFileSync(join(dir, 'cluster.json'), JSON.stringify({ ...RECORD, ports }));
    expect(readRecord(dir)?.ports.etcd).toBe(etcd);
  });

  test('of a newer version is refused', async () => {
    const dir = temporaryDir();
    writeFileSync(join(dir, 'cluster.json'), JSON.stringify({ ...RECORD, v: 2 }));
    const error = await errorOf(() => readRecord(dir));
    expect(error.code).toBe('GB_CLUSTER_NEWER');
    expect(error.message).toContain('version 2, and this gobool knows version 1');
  });

  test.each([
    ['cut', '{"v":1,"id":'],
    ['empty', ''],
    ['without an id', JSON.stringify({ ...RECORD, id: 'x' })],
    ['without a port', JSON.stringify({ ...RECORD, ports: { ...RECORD.ports, etcd: 'x' } })],
    ['of no version', '{}'],
  ])('that is %s is refused', async (_, text) => {
    const dir = temporaryDir();
    writeFileSync(join(dir, 'cluster.json'), text);
    expect((await errorOf(() => readRecord(dir))).code).toBe('GB_CLUSTER_BROKEN');
  });
});

describe('secrets.json', () => {
  test('has 32 characters each, all different, and is closed to others', () => {
    const dir = temporaryDir();
    const secrets = makeSecrets();
    for (const secret of Object.values(secrets)) expect(secret).toMatch(/^[\w-]{32}$/);
    expect(new Set(Object.values(secrets)).size).toBe(5);
    writeSecrets(dir, secrets);
    expect(readSecrets(dir)).toEqual(secrets);
    expect(statSync(join(dir, 'secrets.json')).mode & 0o777).toBe(0o600);
  });

  test('that is cut is refused, since data was made with it', async () => {
    const dir = temporaryDir();
    writeFileSync(join(dir, 'secrets.json'), '{"postgres":');
    expect((await errorOf(() => readSecrets(dir))).code).toBe('GB_CLUSTER_BROKEN');
  });

  test('and cluster.json make the facts; without them there is no cluster', async () => {
    const dir = temporaryDir();
    expect((await errorOf(() => readFacts(dir))).code).toBe('GB_CLUSTER_MISSING');
    writeRecord(dir, RECORD);
    writeSecrets(dir, makeSecrets());
    const { id, ports, inside } = readFacts(dir);
    expect({ id, ports, inside }).toEqual({
      id: RECORD.id,
      ports: DEFAULT_PORTS,
      inside: { kafka: '127.0.0.1:29092', mongodb: '127.0.0.1:28017' },
    });
  });
});

test('live.json is a hint: what cannot be read counts as none', () => {
  const dir = temporaryDir();
  expect(readLive(dir)).toBeUndefined();
  writeFileSync(join(dir, 'live.json'), '{"daemon":{"pid"');
  expect(readLive(dir)).toBeUndefined();
  const live = { daemon: { pid: 1, startedAt: '2' }, socket: '/x', processes: { etcd: { pid: 3, startedAt: '4' } } };
  writeLive(dir, live);
  expect(readLive(dir)).toEqual(live);
});

test('a lock has one holder, until it is let go', () => {
  const file = join(temporaryDir(), 'made', 'daemon.lock');
  {
    using first = tryLock(file);
    expect(first).toBeDefined();
    expect(tryLock(file)).toBeUndefined();
  }
  using second = tryLock(file);
  expect(second).toBeDefined();
});

describe('ports', () => {
  /** Listens for as long as the test runs. */
  async function taken(): Promise<number> {
    const server = createServer();
    onTestFinished(() => void server.close());
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as { port: number }).port;
  }

  test('that are taken are told with their owner, all at once', async () => {
    const [mongodb, etcdPeer] = [await taken(), await taken()];
    const ports = { ...(await allocatePorts()), mongodb, etcdPeer };
    const error = await errorOf(() => checkPorts(['kafka', 'mongodb', 'etcd'], ports));
    expect(error.code).toBe('GB_CLUSTER_PORT_TAKEN');
    expect(error.message).toContain(`Port ${mongodb}, which mongodb needs, is taken by `);
    expect(error.message).toContain(`(pid ${process.pid})`);
    expect(error.problems).toHaveLength(2);
    await checkPorts(['kafka', 'postgres'], ports);
  });

  test('that are taken can be replaced; the others stay', async () => {
    const mongodb = await taken();
    const ports = { ...(await allocatePorts()), mongodb };
    const replaced = await replaceTaken(['kafka', 'mongodb'], ports);
    expect({ ...replaced, mongodb }).toEqual(ports);
    expect(replaced.mongodb).not.toBe(mongodb);
    await checkPorts(['mongodb'], replaced);
    expect(await replaceTaken(['kafka'], ports)).toEqual(ports);
  });

  test('for a cluster that takes any are all free, all different, and none of the usual', async () => {
    const ports = Object.values(await allocatePorts());
    expect(new Set([...ports, ...Object.values(DEFAULT_PORTS)]).size).toBe(2 * ports.length);
  });

  test('nobody owns a port on which nobody listens', async () => {
    const [port = 0] = await freePorts(1, []);
    expect(portOwner(port)).toBeUndefined();
    expect(portOwner(await taken())).toMatchObject({ pid: process.pid, isCluster: false });
  });
});

describe('the control socket', () => {
  const id = RECORD.id;

  test('lies in the runtime folder of the user, closed to others, on a short path', () => {
    const base = temporaryDir();
    expect(ensureSocketPath(id, { XDG_RUNTIME_DIR: base })).toBe(join(base, 'gobool', `${id}.sock`));
    expect(statSync(join(base, 'gobool')).mode & 0o777).toBe(0o700);
    const deep = join(base, 'x'.repeat(100));
    expect(ensureSocketPath(id, { XDG_RUNTIME_DIR: deep })).toBe(`/tmp/gobool-${process.getuid?.()}/${id}.sock`);
  });

  test('does not lie where others may reach it', async () => {
    const base = temporaryDir();
    mkdirSync(join(base, 'gobool'));
    chmodSync(join(base, 'gobool'), 0o755);
    expect((await errorOf(() => ensureSocketPath(id, { XDG_RUNTIME_DIR: base }))).code).toBe('GB_PERMISSION');
    const other = temporaryDir();
    symlinkSync(temporaryDir(), join(other, 'gobool'));
    expect((await errorOf(() => ensureSocketPath(id, { XDG_RUNTIME_DIR: other }))).code).toBe('GB_PERMISSION');
  });
});
