/** The last line of the live view: how the stream is, and which keys there are. */
import { grouped } from '../../../runtime/base/format.ts';
import { durationText } from '../../../runtime/report/format.ts';
import type { TailScene } from './tail-scene.ts';

/** A stream says something at least every ten seconds. */
const SILENT_AFTER_MS = 15_000;

export function statusLine(scene: TailScene): string {
  const { ui, hasKeys, columns, paint } = scene;
  if (ui.isTyping)
    return `${paint('cyan', 'filter tasks:')} ${ui.filter}▏ ${paint('dim', 'Enter keeps it, Esc drops it')}`;
  const { mode, stream } = streamTexts(scene);
  const keys = hasKeys ? '? keys  q leave' : 'Ctrl-C leaves';
  const gap = columns - [mode, stream].filter(Boolean).join('  ').length - keys.length;
  const left = (mode === '' ? '' : `${paint('yellow', mode)}  `) + paint('dim', stream);
  return gap < 2 ? left : `${left}${' '.repeat(gap)}${paint('dim', keys)}`;
}

function streamTexts({ snapshot, ui, behind, perSecond, nowMs }: TailScene) {
  const { events, lagMs, heardMs, reconnects, dropped } = snapshot;
  const silentMs = nowMs - heardMs;
  const mode = [
    ...(ui.isPaused ? [`paused +${grouped(behind)}`] : []),
    ...(ui.filter === '' ? [] : [`filter "${ui.filter}"`]),
  ];
  const stream = [
    `event ${grouped(events)}${perSecond > 0 ? ` (${grouped(perSecond)}/s)` : ''}`,
    `lag ${lagMs === undefined ? '-' : durationText(lagMs)}`,
    `reconnects ${grouped(reconnects)}`,
    `dropped ${grouped(dropped)}`,
    ...(silentMs > SILENT_AFTER_MS ? [`silent for ${durationText(silentMs)}`] : []),
  ];
  return { mode: mode.join('  '), stream: stream.join(' · ') };
}
