/**
 * HTML as values: text that goes into a page is escaped where it is put, so a page cannot forget to do it.
 * `html` escapes every text; only what `html` itself made goes in as it is.
 */

/** A piece of markup that is safe to put into a page. Only this file makes any. */
export class Html {
  readonly #text: string;

  /** @internal */
  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/** What may stand in a template. Nothing is shown for `undefined`, `null` and `false`; lists are joined. */
export type Content = Html | string | number | undefined | null | false | readonly Content[];

/** `` html`<td title="${text}">${text}</td>` ``: for text and for attributes in double quotes. */
export function html(pieces: TemplateStringsArray, ...contents: readonly Content[]): Html {
  let text = pieces[0]!;
  contents.forEach((content, index) => {
    text += textOf(content) + pieces[index + 1]!;
  });
  return new Html(text);
}

/** Data for the page's script. No data can end the element: `<` is written as an escape, which JSON reads back. */
export function dataElement(id: string, data: unknown): Html {
  const json = JSON.stringify(data).replaceAll('<', '\\u003c');
  return html`<script type="application/json" id="${id}">${new Html(json)}</script>`;
}

/** Gobool's own style sheet or script, which holds no text of users. It must not contain the end of its element. */
export function ownElement(name: 'style' | 'script', text: string): Html {
  const inside = text.replaceAll(`</${name}`, `<\\/${name}`);
  return new Html(`<${name}>${inside}</${name}>`);
}

function textOf(content: Content): string {
  if (content === undefined || content === null || content === false) return '';
  if (content instanceof Html) return content.toString();
  if (typeof content === 'object') return content.map(textOf).join('');
  return escaped(String(content));
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, character => ESCAPES[character]!);
}
