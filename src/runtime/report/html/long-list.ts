/** The place of a list of any length, which the page's script fills, with a field to filter it. */
import { type Html, html } from './markup.ts';

export interface LongList {
  readonly tools: Html;
  readonly content: Html;
}

/** `name`: what the ids begin with. `example`: of what can be looked for. */
export function longList(name: 'trade' | 'rank', label: string, example: string): LongList {
  return {
    tools: html`<label>filter
<input type="search" id="${name}-filter" placeholder="${example}" autocomplete="off" spellcheck="false"></label>`,
    content: html`<div class="rows" id="${name}-rows" tabindex="0" role="region" aria-label="${label}"></div>
<p class="note" id="${name}-count" aria-live="polite"></p>`,
  };
}
