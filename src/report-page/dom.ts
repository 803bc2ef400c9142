/** Elements in one expression. Text goes in as text, so nothing has to be escaped. */

type Child = Node | string | undefined;
type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** Attributes that are `undefined` or `false` are left out. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(key, value === true ? '' : String(value));
  }
  made.append(...children.filter(child => child !== undefined));
  return made;
}

/** An element of the page; undefined where the page has none. */
export function found<T extends HTMLElement>(id: string): T | undefined {
  return (document.getElementById(id) ?? undefined) as T | undefined;
}
