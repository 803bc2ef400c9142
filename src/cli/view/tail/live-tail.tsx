/**
 * Keeps the live view of a run on the terminal until it is closed. Events never draw: ten times a second a frame draws
 * what is known by then, so that five thousand events a second cost little more than one.
 */
import type { WriteStream } from 'node:tty';
import { render } from 'ink';
import type { Output } from '../../output/output.ts';
import { tailLines } from './tail-lines.ts';
import type { TailSnapshot, TailState } from './tail-state.ts';
import { FIRST_UI, type KeyPress, press, type TailUi } from './tail-ui.ts';
import { TailView } from './tail-view.tsx';
import { listedTasks } from './task-list.ts';

const FRAME_MS = 100;
const RATE_MS = 1_000;

export interface LiveTailOptions {
  readonly state: TailState;
  readonly screen: WriteStream;
  readonly out: Output;
  /** The person leaves. */
  readonly onLeave: () => void;
}

export interface LiveTail {
  /** Gives the terminal back, empty. Does nothing the second time. */
  readonly close: () => void;
}

export function openLiveTail(options: LiveTailOptions): LiveTail {
  const { screen } = options;
  const keyboard = options.out.keyboard();
  const picture = new Picture(options, keyboard !== undefined);
  const onKey = (key: KeyPress) => {
    picture.press(key);
    draw();
  };
  const view = () => (
    <TailView lines={picture.lines} onKey={keyboard && onKey} onInterrupt={() => keyboard?.interrupt()} />
  );
  const draw = () => ink.rerender(view());
  // Before Ink's own listener, which lays out what is there: the lines must already fit.
  screen.prependListener('resize', draw);
  const streams = { stdout: screen, ...(keyboard && { stdin: keyboard.keys }) };
  const ink = render(view(), { ...streams, exitOnCtrlC: false, patchConsole: false, interactive: true });
  const frames = setInterval(draw, FRAME_MS);
  let isOpen = true;
  return {
    close: () => {
      if (!isOpen) return;
      isOpen = false;
      clearInterval(frames);
      screen.off('resize', draw);
      ink.clear();
      ink.unmount();
    },
  };
}

/** What is on the screen: the present, or where it was made to stand still. */
class Picture {
  readonly #options: LiveTailOptions;
  readonly #hasKeys: boolean;
  #ui: TailUi = FIRST_UI;
  #still: TailSnapshot | undefined;
  #rate = { events: 0, sinceMs: 0, perSecond: 0 };

  constructor(options: LiveTailOptions, hasKeys: boolean) {
    this.#options = options;
    this.#hasKeys = hasKeys;
  }

  get lines(): readonly string[] {
    const { state, screen, out } = this.#options;
    const now = state.snapshot;
    const snapshot = this.#still ?? now;
    const nowMs = out.nowMs();
    return tailLines({
      snapshot,
      ui: this.#ui,
      behind: now.events - snapshot.events,
      perSecond: this.#perSecond(now.events, nowMs),
      nowMs,
      columns: screen.columns,
      rows: screen.rows,
      hasKeys: this.#hasKeys,
      paint: out.paintError,
    });
  }

  press(key: KeyPress): void {
    const now = this.#options.state.snapshot;
    this.#ui = press(this.#ui, key, listedTasks(this.#still ?? now, this.#ui.filter).length);
    if (this.#ui.isPaused) this.#still ??= now;
    else this.#still = undefined;
    if (this.#ui.hasLeft) this.#options.onLeave();
  }

  #perSecond(events: number, nowMs: number): number {
    const { sinceMs } = this.#rate;
    if (nowMs - sinceMs >= RATE_MS) {
      const perSecond = sinceMs === 0 ? 0 : Math.round(((events - this.#rate.events) / (nowMs - sinceMs)) * 1000);
      this.#rate = { events, sinceMs: nowMs, perSecond };
    }
    return this.#rate.perSecond;
  }
}
