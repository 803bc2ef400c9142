/** The executor against a gateway that a test scripts: what is sent, what is checked, what ends a run. */
import { describe, expect, test } from 'vitest';
import { sha256 } from '../../../../src/cluster/client/artifact.ts';
import { ClusterExecutor } from '../../../../src/cluster/client/cluster-executor.ts';
import { ClusterPool } from '../../../../src/cluster/client/cluster-pool.ts';
import { gatewayClient } from '../../../../src/cluster/client/gateway-client.ts';
import type { RunEvent } from '../../../../src/cluster/client/run-event.ts';
import type { TaskEvidence } from '../../../../src/cluster/client/run-follower.ts';
import type { BegunRun } from '../../../../src/cluster/client/submitted-run.ts';
import { decodeFrame, encodeFrame } from '../../../../src/cluster/contracts/frame.ts';
import type { Piece } from '../../../../src/cluster/contracts/piece.ts';
import type { RunInput, SliceInput, StrategyDescription } from '../../../../src/runtime/bundle/abi.ts';
import { DEFAULT_LIMITS } from '../../../../src/runtime/host/executor.ts';
import { ResultHasher } from '../../../../src/runtime/host/result-hash.ts';
import { errorOf } from '../../../helpers/errors.ts';
import {
  beginStream,
  type EventServer,
  eventServer,
  type SentEvent,
  sendEvents,
  sendJson,
} from '../../../helpers/event-server.ts';

const RUN_ID = `r-${'a'.repeat(24)}`;
const BUNDLE = { code: 'export {}', map: '{"version":3,"sources":[],"mappings":""}', hash: sha256('export {}') };
const OPTIONS = { limits: DEFAULT_LIMITS };
const CLAIMED = { event: 'claimed', data: { workerId: 'w-1', attempt: 2, pid: 47, cpu: 1 } };
const COMPLETED = { event: 'run', id: `${RUN_ID}:3`, data: { state: 'completed' } };

const DESCRIPTION = { kind: 'description', description: { name: 'test' } } as unknown as Piece;
const SUMMARY = {
  state: 'finished',
  finalCash: 100,
  finalEquity: 100,
  positions: [],
  daily: { times: Float64Array.of(1), values: Float64Array.of(100) },
};
const row = (fills: number) => ({
  resultHash: 'ab',
  state: 'finished',
  finalEquity: 1,
  fills,
  metrics: {},
  samples: 2,
});
const rows = (from: number, ...fills: readonly number[]) =>
  ({ kind: 'rows', from, rows: fills.map(row) }) as unknown as Piece;

/** A task's stream: its pieces, then an end that fits them, or `end`. */
function taskEvents(n: number, pieces: readonly Piece[], end: object = {}): readonly SentEvent[] {
  const frames = pieces.map(encodeFrame);
  const rootHash = sha256(frames.map(sha256).join(''));
  return [
    CLAIMED,
    ...frames.map((frame, seq) => ({ event: 'piece', id: `${RUN_ID}-${n}:${seq}`, data: frame.toString('base64') })),
    { event: 'end', data: { state: 'completed', pieces: frames.length, rootHash, ...end } },
  ];
}

interface Script {
  /** By task. */
  readonly tasks: readonly (readonly SentEvent[])[];
  /** The run's stream, silent behind it. */
  readonly run?: readonly SentEvent[];
}

function gateway({ tasks, run = [COMPLETED] }: Script): Promise<EventServer> {
  return eventServer(({ method, path, body }, response) => {
    if (path.endsWith('/missing')) return sendJson(response, 200, { missing: JSON.parse(String(body)).hashes });
    if (path === '/v1/workers') return sendJson(response, 200, { workers: [{}, {}] });
    if (!path.endsWith('/stream')) return sendJson(response, method === 'PUT' ? 201 : 202, { runId: RUN_ID });
    beginStream(response);
    const [, n] = /tasks\/.*-(\d+)\/stream/.exec(path) ?? [];
    sendEvents(response, n === undefined ? run : (tasks[Number(n)] ?? []));
  });
}

const executorOf = (server: EventServer, onTask: (evidence: TaskEvidence) => void = () => {}) =>
  new ClusterExecutor(gatewayClient(server), { name: 'strategy.ts', onTask });

const specOf = ({ asked }: EventServer) =>
  JSON.parse(String(asked.find(({ method, path }) => method === 'POST' && path === '/v1/runs')?.body)).spec;

