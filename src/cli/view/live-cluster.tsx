/**
 * Keeps the live view on the terminal until it is closed. Statuses are remembered, not drawn: every frame draws the
 * last one, so that a hundred changes a second cost no more than one.
 */
import { render } from 'ink';
import type { ClusterStatus } from '../../cluster/dev/cluster-status.ts';
import type { Output } from '../output/output.ts';
import { ClusterView } from './cluster-view.tsx';

const FRAME_MS = 100;

export interface LiveCluster {
  readonly update: (status: ClusterStatus) => void;
  /** Gives the terminal back, empty. Does nothing the second time. */
  readonly close: () => void;
}

type Screen = NonNullable<ReturnType<Output['liveScreen']>>;

export function openLiveCluster(
  screen: Screen,
  first: ClusterStatus,
  { paintError: paint, nowMs }: Output,
): LiveCluster {
  const sinceMs = nowMs();
  let status = first;
  const scene = () => {
    const { columns, rows } = screen;
    return <ClusterView {...{ status, sinceMs, nowMs: nowMs(), columns, rows, paint }} />;
  };
  const draw = () => view.rerender(scene());
  // Before Ink's own listener, which lays out what is there: the lines must already fit.
  screen.prependListener('resize', draw);
  const view = render(scene(), { stdout: screen, exitOnCtrlC: false, patchConsole: false, interactive: true });
  const frames = setInterval(draw, FRAME_MS);
  let isOpen = true;
  return {
    update: next => {
      status = next;
    },
    close: () => {
      if (!isOpen) return;
      isOpen = false;
      clearInterval(frames);
      screen.off('resize', draw);
      view.clear();
      view.unmount();
    },
  };
}
