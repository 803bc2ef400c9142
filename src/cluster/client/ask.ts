/** A request whose answer is JSON of a known shape: an address may be that of something else, which answers too. */
import type { Static, TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { GoboolError } from '../../runtime/base/error.ts';
import { refusalIn } from './problem.ts';
import { type Asked, type GatewayAddress, request } from './request.ts';

/** Throws as `request`, and `GB_CLUSTER_UNREACHABLE` where the answer has another shape. */
export async function ask<S extends TSchema>(gateway: GatewayAddress, schema: S, asked: Asked): Promise<Static<S>> {
  const text = await request(gateway, asked);
  const answer = parsed(text === '' ? '{}' : text);
  if (Value.Check(schema, answer)) return answer;
  const refusal = refusalIn(answer);
  if (refusal !== undefined) throw refusal;
  const { method, path } = asked;
  throw new GoboolError(
    'GB_CLUSTER_UNREACHABLE',
    `${gateway.url} does not answer ${method} ${path} as a gateway of this version does.`,
    {
      problems: [...Value.Errors(schema, answer)]
        .slice(0, 5)
        .map(({ instancePath, message }) => `${instancePath} ${message}`),
    },
  );
}

/** Undefined for what is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
