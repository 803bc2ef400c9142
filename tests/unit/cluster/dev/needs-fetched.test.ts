import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { Supervisor } from '../../../../src/cluster/dev/daemon/supervisor.ts';
import type { Driver } from '../../../../src/cluster/dev/driver.ts';
import { smallComponent, smallDriver } from '../../../helpers/small-engines.ts';
import { soloFacts } from '../../../helpers/solo-engine.ts';
import { temporaryDir } from '../../../helpers/temporary-dir.ts';

test('a component starts once what it needs lies on the machine, before that is healthy', async () => {
  const fetched = Promise.withResolvers<void>();
  const driver: Driver = {
    ...smallDriver({ kafka: 'setInterval(() => {}, 1000)' }),
    async fetch(name) {
      if (name === 'kafka') await fetched.promise;
      return { version: '1', route: 'path', location: name };
    },
  };
  const components = [smallComponent('kafka'), smallComponent('join', { needs: ['kafka'] })];
  const supervisor = new Supervisor({
    driver,
    facts: await soloFacts(temporaryDir()),
    components,
    origins: {},
  });
  onTestFinished(() => supervisor.down());
  supervisor.adopt(new Map());
  supervisor.up(['join']);
  await pause(200);
  expect(supervisor.runnerOf('join').life.state).toBe('fetching');
  fetched.resolve();
  while (supervisor.runnerOf('join').life.state !== 'healthy') await once(supervisor.changes, 'change');
  expect(supervisor.runnerOf('kafka').life.state).toBe('starting');
});
