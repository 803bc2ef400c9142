/** The heat map of a sweep: a real table, coloured. What it shows, and what of the other parameters, can be chosen. */
import { counted } from '../runtime/base/format.ts';
import { metricText, UNDEFINED } from '../runtime/report/format.ts';
import { type HeatScale, heatScale, heatShare } from '../runtime/report/heat-scale.ts';
import type { SweepAxisData, SweepPageData } from '../runtime/report/html/page-data.ts';
import { PRINT_WIDTH } from './chart.ts';
import { element, found } from './dom.ts';
import { type HeatCell, type HeatCells, type HeatFold, heatCells } from './heat-cells.ts';

interface Drawn {
  readonly cells: HeatCells;
  readonly across: SweepAxisData;
  readonly up: SweepAxisData | undefined;
  /** Null where no cell has a value. */
  readonly scale: HeatScale | null;
  readonly text: (value: number | null) => string;
  /** Marks by column and row. */
  readonly marks: ReadonlyMap<string, string>;
}

const BEST = '◆';
const PLATEAU = '◇';
/** With more columns there is no room for values; the pointer still shows them. */
const COLUMNS_WITH_VALUES = 24;
/** Of a character of a label, with what keeps labels apart. */
const LETTER_WIDTH = 8;
/** Where rows have their names. */
const HEAD_WIDTH = 72;

/** `onChoose` is given the best run of a cell. */
export function drawHeatMap(data: SweepPageData, onChoose: (run: number) => void): void {
  const root = found('heat-map');
  if (root === undefined) return;
  const selects = ['heat-across', 'heat-up', 'heat-others'].map(id => found<HTMLSelectElement>(id));
  const [acrossSelect, upSelect, othersSelect] = selects;
  let width = 0;
  const draw = () => {
    width = root.clientWidth;
    const across = data.axes[Number(acrossSelect?.value ?? 0)]!;
    const up = upSelect === undefined ? undefined : data.axes[Number(upSelect.value)];
    const fold = (othersSelect?.value ?? 'best') as HeatFold;
    const drawn = prepare(data, fold, across, up === across ? undefined : up);
    root.replaceChildren(tableOf(drawn, undefined, onChoose));
    if (isCrowded(root, drawn)) root.replaceChildren(tableOf(drawn, labelsIn(width, drawn), onChoose));
    found('heat-legend')?.replaceChildren(...legendOf(drawn));
  };
  for (const select of selects) select?.addEventListener('change', draw);
  draw();
  new ResizeObserver(() => root.clientWidth !== width && draw()).observe(root);
  addEventListener('beforeprint', () => {
    root.style.width = `${PRINT_WIDTH}px`;
    draw();
    root.style.width = '';
  });
  addEventListener('afterprint', draw);
}

/** How many labels have room below columns that have none for one each. */
function labelsIn(width: number, { cells, across }: Drawn): number {
  const letters = Math.max(4, ...cells.columns.map(place => across.values[place]!.length));
  return Math.max(1, Math.floor((width - HEAD_WIDTH) / (LETTER_WIDTH * letters)));
}

/** Half a number would be another number. */
function isCrowded(root: HTMLElement, { cells }: Drawn): boolean {
  const isCut = (cell: HTMLElement) => cell.scrollWidth > cell.clientWidth;
  return cells.columns.length > COLUMNS_WITH_VALUES || [...root.querySelectorAll('td')].some(isCut);
}

function prepare(data: SweepPageData, fold: HeatFold, across: SweepAxisData, up: SweepAxisData | undefined): Drawn {
  const { values, unit } = data.columns[0]!;
  const cells = heatCells(values, fold, across, up);
  const rows = cells.rows.map((_, row) => cells.columns.map((__, column) => toScaled(cells.at(column, row))));
  const scale = heatScale({ rows }, { direction: data.isMaximized ? 'maximize' : 'minimize' });
  const marks = new Map<string, string>();
  if (data.plateau >= 0) marks.set(cells.cellOf(data.plateau).join(), PLATEAU);
  marks.set(cells.cellOf(0).join(), BEST);
  const text = (value: number | null) => metricText({ value, unit });
  return { cells, across, up, scale, text, marks };
}

