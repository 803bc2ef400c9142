/** A grid of dots drawn with braille characters, two dots wide and four high each. Row 0 is at the top. */
const BLANK = 0x2800;
/** Bits of a cell's dots, by column and then by row. */
const DOTS = [
  [0x01, 0x02, 0x04, 0x40],
  [0x08, 0x10, 0x20, 0x80],
] as const;

export const DOTS_WIDE = 2;
export const DOTS_HIGH = 4;

export class BrailleCanvas {
  readonly #columns: number;
  readonly #cells: Uint8Array;

  /** Size in characters. */
  constructor(columns: number, rows: number) {
    this.#columns = columns;
    this.#cells = new Uint8Array(columns * rows);
  }

  /** Sets the dots of column `x` between `fromY` and `toY`, both included, in any order. */
  bar(x: number, fromY: number, toY: number): void {
    const column = x >> 1;
    const bits = DOTS[x & 1]!;
    for (let y = Math.min(fromY, toY); y <= Math.max(fromY, toY); y++) {
      const cell = (y >> 2) * this.#columns + column;
      this.#cells[cell] = this.#cells[cell]! | bits[y & 3]!;
    }
  }

  /** The character of a cell; a space where no dot is set. */
  at(column: number, row: number): string {
    const dots = this.#cells[row * this.#columns + column]!;
    return dots === 0 ? ' ' : String.fromCharCode(BLANK + dots);
  }
}
