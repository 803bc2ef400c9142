/** Tables of few rows. A narrow screen scrolls them sideways, with the keyboard too. */
import { type Content, type Html, html } from './markup.ts';

export interface Head {
  readonly title: string;
  readonly isNumber?: boolean;
}

/** `kind`: further classes. */
export function smallTable(label: string, kind: string, heads: readonly Head[], rows: readonly Html[]): Html {
  const titles = heads.map(({ title, isNumber }) => {
    return html`<th scope="col"${isNumber && html` class="number"`}>${title}</th>`;
  });
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${label}">
<table class="plain ${kind}">
<thead><tr>${titles}</tr></thead>
<tbody>${rows}</tbody>
</table></div>`;
}

export function numberCell(text: Content, kind = ''): Html {
  return html`<td class="number ${kind}">${text}</td>`;
}
