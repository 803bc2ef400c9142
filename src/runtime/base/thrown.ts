/** What was thrown, as texts. It may be anything: a null, a proxy, an error whose fields are no texts or throw. */

/** A message is for reading: of a longer one the beginning is told, of a stack the end, where the lines stand. */
const LONGEST = 10_000;
const LONGEST_STACK = 50_000;

/** `instanceof`, which a proxy can let throw. */
export function isA<T>(thrown: unknown, kind: abstract new (...args: never[]) => T): thrown is T {
  return attempt(() => thrown instanceof kind) ?? false;
}

/** `TypeError: the message`, or what else was thrown. */
export function thrownText(thrown: unknown): string {
  const said = attempt(() => (thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)));
  const text = said === String({}) ? (attempt(() => JSON.stringify(thrown)) ?? said) : said;
  if (text === undefined) return 'an object that cannot be shown';
  return text.length > LONGEST ? `${text.slice(0, LONGEST)} ...` : text;
}

/** Undefined where there is none, or none that is a text. */
export function thrownStack(thrown: unknown): string | undefined {
  const stack: unknown = attempt(() => (thrown instanceof Error ? thrown.stack : undefined));
  return typeof stack === 'string' ? stack.slice(-LONGEST_STACK) : undefined;
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
