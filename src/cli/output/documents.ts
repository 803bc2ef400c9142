/** The JSON documents of `--json` and `--ndjson`. Version 1; later versions only add. */
import type { ErrorReport } from '../errors.ts';
import type { Reply } from './reply.ts';

const VERSION = 1;

export function replyDocument(type: string, reply: Reply): string {
  return JSON.stringify({ v: VERSION, type, ok: true, data: reply.data, warnings: reply.warnings ?? [] });
}

export function errorDocument(type: string, error: ErrorReport): string {
  return JSON.stringify({ v: VERSION, type, ok: false, error, warnings: [] });
}

/** One line of a stream; `ts` in epoch milliseconds. */
export function eventDocument(seq: number, ts: number, type: string, runId: string | null, data: unknown): string {
  return JSON.stringify({ v: VERSION, seq, ts, type, runId, data });
}