function toScaled({ value, runs }: HeatCell) {
  return { value, sets: runs.length };
}

/** `labels`: so many have room below dense columns, whose cells have no values. */
function tableOf(drawn: Drawn, labels: number | undefined, onChoose: (run: number) => void): HTMLElement {
  const { cells, across, up } = drawn;
  const isDense = labels !== undefined;
  const rows = cells.rows.map((place, row) => {
    const name = up?.values[place] ?? '';
    const head = element('th', { scope: 'row', title: name || undefined }, name);
    return element('tr', {}, head, ...cells.columns.map((_, column) => cellOf(drawn, column, row, isDense, onChoose)));
  });
  const every = isDense ? Math.ceil(cells.columns.length / labels) : 1;
  const feet = cells.columns.map((place, column) => {
    const name = across.values[place]!;
    return element('th', { scope: 'col', title: name }, column % every === 0 ? name : '');
  });
  const caption = up === undefined ? across.name : `${across.name} across, ${up.name} up`;
  return element(
    'table',
    { class: isDense ? 'heat dense' : 'heat' },
    element('caption', {}, caption),
    element('tbody', {}, ...rows.reverse(), element('tr', { class: 'feet' }, element('th'), ...feet)),
  );
}

function cellOf(drawn: Drawn, column: number, row: number, isDense: boolean, onChoose: (run: number) => void) {
  const { cells, scale } = drawn;
  const cell = cells.at(column, row);
  const [best] = cell.runs;
  if (best === undefined) return element('td', { class: 'none' });
  const mark = drawn.marks.get(`${column},${row}`) ?? '';
  const value = isDense && cell.value !== null ? '' : drawn.text(cell.value);
  const title = titleOf(drawn, column, row, cell);
  const made = element('td', { title }, mark && element('b', {}, mark), mark && ' ', value);
  if (cell.value === null) made.className = 'undefined';
  if (cell.value !== null && scale !== null) made.style.setProperty('--share', heatShare(cell.value, scale).toFixed(3));
  made.addEventListener('click', () => onChoose(best));
  return made;
}

function titleOf({ cells, across, up, text }: Drawn, column: number, row: number, { value, runs }: HeatCell): string {
  const names = [`${across.name} ${across.values[cells.columns[column]!]}`];
  if (up !== undefined) names.push(`${up.name} ${up.values[cells.rows[row]!]}`);
  const sets = runs.length > 1 ? `, of ${counted(runs.length, 'set')}` : '';
  return `${names.join(', ')}: ${text(value)}${sets}`;
}

/** Of a cell that has sets. */
function isWithoutValue({ value, runs }: HeatCell): boolean {
  return value === null && runs.length > 0;
}

function legendOf({ cells, scale, marks, text }: Drawn): Node[] {
  const isMarked = (mark: string) => [...marks.values()].includes(mark);
  const isUndefined = cells.rows.some((_, row) =>
    cells.columns.some((__, column) => isWithoutValue(cells.at(column, row))),
  );
  const words = [
    ...(isMarked(BEST) ? [`${BEST} best set`] : []),
    ...(isMarked(PLATEAU) ? [`${PLATEAU} best neighbourhood`] : []),
    ...(isUndefined ? [`${UNDEFINED} not defined`] : []),
    'choose a cell to list its best set',
  ];
  const said = words.map(word => element('span', {}, word));
  if (scale === null) return said;
  const worst = text(scale.worst) + (scale.isCut ? ' or worse' : '');
  const ramp = element('span', { class: 'ramp', 'aria-hidden': 'true' });
  return [element('span', {}, worst), ramp, element('span', {}, text(scale.best)), ...said];
}
