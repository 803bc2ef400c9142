/**
 * Moving through time on a chart. Dragging selects a stretch (the chart library's own); beside that: Ctrl or Command
 * with the wheel, or two fingers, zoom; Shift with a drag, or a sideways wheel, pans; arrows, + and -, 0 do both from
 * the keyboard; a double click shows everything. A plain wheel and one finger scroll the page, as everywhere.
 */
import type uPlot from 'uplot';
import type { TimeWindow } from './time-window.ts';

const WHEEL_ZOOM = 1.2;

const KEYS: Readonly<Record<string, (time: TimeWindow) => void>> = {
  ArrowLeft: time => time.pan(-0.2),
  ArrowRight: time => time.pan(0.2),
  '+': time => time.zoom(0.6),
  '=': time => time.zoom(0.6),
  '-': time => time.zoom(1 / 0.6),
  '0': time => time.reset(),
  Home: time => time.reset(),
};

export function addGestures(chart: uPlot, root: HTMLElement, time: TimeWindow): void {
  const { over } = chart;
  const timeAt = (clientX: number) => chart.posToVal(clientX - over.getBoundingClientRect().left, 'x');
  // Assigned, because a chart that takes the place of another keeps its root.
  root.onkeydown = event => {
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : KEYS[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act(time);
  };
  over.addEventListener(
    'wheel',
    event => {
      const isSideways = Math.abs(event.deltaX) > 2 * Math.abs(event.deltaY);
      if (!event.ctrlKey && !event.metaKey && !isSideways) return;
      event.preventDefault();
      if (isSideways) time.pan(event.deltaX / over.clientWidth);
      else time.zoom(event.deltaY < 0 ? 1 / WHEEL_ZOOM : WHEEL_ZOOM, timeAt(event.clientX));
    },
    { passive: false },
  );
  over.addEventListener('dblclick', () => time.reset());
  addPanning(over, time);
  addPinching(over, time, timeAt);
}

/** Shift and a drag. Caught before the chart sees it, which would select. */
function addPanning(over: HTMLElement, time: TimeWindow): void {
  over.addEventListener(
    'mousedown',
    event => {
      if (!event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      let lastX = event.clientX;
      const move = ({ clientX }: MouseEvent) => {
        time.pan((lastX - clientX) / over.clientWidth);
        lastX = clientX;
      };
      document.addEventListener('mousemove', move);
      document.addEventListener('mouseup', () => document.removeEventListener('mousemove', move), { once: true });
    },
    { capture: true },
  );
}

/** Two fingers: the times under them stay under them. */
function addPinching(over: HTMLElement, time: TimeWindow, timeAt: (clientX: number) => number): void {
  let held: readonly [number, number] | undefined;
  over.addEventListener('touchstart', ({ touches }) => {
    const [a, b] = touches;
    held = a && b && [timeAt(a.clientX), timeAt(b.clientX)];
  });
  over.addEventListener(
    'touchmove',
    event => {
      const [a, b] = event.touches;
      if (held === undefined || a === undefined || b === undefined) return;
      event.preventDefault();
      const { left, width } = over.getBoundingClientRect();
      const [shareA, shareB] = [(a.clientX - left) / width, (b.clientX - left) / width];
      if (Math.abs(shareA - shareB) < 0.05) return;
      const perWidth = (held[0] - held[1]) / (shareA - shareB);
      if (perWidth > 0) time.show({ from: held[0] - shareA * perWidth, to: held[0] + (1 - shareA) * perWidth });
    },
    { passive: false },
  );
}
