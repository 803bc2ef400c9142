/**
 * The only way to the terminal: data to stdout, messages to stderr.
 * Invariant: with `--json` stdout carries exactly one document, with `--ndjson` one document a line.
 */
import type { ReadStream, WriteStream } from 'node:tty';
import type { Environment } from '../context.ts';
import { type Paint, painter, wantsColour } from './colour.ts';
import { eventDocument } from './documents.ts';
import { type Heat, heatFor } from './heat.ts';
import { jsonPieces } from './json-pieces.ts';
import { animatedProgress, type Progress, plainProgress, silentProgress } from './progress.ts';

/** JSON is written as soon as it has so many characters. */
const WRITE_LENGTH = 1_000_000;

export type OutputMode = 'text' | 'json' | 'ndjson';

/** The part of a standard stream that output needs. */
export interface TextStream {
  readonly write: (text: string) => unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Keys one by one. Whoever reads them gets Ctrl-C as a key, and has to pass it on. */
interface Keyboard {
  readonly keys: ReadStream;
  readonly interrupt: () => void;
}

export interface Terminal {
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  /** What lies behind stderr, where that is a terminal. */
  readonly screen?: WriteStream | undefined;
  /** Undefined where stdin is no terminal. */
  readonly keyboard?: () => Keyboard | undefined;
  readonly env: Environment;
  /** Wall clock, epoch milliseconds. */
  readonly nowMs: () => number;
}

export interface Output {
  readonly mode: OutputMode;
  /** Width of stdout in columns; 100 where it is not a terminal. */
  readonly columns: number;
  /** Wall clock, epoch milliseconds. */
  readonly nowMs: () => number;
  /** Styles for stdout. */
  readonly paint: Paint;
  /** Colours of heat maps on stdout; absent without colours, or with few. */
  readonly heat: Heat | undefined;
  /** Styles for stderr. */
  readonly paintError: Paint;
  readonly write: (text: string) => void;
  /** A line of JSON. */
  readonly json: (document: unknown) => void;
  /** One message to stderr, for people only. */
  readonly note: (message: string) => void;
  /** One line of a stream; does nothing without `--ndjson`. */
  readonly event: (type: string, runId: string | null, data: unknown) => void;
  /** Shows how far long work is. `unit` is what is counted: `bars`, `rows`. */
  readonly progress: (label: string, unit: string) => Progress;
  /**
   * The terminal, for a live view, which `clear` takes away before any message is printed. Undefined where nobody
   * watches: with `--json`, in a pipe, under CI, on a terminal that cannot move its cursor.
   */
  readonly liveScreen: (clear: () => void) => WriteStream | undefined;
  /** Where keys of whoever watches come from. */
  readonly keyboard: () => Keyboard | undefined;
}

export function createOutput(terminal: Terminal, mode: OutputMode, noColor: boolean): Output {
  const { stdout, stderr, screen, env, nowMs } = terminal;
  const hasColour = (stream: TextStream) => wantsColour(noColor, env, stream.isTTY === true);
  const paintFor = (stream: TextStream) => painter(hasColour(stream));
  let shown = silentProgress;
  const note = (message: string) => {
    if (mode !== 'text') return;
    shown.stop();
    stderr.write(`${message}\n`);
  };
  const json = (document: unknown) => {
    let text = '';
    for (const piece of jsonPieces(document)) {
      text += piece;
      if (text.length < WRITE_LENGTH) continue;
      stdout.write(text);
      text = '';
    }
    stdout.write(`${text}\n`);
  };
  let seq = 0;
  return {
    mode,
    columns: stdout.columns ?? 100,
    nowMs,
    paint: paintFor(stdout),
    heat: hasColour(stdout) ? heatFor(env) : undefined,
    paintError: paintFor(stderr),
    write: text => stdout.write(text.endsWith('\n') ? text : `${text}\n`),
    json,
    note,
    event: (type, runId, data) => {
      if (mode === 'ndjson') json(eventDocument(seq++, nowMs(), type, runId, data));
    },
    progress: (label, unit) => {
      if (mode !== 'text') return silentProgress;
      if (stderr.isTTY !== true) return plainProgress(note, nowMs, label, unit);
      shown = animatedProgress(stderr, nowMs, label, unit);
      return shown;
    },
    liveScreen: clear => {
      if (mode !== 'text' || env.CI || env.TERM === 'dumb' || screen === undefined) return undefined;
      shown = { update: () => {}, stop: clear };
      return screen;
    },
    keyboard: () => terminal.keyboard?.(),
  };
}
