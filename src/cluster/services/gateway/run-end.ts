/** The end of a run, told by join's stream of it, so that nobody asks a database again and again. */
import { addAbortSignal } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { createParser } from 'eventsource-parser';
import type { Replicas } from './replicas.ts';
import { unknownRun } from './run-views.ts';

const RETRY_MS = 200;

/** Resolves when the run is over, or the signal aborts. Throws `GB_SERVICE_AWAY`, `GB_RUN_UNKNOWN`. */
export async function runEnd(
  joins: Replicas,
  runId: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const source = await joins.open(`/runs/${runId}/stream`, headers);
    if (source === undefined) throw unknownRun(runId);
    if (await saysEnd(addAbortSignal(signal, source).setEncoding('utf8'))) return;
    await pause(RETRY_MS, undefined, { signal }).catch(() => {});
  }
}

/** Whether it came to its end; not where its replica died, or nobody waits any more. */
async function saysEnd(source: AsyncIterable<string>): Promise<boolean> {
  let isOver = false;
  const parser = createParser({
    onEvent({ event }) {
      isOver ||= event === 'end';
    },
  });
  try {
    for await (const part of source) {
      parser.feed(part);
      if (isOver) return true;
    }
    return false;
  } catch {
    return false;
  }
}
