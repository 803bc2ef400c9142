/** A real pseudo-terminal: a tmux server of its own with one window, which a test types into and reads. */
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';

export interface Terminal {
  /** Types text, then Enter. */
  readonly run: (command: string) => void;
  /** Presses a key by tmux's name: `C-c`. */
  readonly press: (key: string) => void;
  readonly screen: () => string;
  /** Whether anything on the screen has a colour. */
  readonly hasColour: () => boolean;
  readonly resize: (columns: number, rows: number) => void;
  readonly showsCursor: () => boolean;
  /** Waits until the screen shows `pattern`, and returns it. */
  readonly waitFor: (pattern: RegExp) => Promise<string>;
}

/** Select graphic rendition, foreground or background. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what terminals are told.
const COLOUR = /\x1b\[(?:\d+;)*(?:3|4|9|10)[0-8][;m]/;

const PATIENCE_MS = 30_000;

/** Somebody's shell, whatever machine tests run on: what a build server sets (`CI`, `NO_COLOR`) is not inherited. */
const SHELL = 'env -i HOME="$HOME" PATH="$PATH" TERM="$TERM" LANG=C.UTF-8 PS1="ready> " bash --norc --noprofile -i';

export function openTerminal(folder: string, columns = 100, rows = 40): Terminal {
  const socket = `gobool-${process.pid}-${Math.random().toString(36).slice(2)}`;
  const tmux = (...args: string[]): string => execFileSync('tmux', ['-L', socket, ...args], { encoding: 'utf8' });
  const size = ['-x', String(columns), '-y', String(rows)];
  tmux('-f', '/dev/null', 'new-session', '-d', ...size, '-c', folder, SHELL);
  onTestFinished(() => void tmux('kill-server'));
  const screen = (): string => tmux('capture-pane', '-p');
  return {
    run: command => void tmux('send-keys', command, 'Enter'),
    press: key => void tmux('send-keys', key),
    screen,
    hasColour: () => COLOUR.test(tmux('capture-pane', '-p', '-e')),
    resize: (width, height) => {
      // What scrolled out of a small screen is history, which no program can erase; a larger one would show it again.
      tmux('clear-history');
      tmux('resize-window', '-x', String(width), '-y', String(height));
    },
    showsCursor: () => tmux('display-message', '-p', '#{cursor_flag}').trim() === '1',
    waitFor: async pattern => {
      for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += 50) {
        const shown = screen();
        if (pattern.test(shown)) return shown;
        await sleep(50);
      }
      throw new Error(`The terminal never showed ${pattern}:\n${screen()}`);
    },
  };
}
