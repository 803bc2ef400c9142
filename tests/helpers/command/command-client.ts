/** What the gateway and a person do: submit, cancel, and read what becomes of runs. */
import { randomBytes } from 'node:crypto';
import { vi } from 'vitest';
import { encodeMessage, type MessageContract, type MessageOf } from '../../../src/cluster/contracts/define-message.ts';
import { EXAMPLES } from '../../../src/cluster/contracts/fields.ts';
import { caseResolve } from '../../../src/cluster/contracts/messages/case-resolve.ts';
import { runCancel } from '../../../src/cluster/contracts/messages/run-cancel.ts';
import type { runChanged } from '../../../src/cluster/contracts/messages/run-changed.ts';
import { runReorder } from '../../../src/cluster/contracts/messages/run-reorder.ts';
import { runSubmit } from '../../../src/cluster/contracts/messages/run-submit.ts';
import type { RunSpec } from '../../../src/cluster/contracts/run-spec.ts';
import type { World } from './command-world.ts';

export type RunChange = MessageOf<typeof runChanged>;
type Submit = MessageOf<typeof runSubmit>;
type Reorder = MessageOf<typeof runReorder>;

const LIMITS = { barTimeoutMs: 1_000, memoryMb: 64 };
const DESCRIBE = { kind: 'describe', bundle: EXAMPLES.hash, limits: LIMITS } as const;

export function sweepOf(sets: number, sliceSets: number): RunSpec {
  const { hash } = EXAMPLES;
  return { kind: 'sweep', bundle: hash, input: hash, datasets: [hash], limits: LIMITS, sets, sliceSets };
}

export class CommandClient {
  /** All that came, repetitions included. */
  readonly received: RunChange[] = [];
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  async listen(): Promise<void> {
    const handler = async ({ value }: { readonly value: Buffer }) => {
      this.received.push(JSON.parse(value.toString()));
    };
    await this.#world.bus.subscribe({ group: 'client', topics: ['run-events'], from: 'beginning', handler });
  }

  /** Resolves to the run's id. */
  async submit(fields: Partial<Submit> = {}): Promise<string> {
    const runId = fields.runId ?? `r-${randomBytes(12).toString('hex')}`;
    const payload = { name: 'test', priority: 0, payloadHash: EXAMPLES.hash, spec: DESCRIBE };
    await this.#send(runSubmit, { keyId: 'k-1', submittedMs: Date.now(), ...payload, ...fields, runId }, runId);
    return runId;
  }

  async cancel(runId: string, keyId = 'k-1'): Promise<void> {
    await this.#send(runCancel, { runId, keyId }, runId);
  }

  async reorder(runId: string, to: Pick<Reorder, 'priority' | 'to'>, keyId = 'k-1'): Promise<void> {
    await this.#send(runReorder, { runId, keyId, ...to }, runId);
  }

  async resolve(caseId: string, action: 'retry' | 'discard'): Promise<void> {
    await this.#send(caseResolve, { caseId, keyId: 'k-1', action }, caseId);
  }

  /** As a reader sees the run: repetitions ignored. */
  history(runId: string): readonly RunChange[] {
    const seen = new Map<number, RunChange>();
    for (const change of this.received.filter(item => item.runId === runId))
      if (!seen.has(change.version)) seen.set(change.version, change);
    return [...seen.values()];
  }

  states(runId: string): readonly string[] {
    return this.history(runId).map(({ state }) => state);
  }

  async untilState(runId: string, state: RunChange['state'], timeoutMs = 15_000): Promise<RunChange> {
    const find = () => this.history(runId).find(change => change.state === state);
    return await vi.waitUntil(find, { timeout: timeoutMs, interval: 10 });
  }

  async untilVersion(runId: string, version: number): Promise<RunChange> {
    const find = () => this.history(runId).find(change => change.version === version);
    return await vi.waitUntil(find, { timeout: 15_000, interval: 10 });
  }

  async #send<C extends MessageContract>(contract: C, message: MessageOf<C>, key: string) {
    const headers = { type: contract.type, 'correlation-id': `c-${key}` };
    await this.#world.bus.publish(contract.topic, [{ key, value: encodeMessage(contract, message), headers }]);
  }
}
