import { expect, test } from 'vitest';
import { SERVICE_NAMES } from '../../../../src/cluster/dev/component.ts';
import { makeDriver } from '../../../../src/cluster/dev/make-driver.ts';
import { errorOf } from '../../../helpers/errors.ts';
import { testMachine } from '../../../helpers/fetch-context.ts';

const never = new AbortController().signal;

test('beside containers services are processes, and need no Docker', async () => {
  const driver = await makeDriver('docker', testMachine().context.env);
  expect(driver.name).toBe('docker');
  for (const name of SERVICE_NAMES)
    expect(await driver.fetch(name, () => {}, never)).toMatchObject({
      route: 'own',
      location: expect.stringContaining(name),
    });
  expect((await errorOf(() => driver.fetch('kafka', () => {}, never))).code).toBe('GB_DOCKER_UNAVAILABLE');
});
