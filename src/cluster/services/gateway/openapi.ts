/** `GET /openapi.json`: every route, from the schemas by which requests are checked and answers written. */
import swagger from '@fastify/swagger';
import { Problem } from '../../contracts/http/problem.ts';
import type { App } from './gateway-parts.ts';
import { PROBLEM_TYPE } from './problem.ts';

/** Routes that are added later are described. */
export function describeRoutes(app: App): void {
  app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'gobool gateway', description: 'Runs of strategies on a cluster.', version: '1' },
      components: { securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'An API key.' } } },
    },
  });
}

export function openApiRoute(app: App): void {
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
}

const REFUSAL = { description: 'Refused.', content: { [PROBLEM_TYPE]: { schema: Problem } } };
const FAILURE = { description: 'Failed.', content: { [PROBLEM_TYPE]: { schema: Problem } } };

/** What the routes that are added later have in common: the key, and problems. */
export function describeRefusals(app: App): void {
  app.addHook('onRoute', route => {
    const response = { ...(route.schema?.response ?? {}), '4xx': REFUSAL, '5xx': FAILURE };
    route.schema = { ...route.schema, security: [{ key: [] }], response };
  });
}
