/** A panel: a section with a heading, what it needs to be understood, and its content. */
import { type Content, type Html, html } from './markup.ts';

export interface PanelHead {
  /** The panel's anchor. */
  readonly id: string;
  readonly title: string;
  /** One line beside the title. */
  readonly note?: string | undefined;
  /** Buttons and the like, at the right. */
  readonly tools?: Content;
}

export function panel({ id, title, note, tools }: PanelHead, content: Content): Html {
  return html`<section class="panel" id="${id}" aria-labelledby="${id}-title">
<header><h2 id="${id}-title">${title}</h2>
${note !== undefined && html`<p class="note">${note}</p>`}
${tools !== undefined && html`<div class="tools">${tools}</div>`}</header>
${content}
</section>
`;
}

/** What stands in a panel whose content cannot be shown, and why. */
export function apology(text: string): Html {
  return html`<p class="apology">${text}</p>`;
}
