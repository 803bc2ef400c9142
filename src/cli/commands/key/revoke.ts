import * as z from 'zod/mini';
import { defineHandler } from '../../define-handler.ts';
import { openDesk } from '../on-cluster/open-desk.ts';
import { onlyMatch } from '../on-cluster/short-ids.ts';

/** Ends a key, named by its id or the beginning of it. */
export const keyRevoke = defineHandler(z.object({ key: z.string() }), async ({ key: reference }, context) => {
  const desk = await openDesk(context);
  const { keys } = await desk.keys();
  const ids = keys.map(({ keyId }) => keyId);
  const keyId = onlyMatch(ids, reference, { noun: 'key', unknown: 'GB_KEY_UNKNOWN', ambiguous: 'GB_USAGE' });
  await desk.revokeKey(keyId);
  const shown = context.out.paint('cyan', keyId);
  return { data: { keyId }, text: () => `Key ${shown} is revoked: within seconds nobody is let in by it.` };
});
