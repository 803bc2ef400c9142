import { describe, expect, test } from 'vitest';
import { ENGINE_NAMES, type EngineName } from '../../../../../src/cluster/dev/component.ts';
import { composeFile } from '../../../../../src/cluster/dev/docker/compose-file.ts';
import { newRecord } from '../../../../../src/cluster/dev/state/cluster-record.ts';
import { factsOf } from '../../../../../src/cluster/dev/state/facts.ts';
import { makeSecrets } from '../../../../../src/cluster/dev/state/secrets.ts';

const ID = 'c-0123456789ab';
const record = newRecord({ id: ID, name: 'default', driver: 'docker' });
const facts = factsOf('/home/$me/a: project', record, makeSecrets());
const KEEPERS = ['kafka', 'mongodb', 'postgres', 'etcd'] as const;
const each = (names: readonly EngineName[], kind: string) => new Map(names.map(name => [name, `${kind}-of-${name}`]));
const text = composeFile(facts, { images: each(ENGINE_NAMES, 'image'), volumes: each(KEEPERS, 'data') });
const { services, networks, volumes } = JSON.parse(text);

test('every component is a service with its image and its labels', () => {
  expect(Object.keys(services)).toEqual(ENGINE_NAMES);
  for (const name of ENGINE_NAMES) {
    const labels = { 'gobool.cluster': ID, 'gobool.component': name };
    expect(services[name]).toMatchObject({ image: `image-of-${name}`, labels, environment: { GOBOOL_CLUSTER_ID: ID } });
  }
  expect(networks.default.labels).toEqual({ 'gobool.cluster': ID });
});

test('who keeps data has a volume', () => {
  expect(Object.keys(volumes)).toEqual(KEEPERS);
  for (const name of KEEPERS) {
    const labels = { 'gobool.cluster': ID, 'gobool.component': name };
    expect(volumes[name]).toEqual({ name: `data-of-${name}`, labels });
    expect(services[name].volumes).toContainEqual({
      type: 'volume',
      source: name,
      target: '/home/$$me/a: project/data',
    });
  }
  expect(services.streams.volumes).toHaveLength(1);
});

describe('what the machine reaches', () => {
  test('one port of each, on loopback', () => {
    const { ports } = facts;
    expect(Object.fromEntries(ENGINE_NAMES.map(name => [name, services[name].ports]))).toEqual({
      kafka: [`127.0.0.1:${ports.kafka}:${ports.kafka}`],
      connect: [`127.0.0.1:${ports.connect}:${ports.connect}`],
      streams: [`127.0.0.1:${ports.streams}:${ports.streams}`],
      mongodb: [`127.0.0.1:${ports.mongodb}:27017`],
      postgres: [`127.0.0.1:${ports.postgres}:${ports.postgres}`],
      etcd: [`127.0.0.1:${ports.etcd}:${ports.etcd}`],
    });
  });

  test('of its files only the configuration of that component, to read', () => {
    for (const name of ENGINE_NAMES) {
      const bound = services[name].volumes.filter(({ type }: { type: string }) => type === 'bind');
      const config = `/home/$$me/a: project/config/${name}`;
      expect(bound).toEqual([{ type: 'bind', source: config, target: config, read_only: true }]);
    }
  });
});

test('no secret is in it', () => {
  expect(Object.values(facts.secrets).filter(secret => text.includes(secret))).toEqual([]);
});

test('what Compose would take for a variable is escaped', () => {
  expect(text.replaceAll('$$', '')).not.toContain('$');
  expect(services.postgres.command.join(' ')).toContain('exec "$$@"');
});
