/** Java's properties files, as Kafka, Connect and Streams read them. */

export type Properties = Readonly<Record<string, string | number | boolean>>;

/**
 * One `key=value` a line. Backslashes and line breaks in values, which the format would read as its own, are escaped.
 */
export function toProperties(properties: Properties): string {
  const line = ([key, value]: [string, unknown]) =>
    `${key}=${String(value).replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}\n`;
  return Object.entries(properties).map(line).join('');
}