const uploads = ({ asked }: EventServer) =>
  new Map(asked.filter(({ method }) => method === 'PUT').map(({ path, body }) => [path.split('/').at(-1) ?? '', body]));

const DATASET = { name: 'd', bars: { close: Float64Array.of(1, Number.NaN, -0) } };
const INPUT = { params: { fast: 5 }, options: { cash: Number.POSITIVE_INFINITY }, feeds: [DATASET, DATASET] };
const input = INPUT as unknown as RunInput;
const slices = (count: number) =>
  ({
    sets: Array.from({ length: count }, (_, fast) => ({ fast })),
    metrics: [],
    feeds: [DATASET],
    options: {},
  }) as unknown as SliceInput;

const hashOfSummary = () => new ResultHasher().finish(SUMMARY as never);
const summaryPiece = { kind: 'summary', summary: SUMMARY } as unknown as Piece;

describe('a run', () => {
  test('sends bundle, input and each dataset once, by their hashes', async () => {
    const server = await gateway({ tasks: [taskEvents(0, [summaryPiece], { resultHash: hashOfSummary() })] });
    await executorOf(server).run(BUNDLE, input, () => {}, OPTIONS);
    const spec = specOf(server);
    expect(spec).toMatchObject({ kind: 'run', bundle: BUNDLE.hash, limits: DEFAULT_LIMITS });
    expect(spec.datasets).toHaveLength(1);
    const sent = uploads(server);
    expect([...sent.keys()].sort()).toEqual([spec.bundle, spec.input, ...spec.datasets].sort());
    for (const [hash, bytes] of sent) expect(sha256(bytes)).toBe(hash);
    const artifact = spec.datasets[0];
    const feeds = [{ artifact }, { artifact }];
    expect(decodeFrame(sent.get(spec.input) ?? Buffer.of())).toEqual({ ...INPUT, feeds });
    expect(decodeFrame(sent.get(artifact) ?? Buffer.of())).toEqual(DATASET);
  });

  test('tells who ran it, and how far it is', async () => {
    const events = taskEvents(0, [summaryPiece], { resultHash: hashOfSummary() });
    const progress = { event: 'progress', data: { step: 3, steps: 9 } };
    const server = await gateway({ tasks: [[progress, ...events]] });
    const tasks: TaskEvidence[] = [];
    const steps: number[][] = [];
    const onProgress = (step: number, of: number) => void steps.push([step, of]);
    await executorOf(server, task => tasks.push(task)).run(BUNDLE, input, () => {}, { ...OPTIONS, onProgress });
    expect(tasks).toEqual([
      { taskId: `${RUN_ID}-0`, worker: 'w-1', pid: 47, cpu: 1, attempts: 2, elapsedMs: expect.any(Number) },
    ]);
    expect(steps).toEqual([[3, 9]]);
  });

  test('whose result has another hash than on its worker is GB_NONDETERMINISTIC', async () => {
    const server = await gateway({ tasks: [taskEvents(0, [summaryPiece], { resultHash: 'ab'.repeat(32) })] });
    const error = await errorOf(() => executorOf(server).run(BUNDLE, input, () => {}, OPTIONS));
    expect(error.code).toBe('GB_NONDETERMINISTIC');
  });

  test('whose pieces are not those of its root hash is GB_NONDETERMINISTIC', async () => {
    const server = await gateway({ tasks: [taskEvents(0, [DESCRIPTION], { rootHash: 'ab'.repeat(32) })] });
    expect((await errorOf(() => executorOf(server).describe(BUNDLE, OPTIONS))).code).toBe('GB_NONDETERMINISTIC');
  });

  test('that fails ends with the error of the task', async () => {
    const error = { code: 'GB_STRATEGY_THREW', message: 'Error: no', where: { bar: { feed: 'main', index: 3 } } };
    const end = { event: 'end', data: { state: 'failed', pieces: 0, rootHash: '', error } };
    const server = await gateway({ tasks: [[CLAIMED, end]], run: [] });
    expect(await errorOf(() => executorOf(server).run(BUNDLE, input, () => {}, OPTIONS))).toMatchObject(error);
  });

  test('that is refused as a whole ends with that, though its task says nothing', async () => {
    const refused = { state: 'rejected', error: { code: 'GB_ARTIFACT_MISSING', message: 'It is gone.' } };
    const run = [
      { event: 'run', id: `${RUN_ID}:1`, data: refused },
      { event: 'end', data: {} },
    ];
    const server = await gateway({ tasks: [], run });
    const error = await errorOf(() => executorOf(server).describe(BUNDLE, OPTIONS));
    expect(error).toMatchObject({ code: 'GB_ARTIFACT_MISSING', message: 'It is gone.' });
  });

  test('that somebody cancelled ends with how to submit it again: to watch it again would not', async () => {
    const run = [
      { event: 'run', id: `${RUN_ID}:2`, data: { state: 'cancelled' } },
      { event: 'end', data: {} },
    ];
    const error = await errorOf(async () => executorOf(await gateway({ tasks: [], run })).describe(BUNDLE, OPTIONS));
    expect(error).toMatchObject({ code: 'GB_RUN_CANCELLED', hint: `\`gobool run retry ${RUN_ID}\` submits it again.` });
  });

  test('that its caller gives up is cancelled on the cluster', async () => {
    const server = await gateway({ tasks: [], run: [] });
    const controller = new AbortController();
    const running = errorOf(() => executorOf(server).describe(BUNDLE, { ...OPTIONS, signal: controller.signal }));
    await expect.poll(() => server.asked.filter(({ path }) => path.endsWith('/stream'))).toHaveLength(2);
    controller.abort();
    expect((await running).code).toBe('GB_RUN_CANCELLED');
    expect(server.asked.at(-1)).toMatchObject({ method: 'DELETE', path: `/v1/runs/${RUN_ID}` });
  });

  test('that its caller holds is left where the caller ends, or leaves: it goes on', async () => {
    for (const which of ['signal', 'leave'] as const) {
      const server = await gateway({ tasks: [], run: [] });
      const ends = { signal: new AbortController(), leave: new AbortController() };
      const hold = { observe: () => {}, leave: ends.leave.signal, isPatient: true };
      const executor = new ClusterExecutor(gatewayClient(server), { name: 'strategy.ts', begin: () => hold });
      const options = { ...OPTIONS, signal: ends.signal.signal };
      const running = errorOf(() => executor.run(BUNDLE, input, () => {}, options));
      await expect.poll(() => server.asked.filter(({ path }) => path.endsWith('/stream'))).toHaveLength(2);
      ends[which].abort();
      expect(await running).toMatchObject({ code: 'GB_RUN_LEFT', runId: RUN_ID });
      expect(server.asked.filter(({ method }) => method === 'DELETE')).toEqual([]);
    }
  });

  test('that its caller holds tells everything that is heard of it, in order', async () => {
    const events = taskEvents(0, [summaryPiece], { resultHash: hashOfSummary() });
    const server = await gateway({ tasks: [events] });
    const heard: RunEvent[] = [];
    const hold = { observe: (event: RunEvent) => heard.push(event), leave: new AbortController().signal };
    const begun: unknown[] = [];
    const begin = (run: BegunRun) => {
      begun.push(run);
      return { ...hold, isPatient: true };
    };
    await new ClusterExecutor(gatewayClient(server), { name: 'strategy.ts', begin }).run(
      BUNDLE,
      input,
      () => {},
      OPTIONS,
    );
    expect(begun).toMatchObject([{ runId: RUN_ID, name: 'strategy.ts', spec: specOf(server), map: BUNDLE.map }]);
    const ofTask = heard.filter(event => 'taskId' in event);
    expect(ofTask.map(({ type }) => type)).toEqual(['claimed', 'piece', 'end']);
    expect(ofTask.every(({ taskId }) => taskId === `${RUN_ID}-0`)).toBe(true);
  });

  test('in the error hospital ends with its error, unless its caller is patient', async () => {
    const ill = { state: 'hospital', error: { code: 'GB_ARTIFACT_MISSING', message: 'It is gone.' } };
    const rank = { event: 'rank', data: { done: 1, sets: 2, objective: 'sharpe', best: [] } };
    const server = await gateway({ tasks: [], run: [rank, { event: 'run', id: `${RUN_ID}:2`, data: ill }] });
    expect(await errorOf(() => executorOf(server).run(BUNDLE, input, () => {}, OPTIONS))).toMatchObject(ill.error);
    const leave = new AbortController();
    const heard: RunEvent[] = [];
    const observe = (event: RunEvent) => {
      heard.push(event);
      if (event.type === 'run') leave.abort();
    };
    const begin = () => ({ observe, leave: leave.signal, isPatient: true });
    const patient = new ClusterExecutor(gatewayClient(server), { name: 'strategy.ts', begin });
    expect((await errorOf(() => patient.run(BUNDLE, input, () => {}, OPTIONS))).code).toBe('GB_RUN_LEFT');
    expect(heard).toEqual([
      { type: 'rank', ranking: rank.data },
      { type: 'run', run: ill },
    ]);
  });

  test('needs no description that was had before', async () => {
    const server = await gateway({ tasks: [taskEvents(0, [DESCRIPTION])] });
    const known = new Map<string, StrategyDescription>();
    const executor = new ClusterExecutor(gatewayClient(server), { name: 'strategy.ts', descriptions: known });
    const first = await executor.describe(BUNDLE, OPTIONS);
    const asked = server.asked.length;
    expect(await executor.describe(BUNDLE, OPTIONS)).toEqual(first);
    expect([first.name, server.asked.length]).toEqual(['test', asked]);
    expect([...known.keys()]).toEqual([BUNDLE.hash]);
  });

  test('that was given up before is not sent', async () => {
    const server = await gateway({ tasks: [] });
    const error = await errorOf(() => executorOf(server).describe(BUNDLE, { ...OPTIONS, signal: AbortSignal.abort() }));
    expect([error.code, server.asked]).toEqual(['GB_RUN_CANCELLED', []]);
  });

  test('without the piece that it should make is no result', async () => {
    const server = await gateway({ tasks: [taskEvents(0, [summaryPiece])] });
    expect((await errorOf(() => executorOf(server).describe(BUNDLE, OPTIONS))).code).toBe('GB_FRAME_INVALID');
  });
});

