/**
 * The hand-over under any interleaving. A small world plays worker, log, writer, store and a reader's stream; chance
 * says whose turn it is.
 */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  rootHashOf,
  type StreamPiece,
  TaskStream,
  type TaskStreamEffect,
  type TaskStreamEvent,
} from '../../src/cluster/services/join/streams/task-stream.ts';

interface Plan {
  readonly count: number;
  /** Pieces of a first attempt, which then died. */
  readonly died: number;
  /** Of the last attempt; sent twice, as after a lost answer. */
  readonly twice: ReadonlySet<number>;
  /** How many turns pass before the reader comes, and where it goes on. */
  readonly comesAfter: number;
  readonly next: number;
  /** In the log, but neither live nor the writer finds it. */
  readonly lost: ReadonlySet<number>;
  readonly turns: readonly number[];
}

/** Some are large enough that a few fill the stream's buffer. */
const BODIES = [Buffer.alloc(3 * 2 ** 20), Buffer.alloc(10), Buffer.alloc(10)];
const PIECES = Array.from({ length: 12 }, (_, seq) => ({
  seq,
  hash: createHash('sha256').update(String(seq)).digest('hex'),
  body: BODIES[seq % 3]!,
}));
const pieceOf = (seq: number): StreamPiece => PIECES[seq]!;

/** Plays until the stream is over; fails when it does not come to an end. */
function play(plan: Plan): readonly TaskStreamEffect[] {
  const { count, died, twice, next, lost } = plan;
  const range = (to: number) => Array.from({ length: to }, (_, i) => i);
  const sent = [...range(died), ...range(count).flatMap(seq => (twice.has(seq) ? [seq, seq] : [seq]))];
  const found = sent.filter(seq => !lost.has(seq));
  const completed: TaskStreamEvent = {
    type: 'ended',
    ending: { state: 'completed', pieces: count, rootHash: rootHashOf(range(count).map(seq => pieceOf(seq).hash)) },
    attempt: 1,
  };

  /** Two partitions: pieces, and the one event. How far each of them is published, stored, delivered. */
  const published = { pieces: 0, events: 0 };
  const stored = { pieces: 0, events: 0 };
  const live = { pieces: 0, events: 0 };
  let stream: TaskStream | undefined;
  let wanted: { pieces: number; events: number } | undefined;
  const effects: TaskStreamEffect[] = [];

  const take = (event: TaskStreamEvent) => {
    for (const effect of stream?.take(event) ?? []) {
      effects.push(effect);
      if (effect.type === 'replay') wanted = { ...published };
    }
  };
  const come = () => {
    stream = new TaskStream(next);
    wanted = { ...published };
  };
  const pass = () => {
    for (const seq of found.slice(0, stored.pieces).sort((a, b) => a - b))
      if (stream !== undefined && seq >= stream.next) take({ type: 'piece', piece: pieceOf(seq) });
    if (stored.events > 0) take(completed);
  };
  const isStored = () => wanted !== undefined && stored.pieces >= wanted.pieces && stored.events >= wanted.events;
  const steps: readonly (() => void)[] = [
    () => {
      if (published.pieces < found.length) published.pieces++;
      else published.events = 1;
    },
    () => {
      if (stored.pieces < published.pieces) stored.pieces++;
    },
    () => {
      stored.events = Math.min(published.events, 1);
    },
    () => {
      const seq = live.pieces < published.pieces ? found[live.pieces++] : undefined;
      if (seq !== undefined) take({ type: 'piece', piece: pieceOf(seq) });
    },
    () => {
      if (live.events < published.events) take(completed);
      live.events = published.events;
    },
    // The log delivers at least once: some of it again.
    () => {
      live.pieces = Math.max(0, live.pieces - 2);
    },
    () => {
      if (stream !== undefined && wanted !== undefined) pass();
    },
    () => {
      if (!isStored()) return;
      wanted = undefined;
      pass();
      take({ type: 'replayed' });
    },
    () => {
      if (stream?.wantsTick) take({ type: 'tick' });
    },
  ];
  for (const [i, turn] of plan.turns.entries()) {
    if (i === plan.comesAfter) come();
    steps[turn % steps.length]?.();
  }
  if (stream === undefined) come();
  for (let i = 0; i < 40 + 8 * sent.length && !stream!.isOver; i++)
    for (const [j, step] of steps.entries()) if (j !== 5) step();
  expect(stream!.isOver).toBe(true);
  return effects;
}

const plans = fc.record({
  count: fc.integer({ min: 1, max: 12 }),
  died: fc.integer({ min: 0, max: 12 }),
  twice: fc.uniqueArray(fc.integer({ min: 0, max: 11 })),
  comesAfter: fc.integer({ min: 0, max: 120 }),
  next: fc.integer({ min: 0, max: 12 }),
  lost: fc.uniqueArray(fc.integer({ min: 0, max: 11 }), { maxLength: 3 }),
  turns: fc.array(fc.nat(), { maxLength: 150 }),
});

const planOf = (
  raw: { [K in keyof Plan]: Plan[K] extends ReadonlySet<number> ? readonly number[] : Plan[K] },
): Plan => ({
  ...raw,
  died: Math.min(raw.died, raw.count),
  next: Math.min(raw.next, raw.count),
  twice: new Set(raw.twice),
  lost: new Set(raw.lost),
});

const isSent = (effect: TaskStreamEffect) => effect.type === 'piece' || effect.type === 'gap' || effect.type === 'end';

test('every piece once, in order, then the end', () => {
  fc.assert(
    fc.property(plans, raw => {
      const plan = planOf({ ...raw, lost: [] });
      const shown = play(plan).filter(isSent);
      const seqs = shown.map(effect => (effect.type === 'piece' ? effect.piece.seq : effect.type));
      const expected = Array.from({ length: plan.count - plan.next }, (_, i) => plan.next + i);
      expect(seqs).toEqual([...expected, 'end']);
      expect(shown.at(-1)).toMatchObject({ ending: { state: 'completed' }, pieces: plan.count });
    }),
    { numRuns: 1_000 },
  );
});

test('what is nowhere is a gap: pieces and gaps together are every number once, in order', () => {
  fc.assert(
    fc.property(plans, raw => {
      const plan = planOf({ ...raw, died: 0 });
      const shown = play(plan).filter(isSent);
      let at = plan.next;
      for (const effect of shown.slice(0, -1)) {
        if (effect.type === 'piece') expect(effect.piece.seq).toBe(at++);
        if (effect.type !== 'gap') continue;
        expect(effect.from).toBe(at);
        for (; at < effect.to; at++) expect(plan.lost.has(at)).toBe(true);
      }
      expect(at).toBe(plan.count);
      expect(shown.at(-1)).toMatchObject({ type: 'end', ending: { state: 'completed' }, pieces: plan.count });
    }),
    { numRuns: 1_000 },
  );
});
