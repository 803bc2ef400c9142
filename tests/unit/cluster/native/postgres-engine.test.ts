import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ProgramInstall } from '../../../../src/cluster/dev/fetch/install.ts';
import { AS_NOBODY, firstAllowed, IN_NAMESPACE } from '../../../../src/cluster/dev/native/engines/as-ordinary-user.ts';
import { etcdEngine } from '../../../../src/cluster/dev/native/engines/etcd.ts';
import { postgresEngineAs } from '../../../../src/cluster/dev/native/engines/postgres.ts';
import { errorOf } from '../../../helpers/errors.ts';
import { soloFacts } from '../../../helpers/solo-engine.ts';
import { temporaryDir } from '../../../helpers/temporary-dir.ts';

const postgres = postgresEngineAs(() => ({ prefix: [] }));
const never = new AbortController().signal;

function installIn(dir: string): ProgramInstall {
  const program = join(dir, 'postgres');
  return { kind: 'program', program, version: '15.18', route: 'path', location: program };
}

test('no secret stands on a command line, and nothing listens beyond this machine', async () => {
  const facts = await soloFacts(temporaryDir());
  for (const engine of [postgres, etcdEngine]) {
    const { program, args, env } = engine.launch(facts, installIn('/usr/bin'));
    const text = [program, ...args, ...Object.values(env ?? {})].join('\n');
    expect(Object.values(facts.secrets).filter(secret => text.includes(secret))).toEqual([]);
    expect(text).not.toContain('0.0.0.0');
    expect(text).toContain('127.0.0.1');
  }
});

describe('as root', () => {
  test('the server stands behind what makes it somebody else', async () => {
    const facts = await soloFacts(temporaryDir());
    for (const identity of [IN_NAMESPACE, AS_NOBODY]) {
      const { program, args } = postgresEngineAs(() => identity).launch(facts, installIn('/usr/bin'));
      expect([program, ...args].slice(0, identity.prefix.length + 1)).toEqual([
        ...identity.prefix,
        '/usr/bin/postgres',
      ]);
    }
  });

  test('a machine that allows no way says so', async () => {
    const error = await errorOf(() => firstAllowed([{ prefix: ['/nowhere/unshare'] }, { prefix: ['false'] }]));
    expect(error.code).toBe('GB_POSTGRES_ROOT');
    expect(firstAllowed([{ prefix: ['/nowhere/unshare'] }, { prefix: ['env'] }]).prefix).toEqual(['env']);
  });
});

describe('an initdb that fails', () => {
  test('is told with its last lines, and leaves nothing', async () => {
    const dir = temporaryDir();
    writeFileSync(join(dir, 'initdb'), '#!/bin/sh\necho "no space left"\nexit 1\n');
    chmodSync(join(dir, 'initdb'), 0o755);
    const error = await errorOf(async () => postgres.prepare(await soloFacts(dir), installIn(dir), never));
    expect(error).toMatchObject({ code: 'GB_POSTGRES_INITDB', problems: ['no space left'] });
    expect(readdirSync(join(dir, 'data'))).toEqual([]);
  });

  test('is told where there is none', async () => {
    const dir = temporaryDir();
    const error = await errorOf(async () => postgres.prepare(await soloFacts(dir), installIn(dir), never));
    expect(error.code).toBe('GB_POSTGRES_INITDB');
    expect(error.problems.join()).toContain('ENOENT');
  });
});

test('data of another major version are left alone', async () => {
  const dir = temporaryDir();
  mkdirSync(join(dir, 'data', 'postgres'), { recursive: true });
  writeFileSync(join(dir, 'data', 'postgres', 'PG_VERSION'), '18\n');
  const error = await errorOf(async () => postgres.prepare(await soloFacts(dir), installIn(dir), never));
  expect(error).toMatchObject({ code: 'GB_POSTGRES_VERSION' });
  expect(error.message).toBe('The data belong to PostgreSQL 18, and this is 15.18.');
});
