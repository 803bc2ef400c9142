/**
 * The live view of a cluster that comes up, as lines of text: a function of what is known, the time and the size of the
 * terminal. Invariant: at most `rows - 1` lines, or the terminal would scroll with every frame. Lines may be wider than
 * the terminal; whoever draws them cuts them.
 */
import type { ClusterStatus, ComponentStatus } from '../../cluster/dev/cluster-status.ts';
import { durationText } from '../../runtime/report/format.ts';
import { problemText, progressText, STATE_STYLES, wantedOf } from '../commands/cluster/component-text.ts';
import type { Paint } from '../output/colour.ts';

export interface ClusterScene {
  readonly status: ClusterStatus;
  /** When the watching began. */
  readonly sinceMs: number;
  readonly nowMs: number;
  readonly columns: number;
  readonly rows: number;
  readonly paint: Paint;
}

const PHASES = ['fetching', 'starting', 'initialising'] as const;
const TITLES = { fetching: 'fetch', starting: 'start', initialising: 'init' } as const;

const SPINNER = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';
const FRAME_MS = 100;
const NAME_COLUMNS = 8;
const STATE_COLUMNS = 12;
const TIME_COLUMNS = 12;
const BAR_COLUMNS = 12;
/** From this width on every phase has its column; below there is one time for all of them. */
const WIDE_COLUMNS = 100;
/** Below, there is only room for name and state. */
const NARROW_COLUMNS = 40;

export function clusterLines(scene: ClusterScene): readonly string[] {
  const { status, rows, paint } = scene;
  const rowsFree = Math.max(1, rows - 1);
  const components = wantedOf(status);
  const shown = mostTelling(components, rowsFree - 1);
  const left = components.length - shown.length;
  const body = shown.map(component => componentLine(component, scene));
  const rest = left > 0 ? [paint('dim', `  … and ${left} more`)] : [];
  const lines = [titleLine(scene), ...body, ...rest].slice(0, rowsFree);
  if (rowsFree < lines.length + 3) return lines;
  const [title = '', ...others] = lines;
  return [title, columnTitles(scene), ...others, '', paint('dim', 'Ctrl-C leaves it working.')];
}

/** In their order; where not all fit, those that are healthy give way first, and a line is kept to say so. */
function mostTelling(components: readonly ComponentStatus[], room: number): readonly ComponentStatus[] {
  if (components.length <= room) return components;
  const ranked = components.toSorted((a, b) => Number(a.state === 'healthy') - Number(b.state === 'healthy'));
  const kept = new Set(ranked.slice(0, Math.max(0, room - 1)));
  return components.filter(component => kept.has(component));
}

function titleLine({ status, sinceMs, nowMs, paint }: ClusterScene): string {
  const components = wantedOf(status);
  const healthy = components.filter(({ state }) => state === 'healthy').length;
  const name = `${paint('bold', 'Cluster')} ${paint('cyan', status.name)}`;
  return `${name}  ${healthy} of ${components.length} healthy  ${durationText(nowMs - sinceMs)}`;
}

function columnTitles({ columns, paint }: ClusterScene): string {
  const start = ' '.repeat(2 + NAME_COLUMNS + 2 + STATE_COLUMNS);
  const times = columns < WIDE_COLUMNS ? ['time'] : PHASES.map(phase => TITLES[phase]);
  return columns < NARROW_COLUMNS
    ? ''
    : paint('dim', start + times.map(title => title.padStart(TIME_COLUMNS)).join(''));
}

function componentLine(component: ComponentStatus, scene: ClusterScene): string {
  const { name, state } = component;
  const { columns, paint } = scene;
  const start = `${mark(component, scene)} ${name.padEnd(NAME_COLUMNS)}  `;
  const stateCell = paint(STATE_STYLES[state], state.padEnd(STATE_COLUMNS));
  if (columns < NARROW_COLUMNS) return start + stateCell.trimEnd();
  const times = (columns < WIDE_COLUMNS ? [totalMs] : PHASES.map(phase => phaseMs(phase)))
    .map(timeOf => timeOf(component, scene.nowMs))
    .map(ms => (ms === undefined ? '' : durationText(ms)).padStart(TIME_COLUMNS));
  return `${start}${stateCell}${times.join('')}  ${detail(component, paint)}`.trimEnd();
}

function mark({ state }: ComponentStatus, { nowMs, paint }: ClusterScene): string {
  switch (state) {
    case 'healthy':
      return paint('green', '✓');
    case 'failed':
      return paint('red', '✗');
    default:
      return paint(STATE_STYLES[state], SPINNER[Math.floor(nowMs / FRAME_MS) % SPINNER.length] ?? '');
  }
}

/** A phase that goes on counts up. */
const phaseMs =
  (phase: (typeof PHASES)[number]) =>
  ({ state, sinceMs, tookMs }: ComponentStatus, nowMs: number): number | undefined =>
    state === phase ? Math.max(0, nowMs - sinceMs) : tookMs[phase];

function totalMs(component: ComponentStatus, nowMs: number): number | undefined {
  const known = PHASES.flatMap(phase => phaseMs(phase)(component, nowMs) ?? []);
  return known.length === 0 ? undefined : known.reduce((sum, ms) => sum + ms, 0);
}

function detail({ state, progress, probe, problem, restarts }: ComponentStatus, paint: Paint): string {
  if (state === 'healthy') return paint('dim', probe?.message ?? '');
  if (problem !== null) return problemText(problem, paint);
  if (progress !== null) return `${bar(progress.bytes, progress.bytesTotal)}${progressText(progress)}`;
  return restarts > 0 ? `start ${restarts + 1}` : '';
}

function bar(bytes = 0, bytesTotal = 0): string {
  if (bytesTotal === 0) return '';
  const full = Math.round(Math.min(1, bytes / bytesTotal) * BAR_COLUMNS);
  return `${'━'.repeat(full)}${'╌'.repeat(BAR_COLUMNS - full)} `;
}
