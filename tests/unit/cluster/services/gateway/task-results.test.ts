/** What is kept of finished tasks, fetched through the gateway. */
import { expect, test } from 'vitest';
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
