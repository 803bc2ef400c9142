/**
 * Walks over the rows of a CSV file and says where each field starts and ends; makes no strings and no objects.
 * Spaces around a field, its quotes and a carriage return are left out. A doubled quote stays doubled: only texts that
 * gobool ignores can hold one. Blank lines are passed over.
 * Limitations: a quoted field ends on its own line, so that one lost quote cannot swallow the rows after it; of the
 * fields beyond `FIELD_COUNT_MAX` only the number is known.
 */
import { assert } from '../../base/assert.ts';

const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;
const QUOTE = 34;
const FIELD_COUNT_MAX = 1024;
/** A file without line ends is one field, which may be longer than a text can be. */
const TEXT_BYTES_MAX = 1000;

const decoder = new TextDecoder();

export class RowSplitter {
  /** Fields of the row. */
  count = 0;
  /** 1-based line of the row. */
  line = 0;
  /** Where the row's text starts and ends, without the line's end. */
  from = 0;
  to = 0;
  /** The row holds a quote without its partner, or text after a closing quote. */
  isBroken = false;
  /** Field `k` is `[starts[k], ends[k])`. */
  readonly starts = new Int32Array(FIELD_COUNT_MAX);
  readonly ends = new Int32Array(FIELD_COUNT_MAX);
  readonly #bytes: Uint8Array;
  readonly #delimiter: number;
  #next: number;

  constructor(bytes: Uint8Array, delimiter: string, from: number) {
    assert(bytes.length < 2 ** 31, 'a CSV file is below 2 GiB');
    this.#bytes = bytes;
    this.#delimiter = delimiter.charCodeAt(0);
    this.#next = from;
  }

  /** Moves to the next row that is not blank; false at the end. */
  next(): boolean {
    while (this.#next < this.#bytes.length) {
      this.line++;
      this.#split();
      if (this.count > 1 || this.starts[0] !== this.ends[0]) return true;
    }
    return false;
  }

  /** The text of field `column`, cut off where it is no word; empty beyond the fields whose places are known. */
  textOf(column: number): string {
    if (column >= FIELD_COUNT_MAX) return '';
    const from = this.starts[column] as number;
    const to = Math.min(this.ends[column] as number, from + TEXT_BYTES_MAX);
    return decoder.decode(this.#bytes.subarray(from, to));
  }

  /** The texts of all fields. */
  texts(): string[] {
    return Array.from({ length: this.count }, (_, column) => this.textOf(column));
  }

  /** The row as it stands in the file, cut off after `lengthMax` bytes. */
  text(lengthMax: number): string {
    const text = decoder.decode(this.#bytes.subarray(this.from, Math.min(this.to, this.from + lengthMax)));
    return this.to - this.from > lengthMax ? `${text}…` : text;
  }

  #split(): void {
    const bytes = this.#bytes;
    const delimiter = this.#delimiter;
    const size = bytes.length;
    let at = this.#next;
    let fieldFrom = at;
    this.from = at;
    this.count = 0;
    this.isBroken = false;
    for (; at < size; at++) {
      const byte = bytes[at];
      if (byte === delimiter) {
        this.#endField(fieldFrom, at);
        fieldFrom = at + 1;
      } else if (byte === NEWLINE) break;
      else if (byte === QUOTE) at = this.#skipQuoted(fieldFrom, at);
    }
    this.#next = at + 1;
    this.to = at > this.from && bytes[at - 1] === RETURN ? at - 1 : at;
    this.#endField(fieldFrom, this.to);
  }

  #endField(from: number, to: number): void {
    const bytes = this.#bytes;
    let start = from;
    let end = to;
    while (start < end && bytes[start] === SPACE) start++;
    while (end > start && bytes[end - 1] === SPACE) end--;
    if (start < end && bytes[start] === QUOTE) {
      start++;
      if (end > start && bytes[end - 1] === QUOTE) end--;
      else this.isBroken = true;
    }
    this.starts[this.count] = start;
    this.ends[this.count] = end;
    this.count++;
  }

  /** From the quote at `at` to its partner; a quote inside a field's text is a letter like any other. */
  #skipQuoted(fieldFrom: number, at: number): number {
    const bytes = this.#bytes;
    for (let before = fieldFrom; before < at; before++) if (bytes[before] !== SPACE) return at;
    for (let inside = at + 1; inside < bytes.length; inside++) {
      if (bytes[inside] === NEWLINE) break;
      if (bytes[inside] !== QUOTE) continue;
      if (bytes[inside + 1] !== QUOTE) return inside;
      inside++;
    }
    this.isBroken = true;
    return at;
  }
}
