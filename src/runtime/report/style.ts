/** How text is dressed: the terminal's colours, or none. A report reads the same without them. */
export type Paint = (text: string) => string;

export interface TextStyle {
  /** Columns of the terminal. */
  readonly width: number;
  readonly bold: Paint;
  readonly dim: Paint;
  readonly red: Paint;
  readonly green: Paint;
  readonly yellow: Paint;
  readonly cyan: Paint;
  /** Lays text on a colour between the worst, 0, and the best, 1; absent where the terminal has too few colours. */
  readonly heat?: (share: number, text: string) => string;
}

const WIDTH_MIN = 60;
const WIDTH_MAX = 120;

const asItIs: Paint = text => text;

/** No colours: for pipes, files and tests. */
export function plainStyle(width: number): TextStyle {
  return { width, bold: asItIs, dim: asItIs, red: asItIs, green: asItIs, yellow: asItIs, cyan: asItIs };
}

/** Columns that a report uses: narrower is unreadable, wider is hard to follow with the eye. */
export function usedWidth({ width }: TextStyle): number {
  return Math.min(WIDTH_MAX, Math.max(WIDTH_MIN, width));
}
