/** Bytes from inside of a sandbox may be anything: what is read of them is whole and in order, or refused. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { framesOf, PieceReader } from '../../../../src/cluster/contracts/cut-pieces.ts';
import { decodeFrame, encodeFrame } from '../../../../src/cluster/contracts/frame.ts';
import { PIECE_MAX_BYTES, type Piece } from '../../../../src/cluster/contracts/piece.ts';
import { readFailure } from '../../../../src/cluster/sandbox/read-failure.ts';
import { ResultCheck } from '../../../../src/cluster/sandbox/result-check.ts';
import { encodeMessage, KIND, type Message, readMessages } from '../../../../src/cluster/sandbox/wire.ts';

const LIMITS = { barTimeoutMs: 1_000, memoryMb: 64 };
const HASH = '0'.repeat(64);
const PARTS = { bundle: HASH, input: HASH, datasets: [], limits: LIMITS };
const INVALID = expect.objectContaining({ code: 'GB_FRAME_INVALID' });
const PROTOCOL = expect.objectContaining({ code: 'GB_SANDBOX_PROTOCOL' });

async function messagesOf(parts: readonly Buffer[]): Promise<Message[]> {
  async function* stream() {
    yield* parts;
  }
  const messages: Message[] = [];
  for await (const message of readMessages(stream())) messages.push(message);
  return messages;
}

test('messages are the same however the pipe cuts them', async () => {
  const kinds = fc.constantFrom(KIND.piece, KIND.failed);
  const messages = fc.array(fc.tuple(kinds, fc.uint8Array({ maxLength: 40 })), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(messages, fc.integer({ min: 1, max: 50 }), async (sent, size) => {
      const bytes = Buffer.concat(sent.map(([kind, body]) => encodeMessage(kind, body)));
      const parts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.subarray(i * size, (i + 1) * size),
      );
      expect(await messagesOf(parts)).toEqual(sent.map(([kind, body]) => ({ kind, body: Buffer.from(body) })));
      await expect(messagesOf([bytes.subarray(0, -1)])).rejects.toEqual(PROTOCOL);
    }),
  );
});

describe('pieces in parts', () => {
  const long: Piece = {
    kind: 'columns',
    columns: [{ name: 'a', feed: 'main', values: new Float64Array(2_500_000).map((_, i) => i / 7) }],
  };

  test('come back as they were', () => {
    const frames = framesOf(long);
    expect(frames.length).toBe(3);
    expect(Math.max(...frames.map(frame => frame.length))).toBeLessThanOrEqual(PIECE_MAX_BYTES);
    const reader = new PieceReader();
    const taken = frames.map(frame => reader.take(frame));
    expect(taken.slice(0, 2)).toEqual([undefined, undefined]);
    expect(Buffer.compare(encodeFrame(taken[2]), encodeFrame(long))).toBe(0);
    expect(reader.isWaiting).toBe(false);
  });

  test('out of order, or mixed with others, are refused', () => {
    const [first, second] = framesOf(long) as [Buffer, Buffer];
    expect(() => new PieceReader().take(second)).toThrow(INVALID);
    const reader = new PieceReader();
    reader.take(first);
    expect(() => reader.take(encodeFrame({ kind: 'rows', from: 0, rows: [] }))).toThrow(INVALID);
    expect(() => reader.take(encodeFrame(null))).toThrow(INVALID);
  });

  test('a task is not done before its last part', () => {
    const check = new ResultCheck({ kind: 'indicators', ...PARTS });
    const frames = framesOf(long);
    expect(check.accept(frames[0] as Buffer)).toBe(0);
    expect(() => check.outcome()).toThrow(PROTOCOL);
    for (const frame of frames.slice(1)) check.accept(frame);
    expect(check.outcome()).toMatchObject({ verdict: 'DONE', pieces: 3 });
  });
});

test('a short frame cannot name the same column again and again', () => {
  const frame = encodeFrame([new Float64Array(1_000)]);
  const text = frame.toString('latin1');
  const mark = '{"$":"f64","at":0,"n":1000}';
  expect(text).toContain(mark);
  const json = Buffer.from(`[${Array(100).fill(mark).join(',')}]`.padEnd(4_000));
  const header = Buffer.alloc(8);
  header.write('GBF1');
  header.writeUInt32LE(json.length, 4);
  expect(() => decodeFrame(Buffer.concat([header, json, Buffer.alloc(8_000)]))).toThrow(INVALID);
});

describe('a run', () => {
  const column = (n: number) => new Float64Array(n);
  const chunk = (seq: number, fromStep: number, toStep: number) => {
    const n = Math.max(0, toStep - fromStep);
    const [orders, fills] = [column(0), column(0)];
    return encodeFrame({
      kind: 'chunk',
      chunk: { seq, fromStep, toStep, time: column(n), equity: column(n), orders, fills },
    });
  };
  test.each([
    ['begins late', [chunk(1, 0, 5)]],
    ['leaves steps out', [chunk(0, 0, 5), chunk(1, 6, 9)]],
    ['goes back', [chunk(0, 0, 5), chunk(1, 4, 9)]],
    ['runs backwards', [chunk(0, 0, 5), chunk(1, 5, 3)]],
    ['comes twice', [chunk(0, 0, 5), chunk(0, 0, 5)]],
  ])('that %s is refused', (_, frames) => {
    const check = new ResultCheck({ kind: 'run', ...PARTS });
    expect(() => frames.map(frame => check.accept(frame))).toThrow(PROTOCOL);
  });

  test('without an end is refused', () => {
    const check = new ResultCheck({ kind: 'run', ...PARTS });
    const endless = () => {
      for (let i = 0; i <= 10_000; i++) check.accept(chunk(i, i, i + 1));
    };
    expect(endless).toThrow(PROTOCOL);
  });
});

test('a slice gives each of its sets once', () => {
  const row = {
    resultHash: HASH,
    state: 'completed',
    finalEquity: NaN,
    fills: 1,
    metrics: { sharpe: null },
    samples: 3,
  };
  const rows = (from: number, count: number) => encodeFrame({ kind: 'rows', from, rows: Array(count).fill(row) });
  const newCheck = () => new ResultCheck({ kind: 'slice', ...PARTS, from: 4, to: 6 });
  const check = newCheck();
  check.accept(rows(4, 2));
  expect(check.outcome()).toMatchObject({ verdict: 'DONE', pieces: 1 });
  for (const wrong of [rows(0, 2), rows(4, 3), rows(4, 0)]) expect(() => newCheck().accept(wrong)).toThrow(PROTOCOL);
});

test("a failure is cut to what a person reads, and its code is a strategy's", () => {
  const bar = { feed: 'main', index: 3, time: 0, values: { close: NaN } };
  const where = { bar, file: '/etc/passwd' };
  const failure = { code: 'GB_STRATEGY_THREW', message: 'x'.repeat(100_000), problems: [], where, other: 1 };
  expect(readFailure(encodeFrame(failure))).toEqual({
    verdict: 'THROW',
    error: { code: 'GB_STRATEGY_THREW', message: 'x'.repeat(10_000), problems: [], where: { bar } },
  });
  const unstorable = { ...failure, message: '', where: { bar: { ...bar, values: { 'a\0b': 1 } } } };
  expect(readFailure(encodeFrame(unstorable)).error.where).toEqual({ bar: { ...bar, values: { 'a\u{FFFD}b': 1 } } });
  for (const code of ['GB_KAFKA_UNAVAILABLE', 'toString', 'GB_NO_SUCH'])
    expect(() => readFailure(encodeFrame({ ...failure, code }))).toThrow(PROTOCOL);
});
