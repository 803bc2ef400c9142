/** The audit log as a file. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { auditLog } from '../../../../../src/cluster/services/gateway/audit.ts';
import { askAs, keyIdOf } from '../../../../helpers/gateway/ask.ts';
import { smallGateway } from '../../../../helpers/gateway/small-gateway.ts';
import { temporaryDir } from '../../../../helpers/temporary-dir.ts';

test('has a line for what was done and what was refused, and goes on where it was', async () => {
  const file = join(temporaryDir(), 'gateway', 'audit.ndjson');
  const lines = () => readFileSync(file, 'utf8').trim().split('\n');
  auditLog(file, pino({ level: 'silent' })).info({ url: '/before' });
  const gateway = await smallGateway({ audit: auditLog(file, pino({ level: 'silent' })) });
  const [admin, reader] = [await gateway.key({ scopes: ['admin'] }), await gateway.key({ scopes: ['read'] })];
  const made = await askAs(gateway, admin, 'POST', '/v1/keys', { name: 'ci', scopes: ['read'], expiresMs: null });
  await askAs(gateway, reader, 'GET', '/v1/keys');
  await askAs(gateway, reader, 'GET', '/v1/workers');
  await expect.poll(lines).toHaveLength(3);
  const [before, created, refused] = lines().map(line => JSON.parse(line));
  expect(before).toMatchObject({ url: '/before' });
  expect(created).toMatchObject({
    keyId: keyIdOf(admin),
    method: 'POST',
    url: '/v1/keys',
    status: 201,
    made: `/v1/keys/${made.body.keyId}`,
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
  });
  expect(refused).toMatchObject({ keyId: keyIdOf(reader), method: 'GET', url: '/v1/keys', status: 403 });
  expect(statSync(file).mode & 0o777).toBe(0o600);
});
