/** Numbers as people read them. No locale: a result must look the same on every machine. */

/** From here on, digits say nothing more: a number has but sixteen that count, and columns and tiles have no room. */
const EXPONENT_FROM = 1e15;
/** Of ratios. Growth of a few hours, as if it went on for a year, comes to such numbers. */
const EXPONENT_FROM_RATIO = 1e9;

/** `1,234,568`: thousands separated, `digits` after the point; `1.23e+15` for what is huge. */
export function grouped(value: number, digits = 0): string {
  if (Math.abs(value) >= EXPONENT_FROM) return scientific(value);
  const [whole = '', fraction] = withoutNegativeZero(value.toFixed(digits)).split('.');
  const separated = whole.replace(/\d(?=(\d{3})+$)/g, '$&,');
  return fraction === undefined ? separated : `${separated}.${fraction}`;
}

/** `1,234.50`: an amount of money, to the cent. */
export function money(value: number): string {
  return grouped(value, 2);
}

/** `12.3%` for 0.123. */
export function percent(ratio: number, digits = 1): string {
  return `${Math.abs(ratio) >= EXPONENT_FROM_RATIO ? scientific(ratio * 100) : grouped(ratio * 100, digits)}%`;
}

/** `+` before what is above zero, as it is shown; `text` is the value's formatted form. */
export function signed(text: string): string {
  return /^-|^[0.,%]+$/.test(text) ? text : `+${text}`;
}

/** `1 fill`, `2 fills`, `1,200 fills`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${grouped(count)} ${count === 1 ? noun : plural}`;
}

/** `0.012346`, `1234567`: with so many digits that count, and never fewer than the whole ones. */
export function brief(value: number, digits: number): string {
  return Math.abs(value) < Number(`1e${digits}`) ? String(Number(value.toPrecision(digits))) : value.toFixed(0);
}

/** Without the dust of binary fractions: 0.1 + 0.2 is 0.3. */
export function withoutDust(value: number): number {
  return Number(value.toPrecision(12));
}

/** Power of ten of the first digit: of 123.4 it is 2, of 0.0012 it is -3. */
export function exponentOf(value: number): number {
  return Number(value.toExponential().split('e')[1]);
}

function scientific(value: number): string {
  return value.toExponential(2);
}

function withoutNegativeZero(text: string): string {
  return /^-[0.]+$/.test(text) ? text.slice(1) : text;
}
