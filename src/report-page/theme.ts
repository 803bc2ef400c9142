/** The colours of the style sheet, for canvases: they follow the system's scheme, and paper is always light. */

let values: CSSStyleDeclaration | undefined;
const known = new Map<string, string>();
const listeners = new Set<() => void>();

/** Colours that tell plotted series apart: `series-1` and so on. After the last one the first comes again. */
const SERIES_COLOURS = 8;

/** A colour by its name in the style sheet: `accent` for `--accent`. */
export function colour(name: string): string {
  values ??= getComputedStyle(document.documentElement);
  const value = known.get(name) ?? values.getPropertyValue(`--${name}`).trim();
  known.set(name, value);
  return value;
}

export function seriesColour(index: number): string {
  return `series-${(index % SERIES_COLOURS) + 1}`;
}

/** Size of the root's text in pixels: everything scales with it. */
export function remPx(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
}

export function fontOf(rem: number): string {
  return `${Math.round(rem * remPx())}px ${getComputedStyle(document.body).fontFamily}`;
}

/** Calls `listener` whenever colours have changed. Returns what ends it. */
export function onTheme(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function watchTheme(): void {
  for (const query of ['(prefers-color-scheme: dark)', 'print']) {
    matchMedia(query).addEventListener('change', () => {
      known.clear();
      for (const listener of listeners) listener();
    });
  }
}
