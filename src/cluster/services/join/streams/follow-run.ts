/**
 * A run's states to one reader, and of a sweep its best sets. Each is whole and newer than the one before; those that
 * nobody can miss are not repeated. A run in the hospital may go on, so it does not end the stream.
 */
import type { MessageOf } from '../../../contracts/define-message.ts';
import type { runChanged } from '../../../contracts/messages/run-changed.ts';
import type { EventChannel } from '../http/event-channel.ts';
import type { StreamSources } from './follow-task.ts';
import { RankSender } from './rank-sender.ts';
import { replay } from './replay.ts';
import { changeOf } from './run-change.ts';

const FINAL: ReadonlySet<string> = new Set(['rejected', 'completed', 'failed', 'cancelled']);

export interface RunWanted {
  readonly runId: string;
  /** The last version that the reader has; 0: none. */
  readonly version: number;
}

export function followRun(sources: StreamSources, wanted: RunWanted, channel: EventChannel): void {
  const { live, views } = sources;
  const { runId } = wanted;
  let shown = wanted.version;
  let isEnding = false;
  const ranks = new RankSender(sources.rankings, runId, channel);

  const show = (run: MessageOf<typeof runChanged>): void => {
    if (channel.closed.aborted || isEnding || run.version < shown) return;
    if (run.version > shown) channel.send({ event: 'run', id: `${runId}:${run.version}`, data: JSON.stringify(run) });
    shown = run.version;
    if (run.kind === 'sweep') ranks.begin();
    isEnding = FINAL.has(run.state);
    if (isEnding) void end(run.state);
  };
  const end = async (state: string): Promise<void> => {
    await ranks.end();
    channel.send({ event: 'end', data: JSON.stringify({ state }) });
    channel.end();
  };
  const pass = async (): Promise<void> => {
    const run = await views.runs.get(runId);
    const change = run && changeOf(run);
    if (change !== undefined) show(change);
  };

  const unfollow = live.follow(runId, fact => {
    if (fact.type === 'changed') show(fact.message);
  });
  channel.closed.addEventListener('abort', unfollow);
  void replay(pass, { ...sources, signal: channel.closed });
}
