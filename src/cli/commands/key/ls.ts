/** `gobool key ls`: the API keys of a cluster, without their secrets. */
import * as z from 'zod/mini';
import type { KeyView } from '../../../cluster/contracts/http/key-view.ts';
import { timeJson } from '../../../runtime/report/format.ts';
import { defineHandler } from '../../define-handler.ts';
import type { Output } from '../../output/output.ts';
import { ageText } from '../../output/quantities.ts';
import { type Column, tableText } from '../../output/table.ts';
import { openDesk } from '../on-cluster/open-desk.ts';
import { expiryText } from './expiry-text.ts';

const EXPIRED = 'expired';

export const keyLs = defineHandler(z.object({}), async (_options, context) => {
  const { keys } = await (await openDesk(context)).keys();
  return { data: { keys: keys.map(keyData) }, text: () => listText(keys, context.out) };
});

const keyData = ({ createdMs, expiresMs, ...key }: KeyView) => ({
  ...key,
  created: timeJson(createdMs),
  expires: expiresMs === null ? null : timeJson(expiresMs),
});

const COLUMNS: readonly Column[] = [
  { title: 'key', style: 'cyan' },
  { title: 'name', shrinks: true },
  { title: 'may' },
  { title: 'age', align: 'right', style: 'dim' },
  { title: 'expires', style: cell => (cell === EXPIRED ? 'red' : undefined) },
];

function listText(keys: readonly KeyView[], out: Output): string {
  const nowMs = out.nowMs();
  const rows = keys.map(({ keyId, name, scopes, createdMs, expiresMs }) => [
    keyId,
    name,
    scopes.join(' '),
    ageText(nowMs - createdMs),
    untilText(expiresMs, nowMs),
  ]);
  return tableText(COLUMNS, rows, out);
}

function untilText(expiresMs: number | null, nowMs: number): string {
  if (expiresMs === null) return 'never';
  return expiresMs <= nowMs ? EXPIRED : expiryText(expiresMs);
}
