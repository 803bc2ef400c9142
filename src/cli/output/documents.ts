/** The JSON documents of `--json` and `--ndjson`. Version 1; later versions only add. */
import type { ErrorReport } from '../errors.ts';
import type { Reply } from './reply.ts';

const VERSION = 1;

export function replyDocument(type: string, { data, warnings = [] }: Reply) {
  return { v: VERSION, type, ok: true, data, warnings };
}

export function errorDocument(type: string, error: ErrorReport) {
  return { v: VERSION, type, ok: false, error, warnings: [] };
}

/** One line of a stream. The last line carries the document that `--json` would print. `ts`: epoch milliseconds. */
export function eventDocument(seq: number, ts: number, type: string, runId: string | null, data: unknown) {
  return { v: VERSION, seq, ts, type, runId, data };
}
