import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { configDir } from '../../../../src/cluster/dev/cluster-folder.ts';
import type { ComponentName } from '../../../../src/cluster/dev/component.ts';
import {
  connectProperties,
  connectSecrets,
  connectSecretsFile,
} from '../../../../src/cluster/dev/connect-properties.ts';
import type { Install } from '../../../../src/cluster/dev/fetch/install.ts';
import { mongodbKey } from '../../../../src/cluster/dev/mongodb-secrets.ts';
import { connectEngine } from '../../../../src/cluster/dev/native/engines/connect.ts';
import { mongodbEngine } from '../../../../src/cluster/dev/native/engines/mongodb.ts';
import { declaredConnectors } from '../../../../src/cluster/schema/connectors.ts';
import { soloFacts } from '../../../helpers/solo-engine.ts';
import { temporaryDir } from '../../../helpers/temporary-dir.ts';

const never = new AbortController().signal;
const origin = { version: '1', route: 'path', location: '/usr/bin/engine' } as const;
const MONGOD: Install = { ...origin, kind: 'program', program: '/usr/bin/mongod' };
const JAVA: Install = {
  ...origin,
  kind: 'java',
  java: '/usr/bin/java',
  javaVersion: '17.0.1',
  classPath: ['/jars/a.jar', '/jars/b.jar'],
  pluginDir: '/jars/plugins',
};

describe.each([
  ['mongodb', mongodbEngine, MONGOD, 'members.key'],
  ['connect', connectEngine, JAVA, 'secrets.properties'],
] as const)('%s', (name: ComponentName, engine, install, secretFile) => {
  async function prepared() {
    const facts = await soloFacts(temporaryDir());
    await engine.prepare(facts, install, never);
    await engine.prepare(facts, install, never);
    return { facts, folder: configDir(facts.dir, name) };
  }

  test('secrets are in one file, which only its owner can read', async () => {
    const { facts, folder } = await prepared();
    const secrets = [...Object.values(facts.secrets), mongodbKey(facts.secrets)];
    const holders = readdirSync(folder).filter(file => {
      const text = readFileSync(join(folder, file), 'utf8');
      return secrets.some(secret => text.includes(secret));
    });
    expect(holders).toEqual([secretFile]);
    expect(statSync(join(folder, secretFile)).mode & 0o777).toBe(0o600);
  });

  test('no secret is on the command line, and nothing listens beyond this machine', async () => {
    const { facts, folder } = await prepared();
    const { program, args, env } = engine.launch(facts, install);
    const text = [program, ...args, ...Object.values(env ?? {})].join('\n');
    expect(Object.values(facts.secrets).filter(secret => text.includes(secret))).toEqual([]);
    const settings = readdirSync(folder).map(file => readFileSync(join(folder, file), 'utf8'));
    expect(settings.join('\n')).toMatch(/127\.0\.0\.1/);
    expect([text, ...settings].join('\n')).not.toContain('0.0.0.0');
  });
});

test("mongod's settings", async () => {
  const facts = await soloFacts(temporaryDir());
  await mongodbEngine.prepare(facts, MONGOD, never);
  const settings = JSON.parse(readFileSync(join(configDir(facts.dir, 'mongodb'), 'mongod.conf'), 'utf8'));
  expect(settings).toMatchObject({
    net: { bindIp: '127.0.0.1', port: facts.ports.mongodb, unixDomainSocket: { enabled: false } },
    security: { authorization: 'enabled' },
    setParameter: { enableLocalhostAuthBypass: false },
  });
});

test("the members' key is base64, as mongod wants it, whatever the secret", () => {
  const key = mongodbKey({ mongodbKey: '-_'.repeat(16) } as never);
  expect(key).toMatch(/^[A-Za-z0-9+/]{6,1024}={0,2}$/);
});

test("a worker's settings name addresses as they are given, and where secrets may be read", () => {
  const text = connectProperties({
    bootstrap: 'kafka:9092',
    rest: '0.0.0.0:8083',
    pluginDir: '/plugins',
    secretsDir: '/secrets',
  });
  for (const line of [
    'bootstrap.servers=kafka:9092',
    'listeners=http://0.0.0.0:8083',
    'plugin.path=/plugins',
    'plugin.discovery=service_load',
    'config.providers.file.param.allowed.paths=/secrets',
  ])
    expect(text.split('\n')).toContain(line);
});

test('a connector names its secret, and the file holds it for the address inside the cluster', async () => {
  const facts = await soloFacts(temporaryDir());
  const inside = { kafka: 'kafka:9092', mongodb: 'mongodb:27017' };
  const secrets = connectSecrets({ ...facts, inside });
  expect(secrets).toContain(`mongodb.uri=mongodb://connect:${facts.secrets.mongodbConnect}@mongodb:27017/?`);
  const [connector] = declaredConnectors(connectSecretsFile(facts));
  expect(connector?.config['connection.uri']).toBe(`\${file:${connectSecretsFile(facts)}:mongodb.uri}`);
});
