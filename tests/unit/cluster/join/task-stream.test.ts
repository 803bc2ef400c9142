/** The hand-over from stored to live, case by case. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  rootHashOf,
  type StreamPiece,
  TaskStream,
  type TaskStreamEffect,
  type TaskStreamEvent,
} from '../../../../src/cluster/services/join/streams/task-stream.ts';

const BIG = Buffer.alloc(3 * 2 ** 20);
const pieceOf = (seq: number, { text = 'a', body = Buffer.from(text) as Uint8Array } = {}): StreamPiece => ({
  seq,
  hash: createHash('sha256').update(`${seq} ${text}`).digest('hex'),
  body,
});
const piece = (seq: number, options = {}): TaskStreamEvent => ({ type: 'piece', piece: pieceOf(seq, options) });
const rootOf = (count: number) => rootHashOf(Array.from({ length: count }, (_, seq) => pieceOf(seq).hash));
const completed = (pieces: number, rootHash = rootOf(pieces)): TaskStreamEvent => ({
  type: 'ended',
  ending: { state: 'completed', pieces, rootHash },
  attempt: 1,
});
const failedOnce = (attempt: number): TaskStreamEvent => ({
  type: 'ended',
  ending: { state: 'failed', error: { code: 'GB_X', message: 'no' } },
  attempt,
});
const failed = failedOnce(1);
const cancelled: TaskStreamEvent = { type: 'run-ended', ending: { state: 'cancelled' } };
const claimed = (attempt: number): TaskStreamEvent => ({ type: 'claimed', claim: { attempt } });
const replayed: TaskStreamEvent = { type: 'replayed' };
const tick: TaskStreamEvent = { type: 'tick' };

/** `0 1 gap(2-4) end(completed 5)` */
function textOf(effect: TaskStreamEffect): string {
  switch (effect.type) {
    case 'piece':
      return String(effect.piece.seq);
    case 'gap':
      return `gap(${effect.from}-${effect.to})`;
    case 'claimed':
      return `claimed(${effect.claim.attempt})`;
    case 'end':
      return `end(${effect.ending.state} ${effect.pieces}${errorOf(effect.ending)})`;
    case 'replay':
      return 'replay';
  }
}
const errorOf = (ending: Extract<TaskStreamEffect, { type: 'end' }>['ending']) =>
  'error' in ending && ending.error !== undefined ? ` ${ending.error.code}` : '';

const play = (events: readonly TaskStreamEvent[], next = 0, stream = new TaskStream(next)) =>
  events.flatMap(event => stream.take(event).map(textOf)).join(' ');

