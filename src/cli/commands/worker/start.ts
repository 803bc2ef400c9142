/** `gobool worker start`: more workers for the project's cluster, in the foreground. */
import * as z from 'zod/mini';
import { clusterDir } from '../../../cluster/dev/cluster-folder.ts';
import { readStatus } from '../../../cluster/dev/control/read-status.ts';
import { runExtraWorkers } from '../../../cluster/dev/extra-workers.ts';
import { readFacts } from '../../../cluster/dev/state/facts.ts';
import { startSandbox } from '../../../cluster/sandbox/start-sandbox.ts';
import { GoboolError } from '../../../runtime/base/error.ts';
import { counted } from '../../../runtime/base/format.ts';
import type { CommandContext } from '../../context.ts';
import { defineHandler } from '../../define-handler.ts';
import { numberOption } from '../../options/schemas.ts';
import { chooseCluster } from '../cluster/choose-cluster.ts';
import { workerLine } from './worker-line.ts';

const SLOTS_MAX = 64;

const input = z.object({
  slots: z.optional(z.pipe(numberOption, z.int().check(z.gte(1), z.lte(SLOTS_MAX)))),
  unsafeNoSandbox: z._default(z.boolean(), false),
});

export const workerStart = defineHandler(input, async ({ slots, unsafeNoSandbox: isUnsafe }, context) => {
  const { out, env, signal } = context;
  const cluster = await runningCluster(context);
  if (!isUnsafe) await requireSandbox();
  const unsafe = out.paintError('yellow', 'Without sandboxes: strategies can do on this machine whatever you can.');
  if (isUnsafe) out.note(unsafe);
  out.note(`Starting workers for cluster ${out.paintError('cyan', cluster)}; Ctrl-C ends them.`);
  let tasks = 0;
  const onLine = (line: string) => {
    const shown = workerLine(line, out.paintError);
    if (shown.isTask) tasks++;
    if (shown.text !== undefined) out.note(shown.text);
    if (shown.entry !== undefined) out.event('log', null, shown.entry);
  };
  const facts = readFacts(clusterDir(context.projectDir, cluster));
  await runExtraWorkers(facts, { isUnsafe, env, onLine, signal, ...(slots !== undefined && { slots }) });
  return { data: { cluster, tasks, isUnsafe }, text: () => `They ended after ${counted(tasks, 'task')}.` };
});

/** Its name. Throws `GB_CLUSTER_DOWN`, `GB_CLUSTER_MISSING`, `GB_USAGE`. */
async function runningCluster(context: CommandContext): Promise<string> {
  const name = await chooseCluster(undefined, context);
  const { state } = await readStatus(context.projectDir, name);
  if (state !== 'down') return name;
  throw new GoboolError('GB_CLUSTER_DOWN', `Cluster ${name} is not running.`);
}

/** Throws `GB_SANDBOX_UNAVAILABLE`. */
async function requireSandbox(): Promise<void> {
  await using sandbox = startSandbox();
  await sandbox.ready;
}
