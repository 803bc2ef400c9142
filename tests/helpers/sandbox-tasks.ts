/** Tasks for sandboxes: of real strategies, and of text that no bundler would let through. */

import { InputWriter } from '../../src/cluster/client/stored-input.ts';
import type { TaskSpec } from '../../src/cluster/contracts/run-spec.ts';
import type { SandboxHooks, SandboxOptions, SandboxOutcome, SandboxTask } from '../../src/cluster/sandbox/sandbox.ts';
import { startSandbox } from '../../src/cluster/sandbox/start-sandbox.ts';
import type { RunInput, SliceInput } from '../../src/runtime/bundle/abi.ts';
import type { Bundle } from '../../src/runtime/host/bundler/bundle-strategy.ts';
import { DEFAULT_LIMITS, type ExecutorLimits } from '../../src/runtime/host/executor.ts';
import { inlineExecutor } from '../../src/runtime/host/executors/inline-executor.ts';
import { planRun, type RunPlan } from '../../src/runtime/host/plan-run.ts';
import { REPOSITORY } from './cli.ts';

const writer = new InputWriter();

/** An example as a backtest plans it, over the shipped data: the folder has no data of its own. */
export function planExample(file: string): Promise<RunPlan> {
  const cwd = `${REPOSITORY}/examples/strategies`;
  const options = {
    ...{ file, cwd, projectDir: '/nowhere', params: {}, data: {}, from: undefined, to: undefined },
    ...{ prices: 'adjusted' as const, account: {}, limits: {}, keep: false },
  };
  return planRun(options, inlineExecutor(), { limits: DEFAULT_LIMITS });
}

type Part = { kind: 'run' } | { kind: 'indicators' } | { kind: 'slice'; from: number; to: number };

export function taskOf(bundle: Bundle, input: RunInput | SliceInput, part: Part): SandboxTask {
  const { artifacts, parts } = writer.write(bundle, input);
  const bytesOf = (hash: string) => Buffer.from(artifacts.find(artifact => artifact.hash === hash)?.bytes ?? []);
  return {
    spec: { ...part, ...parts, limits: DEFAULT_LIMITS } as TaskSpec,
    bundle: bundle.code,
    input: bytesOf(parts.input),
    datasets: new Map(parts.datasets.map(hash => [hash, bytesOf(hash)])),
  };
}

/** One task in a sandbox of its own. */
export async function inSandbox(
  task: SandboxTask,
  hooks: Partial<SandboxHooks> = {},
  options: SandboxOptions = {},
): Promise<SandboxOutcome> {
  await using sandbox = startSandbox(options);
  await sandbox.ready;
  return await sandbox.run(task, { ...QUIET, ...hooks });
}

export const QUIET: SandboxHooks = {
  onPiece: async () => {},
  onProgress: () => {},
  signal: new AbortController().signal,
};

/** The memory for which a sandbox has its thread ready, so that little time is enough. */
export const LITTLE_TIME: ExecutorLimits = { ...DEFAULT_LIMITS, barTimeoutMs: 1_500 };
export const LITTLE_MEMORY: ExecutorLimits = { barTimeoutMs: 30_000, memoryMb: 64 };

/** A bundle by hand: `top` runs when it is loaded; `name` is an expression whose value it tells as its name. */
export function rawBundle(top: string, name = "'raw'"): string {
  return `
    import fs from 'node:fs';
    import os from 'node:os';
    ${top}
    export const abi = 1;
    export const describe = () =>
      ({ name: String(${name}), feeds: ['main'], data: {}, params: {}, form: 'onBar', account: {} });
    export const run = () => {};
    export const runSlice = () => {};
    export const indicators = () => [];`;
}

export function rawTask(bundle: string, limits: ExecutorLimits = LITTLE_TIME): SandboxTask {
  return { spec: { kind: 'describe', bundle: '0'.repeat(64), limits }, bundle, datasets: new Map() };
}
