/** `gobool cluster down`: stops what runs, and looks whether anything is left. */
import * as z from 'zod/mini';
import { clusterDir } from '../../../cluster/dev/cluster-folder.ts';
import type { ComponentName } from '../../../cluster/dev/component.ts';
import { leakCheck } from '../../../cluster/dev/control/leak-check.ts';
import { readStatus } from '../../../cluster/dev/control/read-status.ts';
import { stopCluster } from '../../../cluster/dev/control/stop-cluster.ts';
import { readRecord } from '../../../cluster/dev/state/cluster-record.ts';
import { readFacts } from '../../../cluster/dev/state/facts.ts';
import { GoboolError } from '../../../runtime/base/error.ts';
import { durationText } from '../../../runtime/report/format.ts';
import type { CommandContext } from '../../context.ts';
import { defineHandler } from '../../define-handler.ts';
import type { Paint } from '../../output/colour.ts';
import type { Reply } from '../../output/reply.ts';
import { chooseCluster } from './choose-cluster.ts';
import { wantedOf } from './component-text.ts';

const EXIT_LEFT = 5;

interface Stopped {
  readonly name: string;
  readonly components: readonly ComponentName[];
  /** What no daemon looked after, `java 4711`. */
  readonly strays: readonly string[];
  /** What is there all the same. */
  readonly left: readonly string[];
  readonly tookMs: number;
}

export const clusterDown = defineHandler(z.object({ name: z.optional(z.string()) }), async ({ name }, context) => {
  const stopped = await stop(await chooseCluster(name, context), context);
  const exitCode = stopped.left.length === 0 ? 0 : EXIT_LEFT;
  return { data: stopped, text: () => stoppedText(stopped, context.out.paint), exitCode } satisfies Reply;
});

async function stop(name: string, { projectDir, env, out }: CommandContext): Promise<Stopped> {
  const dir = clusterDir(projectDir, name);
  if (readRecord(dir) === undefined) return { name, components: [], strays: [], left: [], tookMs: 0 };
  const startedMs = out.nowMs();
  const components = await runningIn(projectDir, name);
  if (components.length > 0) out.note(`Stopping ${components.join(', ')}.`);
  const strays = await stopCluster(projectDir, name, env);
  const tookMs = out.nowMs() - startedMs;
  // Where nothing ran, its ports may be another's.
  const left = components.length + strays.length === 0 ? [] : leakCheck(readFacts(dir), components);
  return { name, components, strays, left, tookMs };
}

/** None that is known where the daemon hangs; it is stopped all the same. */
async function runningIn(projectDir: string, name: string): Promise<readonly ComponentName[]> {
  try {
    return wantedOf(await readStatus(projectDir, name)).map(component => component.name);
  } catch (error) {
    if (error instanceof GoboolError && error.code === 'GB_CLUSTER_DAEMON') return [];
    throw error;
  }
}

function stoppedText({ name, components, strays, left, tookMs }: Stopped, paint: Paint): string {
  const cluster = `cluster ${paint('cyan', name)}`;
  if (components.length + strays.length === 0) return `Nothing of ${cluster} was running.`;
  const rest =
    left.length === 0 ? ['No process, port, lock or file is left.'] : ['These are left:', ...left.map(indent)];
  return [
    `Stopped ${cluster} in ${durationText(tookMs)}; its data stays.`,
    ...(strays.length === 0 ? [] : ['Without a daemon there were:', ...strays.map(indent)]),
    ...rest,
  ].join('\n');
}

const indent = (line: string) => `  ${line}`;
