import { expect, test, vi } from 'vitest';
import { type SmallGateway, smallGateway } from '../../../../helpers/gateway/small-gateway.ts';

const ask = (gateway: SmallGateway, path: string, init: RequestInit = {}) => fetch(gateway.url + path, init);

async function metricsOf(gateway: SmallGateway): Promise<string> {
  const response = await ask(gateway, '/metrics');
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  return await response.text();
}

test('requests are counted by route and status, refusals by code; nobody needs a key to see them', async () => {
  const gateway = await smallGateway();
  const authorization = await gateway.key();
  const body = '{"hashes":[]}';
  const headers = { 'content-type': 'application/json' };
  await ask(gateway, '/v1/artifacts/missing', { method: 'POST', headers: { ...headers, authorization }, body });
  await ask(gateway, '/v1/artifacts/missing', { method: 'POST', headers, body });
  await ask(gateway, '/nowhere');
  await vi.waitUntil(async () => (await metricsOf(gateway)).includes('route="none"'), { timeout: 5_000 });
  const page = await metricsOf(gateway);
  const labels = 'service="gateway",method="POST",route="/v1/artifacts/missing"';
  for (const status of [200, 401])
    expect(page).toContain(`gobool_gateway_request_seconds_count{${labels},status="${status}"} 1`);
  expect(page).toContain('gobool_gateway_refused_requests_total{code="GB_KEY_INVALID",service="gateway"} 1');
  expect(page).toContain('gobool_gateway_refused_requests_total{code="GB_REQUEST_UNKNOWN",service="gateway"} 1');
});

test('a stream counts as long as it is open', async () => {
  const gateway = await smallGateway();
  const authorization = await gateway.key();
  const runId = `r-${'1'.repeat(24)}`;
  const keyId = authorization.slice(10, 24);
  await gateway.join((request, response) => {
    if (!request.url?.endsWith('/stream')) return response.end(JSON.stringify({ runId, keyId }));
    return response.writeHead(200, { 'content-type': 'text/event-stream' }).write(':\n\n');
  });
  const client = new AbortController();
  const openNow = async () => /^gobool_gateway_open_streams.* (\d+)$/m.exec(await metricsOf(gateway))?.[1];
  await vi.waitFor(
    async () => {
      const { status } = await ask(gateway, `/v1/runs/${runId}/stream`, {
        headers: { authorization },
        signal: client.signal,
      });
      expect(status).toBe(200);
    },
    { timeout: 10_000 },
  );
  expect(await openNow()).toBe('1');
  client.abort();
  await vi.waitUntil(async () => (await openNow()) === '0', { timeout: 10_000 });
});
