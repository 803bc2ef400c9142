/**
 * Shows a run of the cluster while it runs: live where a person watches, as events with `--ndjson`, elsewhere a line
 * now and then. Ink takes longer to load than a small run to end, so the live view waits a moment.
 */
import type { ClusterDesk } from '../../../cluster/client/cluster-desk.ts';
import type { RunEvent } from '../../../cluster/client/run-event.ts';
import type { RunHold } from '../../../cluster/client/submitted-run.ts';
import type { Output } from '../../output/output.ts';
import { stateText, summaryLine } from '../../view/tail/run-text.ts';
import { TailState, type TailSubject } from '../../view/tail/tail-state.ts';
import { eventData } from './event-data.ts';

export interface RunWatch extends RunHold {
  /** How it stands, in one line. */
  readonly summary: () => string;
  /** Takes away what is not to stay. Does nothing the second time. */
  readonly close: () => void;
}

export interface WatchOptions {
  /** Knows the cases of a run in the error hospital, and the place of one that waits. */
  readonly desk: Pick<ClusterDesk, 'cases' | 'run'>;
  /** Somebody wants to see this run, not only its result: every change is told, and the hospital waited for. */
  readonly isTail: boolean;
}

/** What shows a run; `changed`: its state is another one. */
interface Show {
  readonly isPatient: boolean;
  readonly take: (event: RunEvent, isChanged: boolean) => void;
  readonly close: () => void;
}

const LIVE_AFTER_MS = 300;
const LINE_MS = 10_000;
const PLACE_MS = 2_000;

export function watchRun(subject: TailSubject, out: Output, options: WatchOptions): RunWatch {
  const state = new TailState(subject, out.nowMs());
  const leaving = new AbortController();
  const show = showOf(state, out, options, () => leaving.abort());
  let told = '';
  const observe = (event: RunEvent): void => {
    state.take(event, out.nowMs());
    if (event.type === 'run' && event.run.state === 'hospital') void readCases();
    const now = event.type === 'run' ? stateText({ run: event.run }) : told;
    show.take(event, now !== told);
    told = now;
  };
  const readCases = async (): Promise<void> => {
    const { cases } = await options.desk.cases({ runId: subject.runId }).catch(() => ({ cases: [] }));
    state.takeCases(cases);
  };
  /** Others move, and the log tells nobody who waits. */
  const readPlace = async (): Promise<void> => {
    const now = await options.desk.run(subject.runId).catch(() => undefined);
    if (now?.state === 'queued') state.takePlace(now.position);
  };
  const asking = setInterval(() => state.isQueued && void readPlace(), PLACE_MS);
  const summary = () => summaryLine(state.snapshot);
  const close = (): void => {
    clearInterval(asking);
    show.close();
  };
  return { observe, leave: leaving.signal, isPatient: options.isTail || show.isPatient, summary, close };
}

function showOf(state: TailState, out: Output, options: WatchOptions, leave: () => void): Show {
  if (out.mode === 'ndjson') return eventShow(state, out, options);
  if (out.mode === 'json') return SILENT;
  return liveShow(state, out, leave) ?? lineShow(state, out, options);
}

const SILENT: Show = { isPatient: false, take: () => {}, close: () => {} };

/** A command that is no tail tells of progress and pieces itself, under the id that its run has here. */
function eventShow(state: TailState, out: Output, { isTail }: WatchOptions): Show {
  const isTold = ({ type }: RunEvent) => isTail || (type !== 'progress' && type !== 'piece');
  return {
    ...SILENT,
    take: event => {
      if (!isTold(event)) return;
      const { type, data } = eventData(event);
      out.event(type, state.subject.runId, data);
    },
  };
}

function liveShow(state: TailState, out: Output, onLeave: () => void): Show | undefined {
  let isOpen = true;
  let closeView = () => {};
  const close = () => {
    isOpen = false;
    clearTimeout(opening);
    closeView();
  };
  const screen = out.liveScreen(close);
  const open = async (): Promise<void> => {
    const { openLiveTail } = await import('../../view/tail/live-tail.tsx');
    if (isOpen && screen) closeView = openLiveTail({ state, screen, out, onLeave }).close;
  };
  const opening = screen && setTimeout(open, LIVE_AFTER_MS);
  return screen && { isPatient: true, take: () => {}, close };
}

function lineShow(state: TailState, out: Output, { isTail }: WatchOptions): Show {
  const tell = () => out.note(`${state.subject.name}: ${summaryLine(state.snapshot)}`);
  const timer = setInterval(tell, LINE_MS);
  return {
    isPatient: false,
    take: (_event, isChanged) => {
      if (isTail && isChanged) tell();
    },
    close: () => clearInterval(timer),
  };
}
