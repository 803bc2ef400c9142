/** Runs as a tail hears of them, for tests of what is made of that. */

import { painter } from '../../../../../src/cli/output/colour.ts';
import { tailLines } from '../../../../../src/cli/view/tail/tail-lines.ts';
import type { TailScene } from '../../../../../src/cli/view/tail/tail-scene.ts';
import { TailState, type TailSubject } from '../../../../../src/cli/view/tail/tail-state.ts';
import { FIRST_UI } from '../../../../../src/cli/view/tail/tail-ui.ts';
import type { RunEvent, RunNow } from '../../../../../src/cluster/client/run-event.ts';
import type { Piece } from '../../../../../src/cluster/contracts/piece.ts';

export const RUN_ID = `r-${'0'.repeat(24)}`;
/** When a tail begins; a run that begins with it says its first word a second later. */
export const START_MS = Date.UTC(2026, 0, 1);

const BACKTEST: TailSubject = { runId: RUN_ID, name: 'sma-cross.ts', kind: 'run', products: ['stock.SPY.usa'] };
const SWEEP: TailSubject = {
  runId: RUN_ID,
  name: 'sma-cross.ts',
  kind: 'sweep',
  sets: 8,
  objective: { metric: 'sharpe', direction: 'maximize' },
  labelOf: index => `fast=${index}`,
};

export function runEvent(state: RunNow['state'], more: Partial<RunNow> = {}): RunEvent {
  const tasks = { total: 1, completed: 0, failed: 0, running: 0 };
  const run = { runId: RUN_ID, version: 1, state, kind: 'run', name: 'x', keyId: 'k', position: null, tasks };
  return { type: 'run', run: { ...run, atMs: START_MS + 1_000, ...more } };
}

export const claimed = (n = 0, attempt = 1): RunEvent => {
  const claim = { workerId: `w-00000000000${n}`, attempt, pid: 4711, cpu: n % 2 };
  return { type: 'claimed', taskId: `${RUN_ID}-${n}`, claim };
};

export const progress = (step: number, steps: number, n = 0): RunEvent => {
  return { type: 'progress', taskId: `${RUN_ID}-${n}`, step, steps };
};

const pieceEvent = (n: number, seq: number, piece: Piece): RunEvent => {
  return { type: 'piece', taskId: `${RUN_ID}-${n}`, seq, piece };
};

/** One day a step; `fills`: day, quantity and price of each. */
export function chunkEvent(
  seq: number,
  equity: readonly number[],
  fills: readonly (readonly [day: number, quantity: number, price: number])[] = [],
): RunEvent {
  const fromStep = seq * equity.length;
  const timeOf = (step: number) => Date.UTC(2020, 0, 1 + step);
  const rows = fills.flatMap(([day, quantity, price]) => [day, timeOf(day), 0, quantity, price, 0, 0, 0, 0, day]);
  const time = Float64Array.from(equity, (_, i) => timeOf(fromStep + i));
  const columns = {
    time,
    equity: Float64Array.from(equity),
    orders: new Float64Array(),
    fills: Float64Array.from(rows),
  };
  const chunk = { seq, fromStep, toStep: fromStep + equity.length, ...columns };
  return pieceEvent(0, seq, { kind: 'chunk', chunk });
}

export function rowsEvent(n: number, from: number, sharpes: readonly (number | null)[]): RunEvent {
  const rows = sharpes.map((sharpe, i) => {
    const resultHash = String(from + i).repeat(64);
    return { resultHash, state: 'completed' as const, finalEquity: 1, fills: 2, metrics: { sharpe }, samples: 9 };
  });
  return pieceEvent(n, 0, { kind: 'rows', from, rows });
}

export const ended = (n = 0): RunEvent => {
  return { type: 'end', taskId: `${RUN_ID}-${n}`, end: { state: 'completed', pieces: 1, rootHash: 'ab'.repeat(32) } };
};

/** Hears the events 10 ms after one another, from the second second on. */
export function tailOf(kind: 'run' | 'sweep', events: readonly RunEvent[], more: Partial<TailSubject> = {}): TailState {
  const state = new TailState({ ...(kind === 'run' ? BACKTEST : SWEEP), ...more }, START_MS);
  events.forEach((event, i) => void state.take(event, START_MS + 1_010 + 10 * i));
  return state;
}

/** Without colours; trailing spaces are gone. */
export function linesOf(state: TailState, scene: Partial<TailScene> = {}): readonly string[] {
  const { columns = 100, rows = 30 } = scene;
  const lines = tailLines({
    snapshot: state.snapshot,
    ui: FIRST_UI,
    behind: 0,
    perSecond: 0,
    nowMs: START_MS + 2_500,
    hasKeys: true,
    paint: painter(false),
    ...scene,
    columns,
    rows,
  });
  return lines.map(line => line.slice(0, columns).trimEnd());
}
