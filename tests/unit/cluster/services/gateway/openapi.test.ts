/** What the gateway says of itself. */
import { expect, test } from 'vitest';
import { ask } from '../../../../helpers/gateway/ask.ts';
import { smallGateway } from '../../../../helpers/gateway/small-gateway.ts';

interface Operation {
  readonly summary?: string;
  readonly security?: unknown;
  readonly responses: Readonly<Record<string, { readonly content?: object }>>;
}

test('every route is described, with what it takes, answers and refuses, to whoever asks', async () => {
  const { status, body } = await ask(await smallGateway(), 'GET', '/openapi.json');
  expect([status, body.openapi]).toEqual([200, '3.1.0']);
  const operations = Object.entries<Record<string, Operation>>(body.paths)
    .filter(([path]) => path.startsWith('/v1/'))
    .flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })));
  expect(operations.map(({ path, method }) => `${method} ${path}`)).toContain('patch /v1/runs/{runId}');
  for (const { path, method, operation } of operations) {
    expect(operation.summary, `${method} ${path}`).toBeTruthy();
    expect(operation.security).toEqual([{ key: [] }]);
    expect(Object.keys(operation.responses['4XX']?.content ?? {})).toEqual(['application/problem+json']);
  }
  const list = body.paths['/v1/runs'].get;
  expect(list.parameters.map(({ name }: { name: string }) => name)).toContain('where');
  expect(Object.keys(list.responses['200'].content['application/json'].schema.properties)).toEqual(['runs', 'next']);
});
