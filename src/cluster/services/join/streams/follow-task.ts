/** Joins what is stored of a task with what comes, and sends it to one reader. */
import type { Logger } from 'pino';
import type { MessageOf } from '../../../contracts/define-message.ts';
import { isFinalVerdict, type taskClaimed } from '../../../contracts/messages/task-events.ts';
import type { Fact } from '../facts.ts';
import type { EventChannel, ServerEvent } from '../http/event-channel.ts';
import type { LiveLog } from '../live/live-log.ts';
import type { WriterProgress } from '../live/writer-progress.ts';
import type { Rankings } from '../ranks/rankings.ts';
import type { TaskDocument, Views } from '../store/views.ts';
import { readPieces } from './read-pieces.ts';
import { replay } from './replay.ts';
import { runEndingOf, taskEndingOf } from './task-endings.ts';
import { TaskStream, type TaskStreamEffect, type TaskStreamEvent } from './task-stream.ts';

export interface StreamSources {
  readonly live: LiveLog;
  readonly progress: Pick<WriterProgress, 'caughtUp'>;
  readonly views: Views;
  readonly rankings: Rankings;
  readonly log: Logger;
}

export interface TaskWanted {
  readonly taskId: string;
  readonly runId: string;
  /** The first piece that is wanted. */
  readonly next: number;
}

type Claim = MessageOf<typeof taskClaimed>;
type Event = TaskStreamEvent<Claim>;
type Effect = TaskStreamEffect<Claim>;

const TICK_MS = 100;

export function followTask(sources: StreamSources, wanted: TaskWanted, channel: EventChannel): void {
  const { live } = sources;
  const { taskId, runId } = wanted;
  const stream = new TaskStream<Claim>(wanted.next);
  let ticking: NodeJS.Timeout | undefined;

  const take = (event: Event): void => {
    for (const effect of stream.take(event)) act(effect);
    if (stream.wantsTick) ticking ??= setTimeout(tick, TICK_MS);
  };
  const tick = (): void => {
    ticking = undefined;
    take({ type: 'tick' });
  };
  const act = (effect: Effect): void => {
    if (effect.type === 'replay') void begin();
    else send(channel, taskId, effect);
  };
  const begin = async (): Promise<void> => {
    const pass = () => replayTask(sources.views, wanted, stream, take, channel);
    const replaying = { ...sources, signal: channel.closed };
    if (await replay(pass, replaying)) take({ type: 'replayed' });
  };

  const unfollowTask = live.follow(taskId, fact => {
    if (fact.type === 'progress') channel.send({ event: 'progress', data: JSON.stringify(fact.message) });
    for (const event of eventsOf(fact)) take(event);
  });
  const unfollowRun = live.follow(runId, fact => {
    const ending = fact.type === 'changed' ? runEndingOf(fact.message, taskId) : undefined;
    if (ending !== undefined) take({ type: 'run-ended', ending });
  });
  channel.closed.addEventListener('abort', () => {
    unfollowTask();
    unfollowRun();
    clearTimeout(ticking);
  });
  void begin();
}

function eventsOf(fact: Fact): readonly Event[] {
  switch (fact.type) {
    case 'piece':
      return [{ type: 'piece', piece: fact }];
    case 'claimed':
      return [{ type: 'claimed', claim: fact.message }];
    case 'completed':
      return [endedOf({ state: 'completed', ...fact.message })];
    case 'failed':
      if (!isFinalVerdict(fact.message.verdict)) return [];
      return [endedOf({ state: 'failed', ...fact.message })];
    case 'progress':
    case 'submitted':
    case 'changed':
      return [];
  }
}

const endedOf = (task: Parameters<typeof taskEndingOf>[0] & Pick<TaskDocument, 'attempt'>): Event => ({
  type: 'ended',
  ending: taskEndingOf(task),
  attempt: task.attempt,
});

/** Once through all that is stored. The reader sets the pace. */
async function replayTask(
  views: Views,
  { taskId, runId }: TaskWanted,
  stream: TaskStream<Claim>,
  take: (event: Event) => void,
  channel: EventChannel,
): Promise<void> {
  const attempts = { field: 'attempt', direction: 'ascending' } as const;
  const claims = await views.claims.find({ where: { taskId }, sort: attempts, limit: 100 });
  for (const { _id, ...claim } of claims) take({ type: 'claimed', claim });
  for await (const piece of readPieces(views, taskId, () => stream.next)) {
    take({ type: 'piece', piece });
    await channel.drained();
    if (channel.closed.aborted) return;
  }
  const [task, run] = await Promise.all([views.tasks.get(taskId), views.runs.get(runId)]);
  const conflict = task && (await views.conflicts.get(taskId));
  if (conflict !== undefined) take({ type: 'conflict', seq: conflict.seq });
  if (task !== undefined) take(endedOf(task));
  const runEnding = run && runEndingOf(run, taskId);
  if (runEnding !== undefined) take({ type: 'run-ended', ending: runEnding });
}

function send(channel: EventChannel, taskId: string, effect: Exclude<Effect, { type: 'replay' }>): void {
  channel.send(serverEvent(taskId, effect));
  if (effect.type === 'end') channel.end();
}

function serverEvent(taskId: string, effect: Exclude<Effect, { type: 'replay' }>): ServerEvent {
  switch (effect.type) {
    case 'piece': {
      const { seq, body } = effect.piece;
      const data = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('base64');
      return { event: 'piece', id: `${taskId}:${seq}`, data };
    }
    case 'claimed':
      return { event: 'claimed', data: JSON.stringify(effect.claim) };
    case 'gap':
      return { event: 'gap', data: JSON.stringify({ from: effect.from, to: effect.to }) };
    case 'end':
      return { event: 'end', data: JSON.stringify({ ...effect.ending, pieces: effect.pieces }) };
  }
}
