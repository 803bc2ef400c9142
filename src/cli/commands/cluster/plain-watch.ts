/** How a cluster comes up, for logs and pipes: a line for every change, and one every 10 s for what takes long. */
import type { ClusterStatus, ComponentStatus } from '../../../cluster/dev/cluster-status.ts';
import { durationText } from '../../../runtime/report/format.ts';
import type { Paint } from '../../output/colour.ts';
import type { Output } from '../../output/output.ts';
import { problemText, progressText, wantedOf } from './component-text.ts';
import type { ClusterWatch } from './watch.ts';

const LINE_MS = 10_000;
/** What is in the cache takes less. */
const FETCH_MS_TOLD = 1000;

type Notes = Pick<Output, 'note' | 'nowMs' | 'paintError'>;

export function plainWatch(first: ClusterStatus, { note, nowMs, paintError }: Notes): ClusterWatch {
  let last: ClusterStatus | undefined;
  const update = (status: ClusterStatus) => {
    for (const line of changeLines(last, status, paintError)) note(line);
    last = status;
  };
  update(first);
  const ticks = setInterval(() => {
    for (const line of progressLines(last ?? first, nowMs())) note(line);
  }, LINE_MS);
  return { update, close: () => clearInterval(ticks) };
}

/** What became different, a line for each component; at first, what is not healthy. */
export function changeLines(before: ClusterStatus | undefined, after: ClusterStatus, paint: Paint): readonly string[] {
  const stateBefore = new Map(before?.components.map(({ name, state }) => [name, state]));
  return wantedOf(after)
    .filter(({ name, state }) => state !== (before === undefined ? 'healthy' : stateBefore.get(name)))
    .map(component => `${component.name}: ${changeText(component, paint)}`);
}

/** What is under way, with its time. */
export function progressLines(status: ClusterStatus, nowMs: number): readonly string[] {
  return wantedOf(status)
    .filter(({ state }) => state !== 'healthy' && state !== 'failed')
    .map(({ name, state, sinceMs, progress }) => {
      const step = progress === null ? '' : `: ${progressText(progress)}`;
      return `${name}: ${state} for ${durationText(nowMs - sinceMs)}${step}`;
    });
}

function changeText({ state, tookMs, probe, problem }: ComponentStatus, paint: Paint): string {
  if (problem !== null) return `${state}: ${problemText(problem, paint)}`;
  const { fetching = 0, starting = 0, initialising = 0 } = tookMs;
  if (state === 'healthy') return `healthy after ${durationText(starting + initialising)}: ${probe?.message ?? ''}`;
  return state === 'starting' && fetching > FETCH_MS_TOLD ? `starting, fetched in ${durationText(fetching)}` : state;
}
