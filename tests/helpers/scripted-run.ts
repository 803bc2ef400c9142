/**
 * A run of a cluster as a script: what it says is pushed by the test, and every stream of it begins with what was said
 * before, behind `Last-Event-ID`. It is served by a small gateway on a real port.
 */
import type { ServerResponse } from 'node:http';
import { sha256 } from '../../src/cluster/client/artifact.ts';
import { encodeFrame } from '../../src/cluster/contracts/frame.ts';
import type { CaseView } from '../../src/cluster/contracts/http/case-view.ts';
import type { Piece } from '../../src/cluster/contracts/piece.ts';
import { ResultHasher } from '../../src/runtime/host/result-hash.ts';
import { beginStream, type EventServer, eventServer, type SentEvent, sendEvents, sendJson } from './event-server.ts';

export const RUN_ID = `r-${'a'.repeat(24)}`;
const CLAIM = { workerId: 'w-0123456789ab', attempt: 1, pid: 4711, cpu: 1 };
const STEPS = 50;

export interface ScriptedRun {
  readonly server: EventServer;
  /** Names the gateway to a command. */
  readonly env: Readonly<Record<string, string>>;
  /** The run is now so. */
  readonly say: (state: string, more?: object) => void;
  /** Others move: whoever asks is told, and nobody else. */
  readonly place: (position: number) => void;
  readonly rank: (ranking: object) => void;
  readonly claim: (n: number, claim?: Partial<typeof CLAIM>) => void;
  readonly progress: (n: number, step: number, steps: number) => void;
  readonly piece: (n: number, piece: Piece) => void;
  /** A chunk of fifty steps of a task's result, with a round trip in it. */
  readonly chunk: (n: number, equity: number) => void;
  /** Ends a task; a backtest's with its summary and the hashes that fit. */
  readonly end: (n: number, end?: object) => void;
  readonly open: (caseView: Partial<CaseView>) => void;
  /** Cuts all streams off, as a gateway that dies. */
  readonly hangUp: () => void;
}

interface Told {
  readonly events: SentEvent[];
  readonly readers: Set<ServerResponse>;
}

/** `kind`: of the run; `tasks`: how many it has. */
export async function scriptedRun(kind: 'run' | 'sweep' = 'run', tasks = 1): Promise<ScriptedRun> {
  const streams = new Map<string, Told>();
  const told = (path: string): Told => {
    const known = streams.get(path) ?? { events: [], readers: new Set<ServerResponse>() };
    streams.set(path, known);
    return known;
  };
  const cases: object[] = [];
  let view: object = viewOf(kind, tasks);
  const server = await eventServer(({ method, path, headers, body }, response) => {
    if (path.startsWith('/v1/cases')) return sendJson(response, 200, { cases });
    if (path.endsWith('/missing')) return sendJson(response, 200, { missing: JSON.parse(String(body)).hashes });
    if (!path.endsWith('/stream')) return sendJson(response, method === 'GET' ? 200 : 202, view);
    const { events, readers } = told(path);
    const had = events.findIndex(({ id }) => id !== undefined && id === headers['last-event-id']);
    beginStream(response);
    sendEvents(response, events.slice(had + 1));
    readers.add(response);
    response.on('close', () => readers.delete(response));
  });
  const push = (path: string, event: SentEvent): void => {
    const { events, readers } = told(path);
    events.push(event);
    for (const reader of readers) sendEvents(reader, [event]);
  };
  const ofRun = `/v1/runs/${RUN_ID}/stream`;
  const ofTask = (n: number) => `/v1/tasks/${RUN_ID}-${n}/stream`;
  const results = new Map<number, ScriptedResult>();
  const resultOf = (n: number): ScriptedResult => {
    const known = results.get(n) ?? new ScriptedResult();
    results.set(n, known);
    return known;
  };
  let version = 0;
  const piece = (n: number, what: Piece): void => {
    const { seq, frame } = resultOf(n).add(what);
    push(ofTask(n), { event: 'piece', id: `${RUN_ID}-${n}:${seq}`, data: frame.toString('base64') });
  };
  return {
    server,
    env: { GOBOOL_CLUSTER: server.url, GOBOOL_API_KEY: server.key },
    say(state, more = {}) {
      view = { ...view, version: ++version, state, atMs: Date.now(), ...more };
      push(ofRun, { event: 'run', id: `${RUN_ID}:${version}`, data: view });
      if (['completed', 'failed', 'cancelled'].includes(state)) push(ofRun, { event: 'end', data: { state } });
    },
    place(position) {
      view = { ...view, position };
    },
    rank: ranking => push(ofRun, { event: 'rank', data: ranking }),
    claim: (n, claim = {}) => push(ofTask(n), { event: 'claimed', data: { ...CLAIM, ...claim } }),
    progress: (n, step, steps) => push(ofTask(n), { event: 'progress', data: { step, steps } }),
    piece,
    chunk: (n, equity) => piece(n, { kind: 'chunk', chunk: resultOf(n).nextChunk(equity) }),
    end(n, end) {
      if (end === undefined && kind === 'run') piece(n, resultOf(n).summary());
      push(ofTask(n), { event: 'end', data: { ...resultOf(n).ending(), ...end } });
    },
    open: caseView => void cases.push(caseOf(caseView)),
    hangUp() {
      for (const { readers } of streams.values()) for (const reader of readers) reader.destroy();
    },
  };
}

