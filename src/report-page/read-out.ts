/** The line above a chart that says what the lines are and what they are worth: under the pointer, else at the end. */
import { element } from './dom.ts';

export interface ReadOutEntry {
  readonly label: string;
  /** Name of a colour in the style sheet. */
  readonly colour: string;
  readonly textAt: (index: number) => string;
}

export class ReadOut {
  readonly root = element('div', { class: 'read-out', 'aria-hidden': 'true' });
  readonly #time = element('time');
  readonly #values: readonly { readonly entry: ReadOutEntry; readonly shown: HTMLElement; readonly key: HTMLElement }[];
  readonly #timeText: (index: number) => string;
  readonly #extra = element('span', { class: 'extra' });

  constructor(entries: readonly ReadOutEntry[], timeText: (index: number) => string) {
    this.#timeText = timeText;
    this.#values = entries.map(entry => {
      const swatch = element('i');
      swatch.style.background = `var(--${entry.colour})`;
      const shown = element('b');
      return { entry, shown, key: element('span', {}, swatch, entry.label, ' ', shown) };
    });
    this.root.append(this.#time, ...this.#values.map(({ key }) => key), this.#extra);
  }

  show(index: number, extra = ''): void {
    this.#time.textContent = this.#timeText(index);
    for (const { entry, shown } of this.#values) shown.textContent = entry.textAt(index);
    this.#extra.textContent = extra;
  }

  /** Leaves an entry out of the line, or brings it back. */
  toggle(position: number, isShown: boolean): void {
    const value = this.#values[position];
    if (value !== undefined) value.key.hidden = !isShown;
  }
}
