/**
 * A run's states to one reader. Each is whole and newer than the one before; those that nobody can miss are not
 * repeated. A run in the hospital may go on, so it does not end the stream.
 */
import type { MessageOf } from '../../../contracts/define-message.ts';
import type { runChanged } from '../../../contracts/messages/run-changed.ts';
import type { EventChannel } from '../http/event-channel.ts';
import type { StreamSources } from './follow-task.ts';
import { replay } from './replay.ts';
import { changeOf } from './run-change.ts';

const FINAL: ReadonlySet<string> = new Set(['rejected', 'completed', 'failed', 'cancelled']);

export interface RunWanted {
  readonly runId: string;
  /** The last version that the reader has; 0: none. */
  readonly version: number;
}

export function followRun({ live, views, ...rest }: StreamSources, wanted: RunWanted, channel: EventChannel): void {
  const { runId } = wanted;
  let shown = wanted.version;

  const show = (run: MessageOf<typeof runChanged>): void => {
    if (channel.closed.aborted || run.version < shown) return;
    if (run.version > shown) channel.send({ event: 'run', id: `${runId}:${run.version}`, data: JSON.stringify(run) });
    shown = run.version;
    if (!FINAL.has(run.state)) return;
    channel.send({ event: 'end', data: JSON.stringify({ state: run.state }) });
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
  void replay(pass, { ...rest, signal: channel.closed });
}