/** What a task has given so far, with the hashes that the reader will check. */
class ScriptedResult {
  readonly #hashes: string[] = [];
  readonly #hasher = new ResultHasher();
  #chunks = 0;
  #equity = 100_000;
  #resultHash: string | undefined;

  add(piece: Piece): { seq: number; frame: Buffer } {
    const frame = encodeFrame(piece);
    const seq = this.#hashes.push(sha256(frame)) - 1;
    return { seq, frame };
  }

  /** Equity goes straight to `equity`. */
  nextChunk(equity: number) {
    const seq = this.#chunks++;
    const from = this.#equity;
    const time = Float64Array.from({ length: STEPS }, (_, i) => Date.UTC(2020, 0, 1 + seq * STEPS + i));
    const values = Float64Array.from({ length: STEPS }, (_, i) => from + ((equity - from) * (i + 1)) / STEPS);
    const fill = (day: number, quantity: number, price: number) => {
      const step = seq * STEPS + day;
      return [step, time[day] ?? 0, 0, quantity, price, 0, 0, 0, 0, step];
    };
    const fills = Float64Array.from([...fill(1, 10, 100), ...fill(9, -10, equity > from ? 104 : 97)]);
    const steps = { fromStep: seq * STEPS, toStep: (seq + 1) * STEPS };
    const chunk = { seq, ...steps, time, equity: values, orders: new Float64Array(), fills };
    this.#equity = equity;
    this.#hasher.update(chunk);
    return chunk;
  }

  /** The smallest that a reader takes. */
  summary(): Piece {
    const summary = {
      state: 'completed',
      finalCash: this.#equity,
      finalEquity: this.#equity,
      positions: [],
      daily: { times: Float64Array.of(1), values: Float64Array.of(this.#equity) },
      metrics: { sharpe: { value: 1.5, unit: 'number', n: 100 } },
      fills: 2 * this.#chunks,
      warnings: [],
    };
    this.#resultHash = this.#hasher.finish(summary as never);
    return { kind: 'summary', summary } as unknown as Piece;
  }

  ending() {
    const resultHash = this.#resultHash;
    const rootHash = sha256(this.#hashes.join(''));
    return { state: 'completed', pieces: this.#hashes.length, rootHash, ...(resultHash && { resultHash }) };
  }
}

const viewOf = (kind: string, total: number) => ({
  runId: RUN_ID,
  version: 0,
  state: 'accepted',
  kind,
  name: 'sma-cross.ts',
  keyId: 'k-test',
  submittedMs: Date.now(),
  atMs: Date.now(),
  tasks: { total, completed: 0, failed: 0, running: 0 },
  position: null,
});

const caseOf = (more: Partial<CaseView>) => ({
  caseId: `c-${'b'.repeat(24)}`,
  kind: 'task',
  state: 'open',
  code: 'GB_ARTIFACT_BROKEN',
  message: 'Stored bytes are not those of their hash.',
  fingerprint: '0123456789ab',
  service: 'command',
  runId: RUN_ID,
  attempts: 4,
  atMs: Date.now(),
  ...more,
});
