/** Requests are taken as they are, but for the query: there numbers come as text. */
import { Ajv } from 'ajv';
import type { App } from './gateway-parts.ts';

const OPTIONS = { allErrors: true, strict: false } as const;

export function validateRequests(app: App): void {
  const [exact, fromText] = [new Ajv(OPTIONS), new Ajv({ ...OPTIONS, coerceTypes: true })];
  app.setValidatorCompiler(({ schema, httpPart }) =>
    (httpPart === 'querystring' ? fromText : exact).compile(schema as object),
  );
}
