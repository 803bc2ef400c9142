import { expect, test } from 'vitest';
import { postJson } from '../../../../../src/cluster/services/common/post-json.ts';
import { openReceiver } from '../../../../helpers/receiver.ts';

const never = new AbortController().signal;

test('what is told arrives as JSON, with its headers', async () => {
  const { told, url } = await openReceiver();
  expect(await postJson({ url, headers: { 'correlation-id': 'c' }, body: '{"a":1}' }, never)).toBeUndefined();
  const headers = { 'correlation-id': 'c', 'content-type': 'application/json' };
  expect(told).toMatchObject([{ method: 'POST', headers, body: '{"a":1}' }]);
});

test('name and password of an address go as a header, and are not told', async () => {
  const { told, url } = await openReceiver(n => (n === 0 ? 204 : 500));
  const { host } = new URL(url);
  const post = () => postJson({ url: `http://me:a%3Ab%20c@${host}/hook`, headers: {}, body: '{}' }, never);
  expect(await post()).toBeUndefined();
  expect(told[0]!.headers.authorization).toBe(`Basic ${Buffer.from('me:a:b c').toString('base64')}`);
  expect(await post()).toBe(`${url}/hook answered 500.`);
});

test.each([
  [500, '/hook answered 500.'],
  [302, '/hook answered 302.'],
])('%i is no answer, and no secret of the address is told', async (status, expected) => {
  const { told, url } = await openReceiver(() => status);
  const problem = await postJson({ url: `${url}/hook?token=secret`, headers: {}, body: '{}' }, never);
  expect(problem).toBe(url + expected);
  expect(told).toHaveLength(1);
});

test('who is not there cannot be reached; who says nothing is not waited for for ever', async () => {
  const post = (url: string) => postJson({ url, headers: {}, body: '{}' }, never);
  expect(await post('http://127.0.0.1:1/')).toBe('http://127.0.0.1:1/ cannot be reached.');
  expect(await post('http://')).toBe('The address cannot be reached.');
  const { url } = await openReceiver(() => undefined);
  expect(await post(url)).toBe(`${url}/ did not answer within 5 s.`);
}, 20_000);