describe('a sweep', () => {
  test('is one run, and rows of its tasks find their sets', async () => {
    const server = await gateway({ tasks: [taskEvents(0, [rows(0, 10), rows(1, 11)]), taskEvents(1, [rows(2, 12)])] });
    const had: unknown[] = [];
    const cut = {
      sliceSets: 2,
      onRows: (from: number, more: readonly { fills: number }[]) => had.push([from, more[0]?.fills]),
    };
    await executorOf(server).sweep(BUNDLE, slices(3), cut, OPTIONS);
    expect(had.toSorted()).toEqual([
      [0, 10],
      [1, 11],
      [2, 12],
    ]);
    expect(specOf(server)).toMatchObject({ kind: 'sweep', sets: 3, sliceSets: 2 });
  });

  test('is read also where nobody asks who ran it', async () => {
    const server = await gateway({ tasks: [taskEvents(0, [rows(0, 10), rows(1, 11)])] });
    const executor = new ClusterExecutor(gatewayClient(server), { name: 'strategy.ts' });
    const sliced = await executor.slice(BUNDLE, slices(2), OPTIONS);
    expect(sliced.map(({ fills }) => fills)).toEqual([10, 11]);
  });

  test('as a pool is cut for the workers that are there, gives every set its row, and counts who did it', async () => {
    const server = await gateway({ tasks: [0, 1, 2].map(n => taskEvents(n, [rows(n, 10 + n)])) });
    await using pool = new ClusterPool(gatewayClient(server), { name: 'strategy.ts' });
    const had = new Map<number | undefined, number | undefined>();
    const inputOf = (indices: readonly number[]) => slices(indices.length);
    const onRows = ([index]: readonly number[], [first]: readonly { fills: number }[]) =>
      void had.set(index, first?.fills);
    await pool.run({ bundle: BUNDLE, indices: [4, 7, 9], inputOf, stepsPerRun: 32_000_000, onRows }, OPTIONS);
    expect(had).toEqual(
      new Map([
        [4, 10],
        [7, 11],
        [9, 12],
      ]),
    );
    expect(pool.workers).toBe(1);
    expect(specOf(server)).toMatchObject({ sets: 3, sliceSets: 1 });
  });

  test('as a pool has fewer slices than on one machine, since each costs a task', async () => {
    const server = await gateway({ tasks: [taskEvents(0, [rows(0, 10)])] });
    await using pool = new ClusterPool(gatewayClient(server), { name: 'strategy.ts' });
    const indices = [...Array(4_000).keys()];
    const stop = new AbortController();
    const inputOf = () => ({ ...slices(1), sets: Array(4_000).fill({}) });
    const work = { bundle: BUNDLE, indices, inputOf, stepsPerRun: 100_000, onRows: () => stop.abort() };
    await pool.run(work, { ...OPTIONS, signal: stop.signal }).catch(() => {});
    expect(specOf(server)).toMatchObject({ sets: 4_000, sliceSets: 500 });
  });
});
