/**
 * How far long work is: a bar with rate and time left on a terminal, a line every 10 s elsewhere, nothing with
 * `--json`.
 */
import type { TextStream } from './output.ts';

/** What a single count does not tell. */
interface ProgressDetail {
  /** Units that were done before the work began, and took no time. */
  readonly before: number;
  /** Something else that is counted beside the units: bars beside runs. */
  readonly also: { readonly done: number; readonly unit: string };
}

export interface Progress {
  /** `done` of `total` units. Call it as often as you like; it draws at most ten times a second. */
  readonly update: (done: number, total: number, detail?: ProgressDetail) => void;
  /** Clears what was drawn; a later `update` draws again. */
  readonly stop: () => void;
}

export const silentProgress: Progress = { update: () => {}, stop: () => {} };

const FRAME_MS = 100;
const LINE_MS = 10_000;
const BAR_COLUMNS = 24;

/** Work shorter than two frames draws nothing. */
export function animatedProgress(stream: TextStream, nowMs: () => number, label: string, unit: string): Progress {
  const startMs = nowMs();
  let drawnMs = startMs + FRAME_MS;
  let visible = false;
  return {
    update: (done, total, detail) => {
      const now = nowMs();
      if (now - drawnMs < FRAME_MS) return;
      drawnMs = now;
      visible = true;
      const line = `${label} ${bar(done / total)} ${status(done, total, now - startMs, unit, detail)}`;
      stream.write(`\r\u001b[2K${line.slice(0, (stream.columns ?? 80) - 1)}`);
    },
    stop: () => {
      if (visible) stream.write('\r\u001b[2K');
      visible = false;
    },
  };
}

export function plainProgress(
  note: (line: string) => void,
  nowMs: () => number,
  label: string,
  unit: string,
): Progress {
  const startMs = nowMs();
  let printedMs = startMs;
  return {
    update: (done, total, detail) => {
      const now = nowMs();
      if (now - printedMs < LINE_MS) return;
      printedMs = now;
      note(`${label}: ${status(done, total, now - startMs, unit, detail)}`);
    },
    stop: () => {},
  };
}

function bar(fraction: number): string {
  const full = Math.round(Math.min(1, fraction) * BAR_COLUMNS);
  return '━'.repeat(full) + '╌'.repeat(BAR_COLUMNS - full);
}

/** `42 % · 4.2M of 10M bars · 12M/s · 3 s left`, `42 % · 420 of 1000 runs · 180/s · 18M bars/s · 3 s left` */
function status(done: number, total: number, elapsedMs: number, unit: string, detail?: ProgressDetail): string {
  const rate = (count: number) => count / (elapsedMs / 1000);
  const perSecond = rate(done - (detail?.before ?? 0));
  const parts = [
    `${Math.floor((done / total) * 100)} %`,
    `${short(done)} of ${short(total)} ${unit}`,
    `${short(perSecond)}/s`,
    ...(detail ? [`${short(rate(detail.also.done))} ${detail.also.unit}/s`] : []),
    ...(perSecond > 0 ? [`${Math.ceil((total - done) / perSecond)} s left`] : []),
  ];
  return parts.join(' · ');
}

function short(count: number): string {
  if (count >= 1e6) return `${(count / 1e6).toFixed(1)}M`;
  if (count >= 1e4) return `${(count / 1e3).toFixed(0)}k`;
  return count.toFixed(count < 10 && !Number.isInteger(count) ? 1 : 0);
}
