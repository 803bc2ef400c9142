/** The live view of a run. What its lines say is decided in `tail-lines.ts`, what keys do in `tail-ui.ts`. */
import { type Key, useInput } from 'ink';
import { LinesView } from '../lines-view.tsx';
import type { KeyPress } from './tail-ui.ts';

interface TailViewProps {
  readonly lines: readonly string[];
  /** Undefined where there is no keyboard. */
  readonly onKey: ((key: KeyPress) => void) | undefined;
  /** Ctrl-C, which is a key like any other while Ink reads the keyboard. */
  readonly onInterrupt: () => void;
}

export function TailView({ lines, onKey, onInterrupt }: TailViewProps) {
  useInput((text, key) => (key.ctrl && text === 'c' ? onInterrupt() : onKey?.({ text, name: nameOf(key) })), {
    isActive: onKey !== undefined,
  });
  return <LinesView lines={lines} />;
}

function nameOf(key: Key): KeyPress['name'] {
  if (key.upArrow) return 'up';
  if (key.downArrow) return 'down';
  if (key.return) return 'enter';
  if (key.escape) return 'escape';
  return key.backspace || key.delete ? 'backspace' : undefined;
}
