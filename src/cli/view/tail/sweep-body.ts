/** A sweep that runs: how far it is, the best sets so far, and its slices. */
import { counted, grouped } from '../../../runtime/base/format.ts';
import { barText, rowOf } from './columns.ts';
import { doneShare, setText, shareText, tasksText, valueText } from './run-text.ts';
import type { TailScene } from './tail-scene.ts';
import { taskList } from './task-list.ts';

const BAR_COLUMNS = 24;
/** Of the room, for the ranking. */
const RANKING_SHARE = 0.55;

export function sweepBody(scene: TailScene, room: number): readonly string[] {
  const { snapshot, paint } = scene;
  const { ranking, subject } = snapshot;
  const share = doneShare(snapshot);
  const sets = ranking?.sets ?? subject.sets;
  const done = sets === undefined ? '' : `${grouped(ranking?.done ?? 0)} of ${counted(sets, 'set')}`;
  const texts = [done, tasksText(snapshot)].filter(Boolean).join(paint('dim', '  ·  '));
  const head = [`${barText(share, BAR_COLUMNS)} ${shareText(share).padStart(5)}  ${texts}`];
  const air = room >= 12 ? [''] : [];
  const left = room - head.length - 2 * air.length;
  const ranks = rankingList(scene, Math.ceil(left * RANKING_SHARE));
  return [...head, ...air, ...ranks, ...(ranks.length > 0 ? air : []), ...taskList(scene, left - ranks.length)];
}

function rankingList({ snapshot: { ranking, subject }, columns, paint }: TailScene, room: number): readonly string[] {
  if (ranking === undefined || ranking.best.length === 0 || room <= 0) return [];
  const hasTitles = room > 2;
  const shown = ranking.best.slice(0, room - Number(hasTitles));
  const width = Math.max(10, ranking.objective.length);
  const setColumns = Math.max(10, columns - width - 4 - 12 - 6);
  const row = (rank: string, value: string, set: string, hash: string, isBest = false) =>
    rowOf([
      { text: rank, width: 4, align: 'right' },
      { text: value, width, align: 'right', ...(isBest && { paint: (text: string) => paint('green', text) }) },
      { text: set, width: setColumns },
      { text: hash, width: 12, paint: text => paint('dim', text) },
    ]);
  const lines = shown.map(({ index, value, resultHash }, at) =>
    row(String(at + 1), valueText(value), setText(index, subject), resultHash.slice(0, 12), at === 0),
  );
  return [...(hasTitles ? [paint('dim', row('rank', ranking.objective, 'set', 'hash'))] : []), ...lines];
}