describe('what a reader gets', () => {
  test.each<[string, readonly TaskStreamEvent[], string]>([
    ['live alone', [replayed, piece(0), piece(1), completed(2)], '0 1 end(completed 2)'],
    ['stored alone', [piece(0), piece(1), completed(2), replayed], '0 1 end(completed 2)'],
    ['stored, then live', [piece(0), piece(1), replayed, piece(2), completed(3)], '0 1 2 end(completed 3)'],
    ['live before what is stored', [piece(2), piece(3), piece(0), piece(1), completed(4)], '0 1 2 3 end(completed 4)'],
    ['both bring the same', [piece(1), piece(0), piece(0), piece(1), piece(2), piece(1)], '0 1 2'],
    [
      'the end before the last pieces',
      [replayed, completed(3), piece(0), piece(1), piece(2)],
      '0 1 2 end(completed 3)',
    ],
    ['the end while replaying', [piece(1), completed(2), piece(0)], '0 1 end(completed 2)'],
    [
      'two attempts, claims as they come',
      [claimed(1), piece(0), claimed(2), piece(0), piece(1), claimed(1)],
      'claimed(1) 0 claimed(2) 1',
    ],
    ['nothing after the end', [replayed, piece(0), completed(1), piece(1), failed, tick], '0 end(completed 1)'],
    ['a failure after what was sent', [replayed, piece(0), failed], '0 end(failed 1 GB_X)'],
    ['a failure only after the replay', [failed, piece(0), replayed], '0 end(failed 1 GB_X)'],
    [
      'no failure of an attempt that another one followed',
      [replayed, claimed(1), claimed(2), failedOnce(1), piece(0), completed(1)],
      'claimed(1) claimed(2) 0 end(completed 1)',
    ],
    [
      'nor one that it followed during the replay',
      [claimed(1), failedOnce(1), claimed(2), replayed, piece(0), failedOnce(2)],
      'claimed(1) claimed(2) 0 end(failed 1 GB_X)',
    ],
    [
      'a completion, though another attempt failed',
      [failedOnce(1), piece(0), completed(1), replayed],
      '0 end(completed 1)',
    ],
    ['a cancelled run, after some patience', [replayed, cancelled, tick, tick], 'end(cancelled 0)'],
    [
      "the task's own end before its run's",
      [replayed, cancelled, tick, piece(0), completed(1), tick],
      '0 end(completed 1)',
    ],
    [
      'other bytes of a piece that was sent',
      [piece(0), piece(0, { text: 'b' })],
      '0 end(failed 1 GB_NONDETERMINISTIC)',
    ],
    ['other bytes of a piece that waits', [piece(1), piece(1, { text: 'b' })], 'end(failed 0 GB_NONDETERMINISTIC)'],
    [
      'a difference that the store knows',
      [piece(0), { type: 'conflict', seq: 0 }],
      '0 end(failed 1 GB_NONDETERMINISTIC)',
    ],
    ['another root hash', [piece(0), completed(1, 'f'.repeat(64))], '0 end(failed 1 GB_NONDETERMINISTIC)'],
    ['more pieces than the task has', [piece(0), piece(1), completed(1)], '0 1 end(failed 2 GB_NONDETERMINISTIC)'],
  ])('%s', (_what, events, expected) => {
    expect(play(events)).toBe(expected);
  });

  test.each<[string, number, readonly TaskStreamEvent[], string]>([
    ['the rest only', 2, [piece(2), piece(3), completed(4), replayed], '2 3 end(completed 4)'],
    ['only the end', 4, [completed(4), replayed], 'end(completed 4)'],
    ['no earlier piece, whatever comes', 2, [piece(0), piece(1), piece(2)], '2'],
  ])('who comes back gets %s', (_what, next, events, expected) => {
    expect(play(events, next)).toBe(expected);
  });
});

describe('holes', () => {
  test('are replayed after some patience, and end with a gap only if that brings nothing', () => {
    const stream = new TaskStream(0);
    expect(play([replayed, piece(0), piece(2)], 0, stream)).toBe('0');
    expect(stream.wantsTick).toBe(true);
    expect(play([tick, tick], 0, stream)).toBe('replay');
    expect(stream.wantsTick).toBe(false);
    expect(play([replayed], 0, stream)).toBe('gap(1-2) 2');
    expect(play([completed(3)], 0, stream)).toBe('end(completed 3)');
  });

  test('that fill up meanwhile are none', () => {
    expect(play([replayed, piece(1), tick, piece(0), tick, tick])).toBe('0 1');
    expect(play([replayed, piece(1), tick, tick, piece(0), replayed, tick, tick])).toBe('replay 0 1');
  });

  test('before the end count too', () => {
    expect(play([replayed, piece(0), completed(3), tick, tick, piece(1), replayed])).toBe(
      '0 replay 1 gap(2-3) end(completed 3)',
    );
  });

  test('that appear after a replay began are no gaps of it', () => {
    const stream = new TaskStream(0);
    expect(play([replayed, piece(1), tick, tick, piece(0), piece(5), replayed], 0, stream)).toBe('replay 0 1');
    expect(play([tick, tick, replayed], 0, stream)).toBe('replay gap(2-5) 5');
  });

  test('are left by what does not fit into the buffer', () => {
    const stream = new TaskStream(0);
    for (const seq of [1, 2, 3, 4]) expect(play([piece(seq, { body: BIG })], 0, stream)).toBe('');
    expect(play([piece(0), replayed], 0, stream)).toBe('0 1 2');
    expect(play([tick, tick], 0, stream)).toBe('replay');
    expect(play([piece(3), piece(4), replayed], 0, stream)).toBe('3 4');
    expect(stream.wantsTick).toBe(false);
  });
});
