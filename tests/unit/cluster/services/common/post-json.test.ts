import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { postJson } from '../../../../../src/cluster/services/common/post-json.ts';

const never = new AbortController().signal;

async function receiver(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('what is told arrives as JSON, with its headers', async () => {
  const seen: object[] = [];
  const url = await receiver(async (request, response) => {
    seen.push({ ...request.headers, method: request.method, body: Buffer.concat(await request.toArray()).toString() });
    response.writeHead(204).end();
  });
  expect(await postJson({ url, headers: { 'correlation-id': 'c' }, body: '{"a":1}' }, never)).toBeUndefined();
  expect(seen).toMatchObject([
    { method: 'POST', 'correlation-id': 'c', 'content-type': 'application/json', body: '{"a":1}' },
  ]);
});

test.each([
  [500, '/hook answered 500.'],
  [302, '/hook answered 302.'],
])('%i is no answer, and no secret of the address is told', async (status, expected) => {
  const url = await receiver((_, response) => void response.writeHead(status, { location: '/other' }).end());
  const problem = await postJson({ url: `${url}/hook?token=secret`, headers: {}, body: '{}' }, never);
  expect(problem).toBe(url + expected);
});

test('who is not there cannot be reached; who says nothing is not waited for for ever', async () => {
  const post = (url: string) => postJson({ url, headers: {}, body: '{}' }, never);
  expect(await post('http://127.0.0.1:1/')).toBe('http://127.0.0.1:1/ cannot be reached.');
  expect(await post('http://')).toBe('The address cannot be reached.');
  const url = await receiver(() => {});
  expect(await post(url)).toBe(`${url}/ did not answer within 5 s.`);
}, 20_000);
