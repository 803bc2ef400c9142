/** `gobool key create`: an API key, shown this once. Only the key goes to stdout, so that a shell can take it. */
import * as z from 'zod/mini';
import { timeJson } from '../../../runtime/report/format.ts';
import { defineHandler } from '../../define-handler.ts';
import { durationOption } from '../../options/schemas.ts';
import { openDesk } from '../on-cluster/open-desk.ts';
import { expiryText } from './expiry-text.ts';

const SCOPES_DEFAULT = ['submit', 'read'] as const;

const input = z.object({
  name: z.string().check(z.minLength(1), z.maxLength(200)),
  scope: z.optional(z.array(z.enum(['submit', 'read', 'admin']))),
  expires: z.optional(durationOption),
});

export const keyCreate = defineHandler(input, async ({ name, scope, expires: lifetimeMs }, context) => {
  const { out } = context;
  const scopes = [...new Set(scope ?? SCOPES_DEFAULT)];
  const expiresMs = lifetimeMs === undefined ? null : out.nowMs() + lifetimeMs;
  const { keyId, key } = await (await openDesk(context)).createKey({ name, scopes, expiresMs });
  const text = () => {
    const end = expiresMs === null ? 'until it is revoked' : `until ${expiryText(expiresMs)}`;
    out.note(`Key ${out.paintError('cyan', keyId)} may ${scopes.join(' and ')}, ${end}.`);
    out.note('It is shown this once; commands use it where GOBOOL_API_KEY is set to it:');
    return key;
  };
  return { data: { keyId, key, name, scopes, expires: expiresMs === null ? null : timeJson(expiresMs) }, text };
});
