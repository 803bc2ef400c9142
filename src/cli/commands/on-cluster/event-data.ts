import type { RunEvent } from '../../../cluster/client/run-event.ts';
import { chunkData } from '../backtest/chunk-data.ts';

interface EventData {
  readonly type: string;
  readonly data: object;
}

/** An event of a run as `--ndjson` tells it. Of a summary only that it came: the last line has the result. */
export function eventData(event: RunEvent): EventData {
  switch (event.type) {
    case 'run':
      return { type: 'run', data: event.run };
    case 'rank':
      return { type: 'rank', data: event.ranking };
    case 'claimed':
      return { type: 'claimed', data: { taskId: event.taskId, ...event.claim } };
    case 'end':
      return { type: 'end', data: { taskId: event.taskId, ...event.end } };
    case 'piece':
      return pieceData(event);
    default: {
      const { type, ...data } = event;
      return { type, data };
    }
  }
}

function pieceData({ taskId, seq, piece }: RunEvent & { readonly type: 'piece' }): EventData {
  if (piece?.kind === 'chunk') return { type: 'chunk', data: { taskId, ...chunkData(piece.chunk) } };
  if (piece?.kind === 'rows') return { type: 'rows', data: { taskId, from: piece.from, rows: piece.rows } };
  return { type: 'piece', data: { taskId, seq, kind: piece?.kind ?? 'part' } };
}
