/** Cells of a live table: padded by their width on the screen, then painted, so that colour moves nothing. */
import { cutToWidth, textWidth } from '../../output/text-width.ts';

export interface Cell {
  readonly text: string;
  readonly width: number;
  readonly align?: 'right';
  readonly paint?: (text: string) => string;
}

const GAP = '  ';

/** One line. A text that is too long ends with an ellipsis. */
export function rowOf(cells: readonly Cell[]): string {
  return cells.map(cellText).join(GAP).trimEnd();
}

function cellText({ text, width, align, paint = same }: Cell): string {
  const cut = cutToWidth(text, width);
  const space = ' '.repeat(Math.max(0, width - textWidth(cut)));
  return align === 'right' ? space + paint(cut) : paint(cut) + space;
}

const same = (text: string): string => text;

/** `━━━━╌╌╌╌`; dots where nobody knows how far it is. */
export function barText(share: number | undefined, width: number): string {
  if (share === undefined) return '·'.repeat(width);
  const full = Math.round(Math.min(1, share) * width);
  return '━'.repeat(full) + '╌'.repeat(width - full);
}
