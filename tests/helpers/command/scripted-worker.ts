/** A worker that speaks the protocol and runs nothing: the test says what it answers. */
import { randomBytes } from 'node:crypto';
import { encodeMessage, type MessageContract, type MessageOf } from '../../../src/cluster/contracts/define-message.ts';
import { EXAMPLES } from '../../../src/cluster/contracts/fields.ts';
import {
  taskClaimed,
  taskCompleted,
  taskFailed,
  taskReturned,
  type Verdict,
} from '../../../src/cluster/contracts/messages/task-events.ts';
import { taskStart } from '../../../src/cluster/contracts/messages/task-start.ts';
import { taskStop } from '../../../src/cluster/contracts/messages/task-stop.ts';
import type { Message } from '../../../src/cluster/ports/bus.ts';
import type { World } from './command-world.ts';

export type TaskStart = MessageOf<typeof taskStart>;
type TaskStop = MessageOf<typeof taskStop>;

export class ScriptedWorker {
  readonly workerId = `w-${randomBytes(6).toString('hex')}`;
  readonly starts: TaskStart[] = [];
  readonly stops: TaskStop[] = [];
  /** Called for each start. */
  onStart: (start: TaskStart) => void = () => {};
  #slot = 0;
  readonly #world: World;
  readonly #partition: number;

  constructor(world: World, partition: number) {
    this.#world = world;
    this.#partition = partition;
  }

  /** Listens, then offers its first slot. */
  async begin(): Promise<void> {
    await this.listen();
    await this.offer();
  }

  async listen(): Promise<void> {
    const subscription = await this.#world.bus.subscribePartition({
      topic: 'tasks',
      partition: this.#partition,
      reader: this.workerId,
      handler: message => this.#take(message),
    });
    await subscription.positioned;
  }

  /** Its slot, open. */
  async offer(): Promise<void> {
    await this.#put(true);
  }

  /** The next slot, open. */
  async next(): Promise<void> {
    this.#slot++;
    await this.#put(true);
  }

  async vanish(): Promise<void> {
    await this.#world.offers.delete(this.workerId);
  }

  async claim(start: TaskStart): Promise<void> {
    await this.#put(false);
    await this.#say(taskClaimed, { ...subjectOf(start), slot: start.slot, pid: 1, cpu: null });
  }

  async complete(start: TaskStart): Promise<void> {
    const { hash } = EXAMPLES;
    const result = { pieces: 1, rootHash: hash, resultHash: hash, elapsedMs: 1 };
    await this.#say(taskCompleted, { ...subjectOf(start), slot: start.slot, ...result });
  }

  async fail(start: TaskStart, verdict: Verdict, error = { code: 'GB_STRATEGY_THREW', message: 'no' }): Promise<void> {
    await this.#say(taskFailed, { ...subjectOf(start), slot: start.slot, verdict, error });
  }

  async giveBack(start: TaskStart): Promise<void> {
    await this.#say(taskReturned, { ...subjectOf(start), slot: start.slot, reason: 'busy' });
  }

  /** Takes every task and completes it at once. */
  completeAll(): void {
    this.onStart = start =>
      void this.claim(start)
        .then(() => this.complete(start))
        .then(() => this.next());
  }

  #take({ headers, value }: Message): void {
    const content = JSON.parse(value.toString());
    if (content.workerId !== this.workerId) return;
    if (headers.type === taskStop.type) this.stops.push(content);
    if (headers.type !== taskStart.type) return;
    const start: TaskStart = content;
    this.starts.push(start);
    this.onStart(start);
  }

  async #put(free: boolean): Promise<void> {
    const { workerId } = this;
    const place = { partition: this.#partition, slot: this.#slot };
    await this.#world.offers.put(workerId, { workerId, ...place, free, pid: 1, cpu: null, host: 'test' });
  }

  async #say<C extends MessageContract>(contract: C, message: MessageOf<C> & { readonly taskId: string }) {
    const headers = { type: contract.type, 'correlation-id': 'test' };
    const value = encodeMessage(contract, message);
    await this.#world.bus.publish(contract.topic, [{ key: message.taskId, value, headers }]);
  }
}

const subjectOf = ({ taskId, runId, attempt, workerId }: TaskStart) => ({ taskId, runId, attempt, workerId });
