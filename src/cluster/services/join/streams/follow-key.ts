/**
 * The states of all runs of a key to one reader, for as long as it stays. Who comes back is told the latest state of
 * every run that changed since. Times are those of the deciders' clocks, and a change may lie in an outbox for a while,
 * so "since" reaches back a little further: a state may come twice, but none is missed.
 */
import type { MessageOf } from '../../../contracts/define-message.ts';
import type { runChanged } from '../../../contracts/messages/run-changed.ts';
import type { EventChannel } from '../http/event-channel.ts';
import type { Views } from '../store/views.ts';
import type { StreamSources } from './follow-task.ts';
import { replay } from './replay.ts';
import { changeOf } from './run-change.ts';

export interface KeyWanted {
  readonly keyId: string;
  /** Time of the last event that the reader has, epoch milliseconds; absent: what comes from now on. */
  readonly sinceMs?: number;
}

const MARGIN_MS = 60_000;
const PAGE = 500;
/** Runs of which it is remembered what was shown last. */
const REMEMBERED = 1_000;

export function followKey({ live, views, ...rest }: StreamSources, wanted: KeyWanted, channel: EventChannel): void {
  const shown = new Map<string, number>();

  const show = (run: MessageOf<typeof runChanged>): void => {
    const { runId, version, atMs } = run;
    if (channel.closed.aborted || version <= (shown.get(runId) ?? 0)) return;
    shown.delete(runId);
    shown.set(runId, version);
    const [oldest] = shown.keys();
    if (shown.size > REMEMBERED && oldest !== undefined) shown.delete(oldest);
    channel.send({ event: 'run', id: String(atMs), data: JSON.stringify(run) });
  };

  const unfollow = live.followRunsOf(wanted.keyId, fact => {
    if (fact.type === 'changed') show(fact.message);
  });
  channel.closed.addEventListener('abort', unfollow);
  const { sinceMs } = wanted;
  if (sinceMs === undefined) return;
  const pass = () => replayRuns(views, wanted.keyId, sinceMs - MARGIN_MS, show, channel);
  void replay(pass, { ...rest, signal: channel.closed });
}

/** In the order of their latest changes. One that changes meanwhile comes again later. The reader sets the pace. */
async function replayRuns(
  { runs }: Views,
  keyId: string,
  fromMs: number,
  show: (run: MessageOf<typeof runChanged>) => void,
  channel: EventChannel,
): Promise<void> {
  const sort = { field: 'atMs', direction: 'ascending' } as const;
  for (let from = fromMs, limit = PAGE; ; ) {
    const page = await runs.find({ where: { keyId }, from: { field: 'atMs', value: from }, sort, limit });
    for (const change of page.map(changeOf)) if (change !== undefined) show(change);
    await channel.drained();
    if (channel.closed.aborted || page.length < limit) return;
    const last = page.at(-1)?.atMs ?? from;
    // More runs of one millisecond than a page has need a longer page.
    limit = last === from ? limit * 2 : PAGE;
    from = last;
  }
}
