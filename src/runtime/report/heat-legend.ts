/** How a heat map shows values, and the lines that say so. */
import type { HeatGrid } from './heat-grid.ts';
import type { TextStyle } from './style.ts';

export const BEST = '◆';
export const PLATEAU = '◇';
export const NOT_DEFINED = '-';

const SHADES = '░▒▓█';
const RAMP_COLUMNS = 12;
const GAP = '   ';

export interface LegendFacts {
  readonly grid: HeatGrid;
  /** The ends of the scale, as text. */
  readonly worst: string;
  readonly best: string;
  /** The marks that the map has. */
  readonly marks: readonly string[];
  /** Columns of the map. */
  readonly width: number;
}

/** The fuller, the better. */
export function shadeOf(share: number): string {
  return SHADES[Math.min(SHADES.length - 1, Math.floor(share * SHADES.length))]!;
}

export function heatLegend({ grid, worst, best, marks, width }: LegendFacts, { heat }: TextStyle): readonly string[] {
  const shares = Array.from({ length: RAMP_COLUMNS }, (_, step) => step / (RAMP_COLUMNS - 1));
  const ramp = shares.map(shadeOf).join('');
  const cells = grid.rows.flat();
  const parts = [
    `${worst} ${ramp} ${best}`,
    ...(marks.includes(BEST) ? [`${BEST} best set`] : []),
    ...(marks.includes(PLATEAU) ? [`${PLATEAU} best neighbourhood`] : []),
    ...(cells.some(({ sets, value }) => sets > 0 && value === null) ? [`${NOT_DEFINED} not defined`] : []),
    ...(cells.some(({ sets }) => sets === 0) ? ['empty: no set'] : []),
    ...(cells.some(({ sets }) => sets > 1) ? ['several sets in a cell: their median'] : []),
  ];
  const coloured = heat === undefined ? ramp : shares.map(share => heat(share, ' ')).join('');
  return wrapParts(parts, width).map(line => line.replace(ramp, coloured));
}

/** Parts beside each other, as many as a line takes. */
function wrapParts(parts: readonly string[], width: number): readonly string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const longer = `${lines.at(-1)}${GAP}${part}`;
    if (lines.length > 0 && longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(part);
  }
  return lines;
}
