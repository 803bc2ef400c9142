/** One number of a page's head, large, with what it is and what it is to be compared with. */
import { type Html, html } from './markup.ts';

export interface TileExtras {
  /** A 95% interval. */
  readonly interval?: string | undefined;
  /** Colours the number by its sign. */
  readonly gain?: number | null | undefined;
}

export function tile(label: string, value: string, note?: string, { interval, gain = 0 }: TileExtras = {}): Html {
  const kind = gain === null || gain === 0 ? '' : gain > 0 ? 'gain' : 'loss';
  return html`<div><dt>${label}</dt><dd class="value ${kind}">${value}</dd>${
    interval !== undefined &&
    html`<dd class="interval">${interval} <abbr title="95% confidence interval">95% CI</abbr></dd>`
  }${note !== undefined && html`<dd>${note}</dd>`}</div>
`;
}
