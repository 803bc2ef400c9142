/** `gobool cluster logs`: the end of the logs, and with -f what follows. */
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod/mini';
import { clusterDir, logFile } from '../../../cluster/dev/cluster-folder.ts';
import { existingRecord } from '../../../cluster/dev/control/read-status.ts';
import { GoboolError } from '../../../runtime/base/error.ts';
import { defineHandler } from '../../define-handler.ts';
import type { Style } from '../../output/colour.ts';
import type { Output } from '../../output/output.ts';
import type { Reply } from '../../output/reply.ts';
import { chooseCluster } from './choose-cluster.ts';
import { LOG_SOURCES, type LogSource, parseLogSource } from './component-argument.ts';
import { type LogPlace, readNext, readTail } from './log-file.ts';
import { inOrderOfTime, type LogLine } from './log-order.ts';

const LINES_MAX = 200;
const POLL_MS = 200;

const SOURCE_COLUMNS = Math.max(...LOG_SOURCES.map(source => source.length));
const STYLES: readonly Style[] = ['cyan', 'magenta', 'blue', 'green', 'yellow', 'red'];

interface Log {
  readonly source: LogSource;
  readonly path: string;
  place: LogPlace;
}

const input = z.object({
  component: z.optional(z.string()),
  name: z.optional(z.string()),
  follow: z._default(z.boolean(), false),
});

export const clusterLogs = defineHandler(input, async ({ component, name, follow }, context): Promise<Reply> => {
  const { out, projectDir, signal } = context;
  if (follow && out.mode === 'json') throw new GoboolError('GB_USAGE', 'With -f use --ndjson: --json is one document.');
  const sources = component === undefined ? LOG_SOURCES : [parseLogSource(component)];
  const cluster = await chooseCluster(name, context);
  const dir = clusterDir(projectDir, cluster);
  const logs = sources.map((source): Log => ({ source, path: logFile(dir, source), place: { offset: 0 } }));
  const lines = await lastLines(logs);
  if (lines.length === 0) existingRecord(dir, cluster);
  const print = (shown: readonly LogLine[]) =>
    shown.map(line => lineText(line, component === undefined, out)).join('\n');
  if (!follow) return { data: { name: cluster, lines }, text: () => print(lines) };
  await followLogs(logs, lines, signal, more => {
    for (const line of more) out.event('log', null, line);
    if (out.mode === 'text') out.write(print(more));
  });
  return { data: { name: cluster, lines: [] }, text: () => '' };
});

/** Moves every log's place to its end. */
async function lastLines(logs: readonly Log[]): Promise<readonly LogLine[]> {
  const tails = await Promise.all(
    logs.map(async (log): Promise<readonly LogLine[]> => {
      const { lines, ...place } = (await readTail(log.path)) ?? { lines: [], ...log.place };
      log.place = place;
      return lines.map(line => ({ source: log.source, line }));
    }),
  );
  return inOrderOfTime(tails).slice(-LINES_MAX);
}

/** Ends when the signal comes. */
async function followLogs(
  logs: readonly Log[],
  first: readonly LogLine[],
  signal: AbortSignal,
  show: (lines: readonly LogLine[]) => void,
): Promise<void> {
  let lines = first;
  while (true) {
    if (lines.length > 0) show(lines);
    await sleep(POLL_MS, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    lines = (await Promise.all(logs.map(newLines))).flat();
  }
}

async function newLines(log: Log): Promise<readonly LogLine[]> {
  const { lines, ...place } = await readNext(log.path, log.place);
  log.place = place;
  return lines.map(line => ({ source: log.source, line }));
}

/** `kafka    │ ...` where there are several. */
function lineText({ source, line }: LogLine, isOneOfMany: boolean, { paint }: Output): string {
  if (!isOneOfMany) return line;
  const style = STYLES[LOG_SOURCES.indexOf(source) % STYLES.length] ?? 'dim';
  return `${paint(style, `${source.padEnd(SOURCE_COLUMNS)} │`)} ${line}`;
}
