import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SERVICE_NAMES } from '../../../../src/cluster/dev/component.ts';
import { ownInstall } from '../../../../src/cluster/dev/fetch/own.ts';
import { serviceEngine } from '../../../../src/cluster/dev/native/engines/services.ts';
import { serviceSettingsFile, servicesBehind } from '../../../../src/cluster/dev/service-settings.ts';
import { writeProjectSettings } from '../../../../src/cluster/dev/state/project-settings.ts';
import { readServiceSettings } from '../../../../src/cluster/services/common/settings.ts';
import { errorOf } from '../../../helpers/errors.ts';
import { soloFacts } from '../../../helpers/solo-engine.ts';
import { temporaryDir } from '../../../helpers/temporary-dir.ts';

const never = new AbortController().signal;

describe.each(SERVICE_NAMES)('%s', name => {
  const engine = serviceEngine(name);
  const install = ownInstall(name, { env: { XDG_CACHE_HOME: '/cache' } });

  test('lies in gobool, in the version of it', () => {
    expect(existsSync(install.location)).toBe(true);
    expect(install).toMatchObject({ route: 'own', version: expect.stringMatching(/^\d+\.\d+\.\d+/) });
  });

  test('gets its settings, with all secrets, in a file that only its owner can read', async () => {
    const facts = await soloFacts(temporaryDir());
    await engine.prepare(facts, install, never);
    await engine.prepare(facts, install, never);
    const file = serviceSettingsFile(name, facts);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readServiceSettings(file)).toMatchObject({
      clusterId: facts.id,
      kafka: `127.0.0.1:${facts.ports.kafka}`,
      port: facts.ports[name],
      postgres: { password: facts.secrets.postgres },
      mongodb: { login: { name: 'gobool', password: facts.secrets.mongodbApp } },
    });
    const { cacheDir } = JSON.parse(readFileSync(file, 'utf8'));
    expect(existsSync(cacheDir)).toBe(true);
  });

  test('gets what the configuration says when it starts, and is behind until then', async () => {
    const facts = await soloFacts(temporaryDir());
    await engine.prepare(facts, install, never);
    writeProjectSettings(facts.dir, { webhook: 'https://example.org/hook', policies: { '*': { finally: 'notify' } } });
    expect(servicesBehind(facts)).toEqual([name]);
    await engine.prepare(facts, install, never);
    expect(servicesBehind(facts)).toEqual([]);
    expect(readServiceSettings(serviceSettingsFile(name, facts))).toMatchObject({
      webhook: 'https://example.org/hook',
      policies: { '*': { finally: 'notify' } },
    });
  });

  test('runs on this Node, with no secret on its command line or in its environment', async () => {
    const facts = await soloFacts(temporaryDir());
    const { program, args, env = {} } = engine.launch(facts, install);
    expect(program).toBe(process.execPath);
    expect(args.slice(-2)).toEqual([install.location, serviceSettingsFile(name, facts)]);
    expect(env).toEqual({ NODE_COMPILE_CACHE: '/cache/gobool/compile-cache' });
    const text = [...args, ...Object.values(env)].join('\n');
    expect(Object.values(facts.secrets).filter(secret => text.includes(secret))).toEqual([]);
  });
});

test('a service refuses settings of which something is missing', async () => {
  const file = join(temporaryDir(), 'settings.json');
  writeFileSync(file, JSON.stringify({ clusterId: 'c-0123456789ab', port: 0 }));
  const { code, problems } = await errorOf(() => readServiceSettings(file));
  expect(code).toBe('GB_SERVICE_SETTINGS');
  expect(problems.join('\n')).toContain('kafka');
});

test('the folder of compiled code is that of the CLI, where it names one', () => {
  const env = { XDG_CACHE_HOME: '/cache', NODE_COMPILE_CACHE: '/compiled' };
  expect(ownInstall('gateway', { env }).compileCache).toBe('/compiled');
});
