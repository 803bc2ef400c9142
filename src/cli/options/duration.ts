/** `30d`, `12h`, `90min`: a time span in one unit. */
const UNITS_MS = { min: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const SPAN = /^([1-9]\d{0,5})(min|h|d)$/;

/** Milliseconds; undefined where the text is no span. */
export function parseDuration(text: string): number | undefined {
  const [, count, unit] = SPAN.exec(text) ?? [];
  return unit === undefined ? undefined : Number(count) * UNITS_MS[unit as keyof typeof UNITS_MS];
}
