/** What a person does with a live view, key by key: a pure function of what was and what is pressed. */

export interface TailUi {
  readonly screen: 'run' | 'task' | 'help';
  /** While text for the filter is typed. */
  readonly isTyping: boolean;
  /** Tasks of which the line holds this text are listed. */
  readonly filter: string;
  /** Row of the list of tasks, from 0 on. */
  readonly selected: number;
  /** The picture stands still; events still come in. */
  readonly isPaused: boolean;
  readonly hasLeft: boolean;
}

/** A key as Ink tells it. */
export interface KeyPress {
  readonly text: string;
  readonly name?: 'up' | 'down' | 'enter' | 'escape' | 'backspace' | undefined;
}

export const FIRST_UI: TailUi = {
  screen: 'run',
  isTyping: false,
  filter: '',
  selected: 0,
  isPaused: false,
  hasLeft: false,
};

/** `rows`: tasks that are listed. */
export function press(ui: TailUi, key: KeyPress, rows: number): TailUi {
  if (ui.isTyping) return typed(ui, key);
  const last = Math.max(0, rows - 1);
  switch (key.name) {
    case 'up':
      return { ...ui, selected: Math.max(0, Math.min(ui.selected, last) - 1) };
    case 'down':
      return { ...ui, selected: Math.min(last, ui.selected + 1) };
    case 'enter':
      return ui.screen === 'run' && rows > 0 ? { ...ui, screen: 'task' } : { ...ui, screen: 'run' };
    case 'escape':
    case 'backspace':
      return ui.screen === 'run' ? { ...ui, filter: '', selected: 0 } : { ...ui, screen: 'run' };
    case undefined:
      return pressedLetter(ui, key.text);
  }
}

function pressedLetter(ui: TailUi, letter: string): TailUi {
  switch (letter) {
    case 'q':
      return { ...ui, hasLeft: true };
    case 'p':
      return { ...ui, isPaused: !ui.isPaused };
    case '/':
      return { ...ui, screen: 'run', isTyping: true, selected: 0 };
    case '?':
      return { ...ui, screen: ui.screen === 'help' ? 'run' : 'help' };
    default:
      return ui;
  }
}

function typed(ui: TailUi, { text, name }: KeyPress): TailUi {
  switch (name) {
    case 'enter':
      return { ...ui, isTyping: false };
    case 'escape':
      return { ...ui, isTyping: false, filter: '' };
    case 'backspace':
      return { ...ui, filter: ui.filter.slice(0, -1) };
    default:
      return { ...ui, filter: ui.filter + text };
  }
}
