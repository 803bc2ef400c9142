/** What is kept of finished tasks, fetched through the gateway. */
import { expect, test } from 'vitest';
import { LIMITS } from '../../../../../src/cluster/services/gateway/limits.ts';
import { smallGateway } from '../../../../helpers/gateway/small-gateway.ts';
import { RUN, runView } from '../../../../helpers/gateway/views.ts';

const KEPT: Readonly<Record<string, string>> = {
  [`/tasks/${RUN}-0/artifact`]: 'a frame',
  [`/tasks/${RUN}-0/rows`]: '{"time":1}\n{"time":2}\n',
};

const TOO_MANY = {
  title: 'Too large.',
  status: 413,
  detail: 'More bars than can be joined.',
  code: 'GB_REQUEST_TOO_LARGE',
};

async function start() {
  const gateway = await smallGateway();
  const authorization = await gateway.key();
  await gateway.join(({ url = '' }, response) => {
    if (url === `/runs/${RUN}`) return response.end(JSON.stringify(runView({ keyId: authorization.slice(10, 24) })));
    if (url === `/tasks/${RUN}-2/rows`) return response.writeHead(413).end(JSON.stringify(TOO_MANY));
    return response.writeHead(KEPT[url] === undefined ? 404 : 200).end(KEPT[url] ?? '{}');
  });
  const get = (path: string, key = authorization) =>
    fetch(`${gateway.url}/v1/tasks/${path}`, { headers: { authorization: key } });
  return { gateway, get };
}

test('the artifact, and the rows with their bars, come as join has them', async () => {
  const { get } = await start();
  const [artifact, rows] = [await get(`${RUN}-0/artifact`), await get(`${RUN}-0/rows`)];
  expect([artifact.headers.get('content-type'), await artifact.text()]).toEqual([
    'application/octet-stream',
    'a frame',
  ]);
  expect([rows.headers.get('content-type'), await rows.text()]).toEqual([
    'application/x-ndjson',
    '{"time":1}\n{"time":2}\n',
  ]);
});

test('of a task that is not done nothing is kept, and of another key there is nothing to see', async () => {
  const { gateway, get } = await start();
  const unfinished = await get(`${RUN}-1/artifact`);
  expect([unfinished.status, ((await unfinished.json()) as { code: string }).code]).toEqual([
    422,
    'GB_ARTIFACT_MISSING',
  ]);
  const strange = await get(`${RUN}-0/rows`, await gateway.key());
  expect([strange.status, ((await strange.json()) as { code: string }).code]).toEqual([404, 'GB_RUN_UNKNOWN']);
});

test('what join refuses is refused, not taken for its absence', async () => {
  const { get } = await start();
  const refused = await get(`${RUN}-2/rows`);
  const { code, detail, retryable } = (await refused.json()) as Record<string, unknown>;
  const { code: expected, detail: why } = TOO_MANY;
  expect([refused.status, code, detail, retryable]).toEqual([413, expected, why, false]);
});

test('a key has a few of them at once, as each takes memory: results and artifacts together', async () => {
  const gateway = await smallGateway({ limits: { ...LIMITS, downloads: 1 } });
  const authorization = await gateway.key();
  await gateway.join(({ url = '' }, response) => {
    if (url.endsWith('/rows')) return response.writeHead(200).flushHeaders();
    return response.end(JSON.stringify(runView({ keyId: authorization.slice(10, 24) })));
  });
  const get = (path: string, signal?: AbortSignal) =>
    fetch(`${gateway.url}/v1/${path}`, { headers: { authorization }, ...(signal && { signal }) });
  const leaving = new AbortController();
  expect((await get(`tasks/${RUN}-0/rows`, leaving.signal)).status).toBe(200);
  for (const path of [`tasks/${RUN}-0/rows`, `tasks/${RUN}-0/artifact`, `artifacts/${'a'.repeat(64)}`]) {
    const refused = await get(path);
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([429, 'GB_RATE_LIMIT']);
  }
  leaving.abort();
  await expect.poll(async () => (await get(`artifacts/${'a'.repeat(64)}`)).status).toBe(422);
});
