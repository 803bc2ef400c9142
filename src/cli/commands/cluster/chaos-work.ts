/** What a tormented cluster has to do: the strategy of `gobool init`, alone and as a sweep, over a shipped dataset. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeWork, type Work } from '../../../cluster/chaos/work.ts';
import { assert } from '../../../runtime/base/assert.ts';
import { DEFAULT_LIMITS } from '../../../runtime/host/executor.ts';
import { startExecutor } from '../../../runtime/host/executors/start-executor.ts';
import { planRun } from '../../../runtime/host/plan-run.ts';
import type { CommandContext } from '../../context.ts';
import { hostOptions } from '../host-options.ts';
import { TEMPLATES } from '../init/templates.ts';
import { localExecutor } from '../local-executor.ts';

/** So many that a slice of them takes long enough to be hit. */
const SETS = 800;
const FAST_VALUES = 40;

/** Throws `GB_EXECUTOR_OFF`: the results of the cluster are compared with those of this machine. */
export async function chaosWork(context: CommandContext): Promise<Work> {
  const [strategy] = TEMPLATES;
  assert(strategy !== undefined, 'init writes a strategy');
  const folder = mkdtempSync(join(tmpdir(), 'gobool-chaos-'));
  const executor = startExecutor(localExecutor('thread', context));
  try {
    writeFileSync(join(folder, strategy.name), strategy.content);
    const world = { ...context, cwd: folder, projectDir: folder };
    const dates = { from: undefined, to: undefined };
    const options = { ...hostOptions({}, world), ...dates, file: strategy.name, params: {}, keep: false };
    const { bundle, input } = await planRun(options, executor, { limits: DEFAULT_LIMITS, signal: context.signal });
    return await makeWork(bundle, input, SWEEP, executor);
  } finally {
    await executor.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const SWEEP = Array.from({ length: SETS }, (_, i) => ({
  fast: 2 + (i % FAST_VALUES),
  slow: 50 + Math.floor(i / FAST_VALUES),
}));
