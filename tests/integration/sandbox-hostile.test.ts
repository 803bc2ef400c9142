/**
 * Code that means harm, run in sandboxes: each gets its verdict in time, the machine is as it was, and the next
 * sandbox works. The bundler lets none of this through; these texts have never seen it.
 */
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { decodeFrame, encodeFrame } from '../../src/cluster/contracts/frame.ts';
import type { Piece } from '../../src/cluster/contracts/piece.ts';
import { usageOf } from '../../src/cluster/sandbox/process-usage.ts';
import { encodeMessage, KIND } from '../../src/cluster/sandbox/wire.ts';
import { inSandbox, LITTLE_MEMORY, LITTLE_TIME, rawBundle, rawTask } from '../helpers/sandbox-tasks.ts';

/** Start, limit, grace and end, on a machine that does other things too. */
const IN_TIME_MS = 12_000;
const NAP = 'const nap = ms => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);';

let processesBefore = 0;
let startedMs = 0;

/** The first one makes its program, with a compiler that stays. */
beforeAll(async () => {
  await inSandbox(rawTask(rawBundle('')));
  processesBefore = usageOf(process.pid, 1_000).processes;
});

beforeEach(() => {
  startedMs = performance.now();
});

afterEach(async () => {
  expect(performance.now() - startedMs).toBeLessThan(IN_TIME_MS);
  expect(await inSandbox(rawTask(rawBundle('')))).toMatchObject({ verdict: 'DONE', pieces: 1 });
  await expect
    .poll(() => usageOf(process.pid, 1_000).processes, { timeout: 3_000 })
    .toBeLessThanOrEqual(processesBefore);
});

const outcomeOf = (top: string, name?: string) => inSandbox(rawTask(rawBundle(top, name)));

/** What an expression gave inside, told as the strategy's name. */
async function told(top: string, name: string): Promise<string> {
  let text = '';
  const onPiece = async (_seq: number, frame: Buffer): Promise<void> => {
    const piece = decodeFrame(frame) as Extract<Piece, { kind: 'description' }>;
    text = piece.description.name;
  };
  expect(await inSandbox(rawTask(rawBundle(top, name)), { onPiece })).toMatchObject({ verdict: 'DONE' });
  return text;
}

/** What happened when it was tried: the code of the error, or `done`. */
const attempt = (what: string) =>
  `(() => { try { ${what}; return 'done'; } catch (e) { return e.code ?? e.name; } })()`;

describe('time', () => {
  test.each([
    ['at the top level', rawBundle('for (;;);')],
    ['in a function', rawBundle('', '(() => { for (;;); })()')],
    ['in a regular expression', rawBundle('', `/^(a+)+$/.test('${'a'.repeat(50)}b')`)],
    ['asleep', rawBundle(`${NAP} nap(1e9);`)],
  ])('an endless loop %s', async (_, text) => {
    const outcome = await inSandbox(rawTask(text));
    expect(outcome).toMatchObject({ verdict: 'TIMEOUT', error: { code: 'GB_STRATEGY_TIMEOUT' } });
  });
});

describe('memory', () => {
  const bomb = 'const all = []; for (;;) all.push(new Float64Array(1e6).fill(1));';
  test.each([
    ['objects', 'const all = []; for (;;) all.push({ all: [1, 2, 3].map(String) });'],
    ['array buffers', bomb],
    ['texts', "const all = []; for (;;) all.push(Buffer.alloc(1e6, 'x').toString('latin1'));"],
  ])('a bomb of %s', async (_, top) => {
    const outcome = await inSandbox(rawTask(rawBundle(top), LITTLE_MEMORY));
    expect(outcome).toMatchObject({ verdict: 'OOM', error: { code: 'GB_STRATEGY_MEMORY' } });
  });

  test('array buffers in a thread that nobody measures inside', async () => {
    const top = `import { Worker } from 'node:worker_threads'; ${NAP}
      new Worker(${JSON.stringify(bomb)}, { eval: true }); nap(1e9);`;
    const task = rawTask(rawBundle(top), LITTLE_MEMORY);
    expect(await inSandbox(task)).toMatchObject({ verdict: 'OOM', error: { code: 'GB_STRATEGY_MEMORY' } });
  });
});

describe('processes', () => {
  test.each([
    [
      'child_process',
      "import { spawn } from 'node:child_process'; for (;;) spawn('/gobool/node', ['-v']);",
      /restricted/,
    ],
    [
      'what Node keeps for itself',
      "process.binding('spawn_sync').spawn({ file: '/gobool/node', args: [] });",
      /process.binding/,
    ],
    ['native code', "process.dlopen({ exports: {} }, '/gobool/node');", /addons is disabled/],
  ])('by %s', async (_, top, reason) => {
    const outcome = await outcomeOf(top);
    expect(outcome).toMatchObject({
      verdict: 'THROW',
      error: { message: expect.stringMatching(reason) },
    });
  });

  test('many threads', async () => {
    const top = `import { Worker } from 'node:worker_threads'; ${NAP}
      for (let i = 0; i < 60; i++) new Worker('setInterval(() => {}, 1000)', { eval: true }); nap(1e9);`;
    const task = rawTask(rawBundle(top), { ...LITTLE_TIME, barTimeoutMs: 30_000 });
    expect(await inSandbox(task)).toMatchObject({ verdict: 'PROTOCOL', error: { code: 'GB_SANDBOX_PROTOCOL' } });
  });

  test.each([
    ['ends itself', 'process.exit(0);'],
    ['kills itself', "process.kill(process.pid, 'SIGKILL');"],
    ['kills what it finds', "for (let pid = 2; pid < 1_000; pid++) try { process.kill(pid, 'SIGKILL'); } catch {}"],
  ])('%s', async (_, top) => {
    expect(await outcomeOf(`${NAP} ${top} nap(1e9);`)).toMatchObject({
      verdict: 'EXIT',
      error: { code: 'GB_SANDBOX_EXIT' },
    });
  });
});

describe('the world outside', () => {
  test('the environment: nothing but where it is', async () => {
    expect(JSON.parse(await told('', 'JSON.stringify(process.env)'))).toEqual({ PWD: '/gobool' });
  });

  test.each([
    ['reading', "fs.readFileSync('/etc/passwd')"],
    ['listing', "fs.readdirSync('/')"],
    ['writing', "fs.writeFileSync('/tmp/x', 'x')"],
    ['the memory of its process', "fs.writeFileSync('/proc/self/mem', 'x')"],
    ['the pipes of its process', "fs.readdirSync('/proc/self/fd')"],
  ])('files: %s', async (_, what) => {
    expect(await told('', attempt(what))).toBe('ERR_ACCESS_DENIED');
  });

  test('the network', async () => {
    let connections = 0;
    const server = createServer(() => connections++).listen(0, '127.0.0.1');
    await new Promise(resolve => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    const connect = `
      const { workerData } = require('node:worker_threads');
      const end = code => { workerData[0] = code; Atomics.notify(workerData, 0); };
      require('node:net').connect(${port}, '127.0.0.1', () => end(1)).on('error', () => end(2));`;
    const top = `import { Worker } from 'node:worker_threads';
      const cell = new Int32Array(new SharedArrayBuffer(4));
      new Worker(${JSON.stringify(connect)}, { eval: true, workerData: cell });
      Atomics.wait(cell, 0, 0, 5_000);`;
    let text = '';
    const onPiece = async (_seq: number, frame: Buffer): Promise<void> => {
      text = (decodeFrame(frame) as Extract<Piece, { kind: 'description' }>).description.name;
    };
    const name = "cell[0] + ' ' + Object.keys(os.networkInterfaces())";
    await inSandbox(rawTask(rawBundle(top, name), { ...LITTLE_TIME, barTimeoutMs: 10_000 }), { onPiece });
    server.close();
    expect({ text, connections }).toEqual({ text: '2 lo', connections: 0 });
  });
});

describe('the pipes', () => {
  const write = (message: Uint8Array) =>
    `fs.writeSync(4, Buffer.from('${Buffer.from(message).toString('hex')}', 'hex'));`;
  const piece = (value: unknown) => write(encodeMessage(KIND.piece, encodeFrame(value)));
  const lies: Record<string, string> = {
    'done before anything': write(encodeMessage(KIND.done)),
    'ready a second time': write(encodeMessage(KIND.ready)),
    'a message of an unknown kind': write(Buffer.from([0, 0, 0, 0, 99])),
    'a message without an end': write(Buffer.from([255, 255, 255, 255, KIND.piece])),
    'a piece that is no frame': write(encodeMessage(KIND.piece, Buffer.from('hello'))),
    'a piece of another task': piece({ kind: 'rows', from: 0, rows: [] }),
    'a piece of another shape': piece({ kind: 'description', description: { name: 7 } }),
    'a piece with the kind of a prototype': piece({ kind: 'constructor' }),
    'a part of a piece that does not begin': piece({ kind: 'part', part: 1, parts: 2, words: new Int32Array(1) }),
    'a failure of the cluster': write(
      encodeMessage(KIND.failed, encodeFrame({ code: 'GB_KAFKA_UNAVAILABLE', message: 'try again' })),
    ),
    'a failure that is none': write(encodeMessage(KIND.failed, Buffer.from('hello'))),
    'progress of no length': write(encodeMessage(KIND.progress)),
  };
  test.each(Object.keys(lies))('%s', async lie => {
    const outcome = await outcomeOf(`${NAP} ${lies[lie]} nap(1e9);`);
    expect(outcome).toMatchObject({ verdict: 'PROTOCOL', error: { code: 'GB_SANDBOX_PROTOCOL' } });
  });

  test('steps that stand still are no progress', async () => {
    const body = `const step = Buffer.from([8, 0, 0, 0, ${KIND.progress}, 1, 0, 0, 0, 2, 0, 0, 0]);`;
    const outcome = await outcomeOf(`${NAP} ${body} for (;;) { fs.writeSync(4, step); nap(5); }`);
    expect(outcome).toMatchObject({ verdict: expect.stringMatching(/PROTOCOL|TIMEOUT/) });
  });

  test.each([
    ['the one out', 'fs.closeSync(4);'],
    ['the one in', 'fs.closeSync(3);'],
  ])('closing %s', async (_, top) => {
    expect(await outcomeOf(top)).toMatchObject({ verdict: expect.stringMatching(/EXIT|DONE|THROW/) });
  });

  test('a flood of log', async () => {
    const outcome = await outcomeOf("for (;;) try { fs.writeSync(2, 'x'.repeat(10_000)); } catch {}");
    expect(outcome).toMatchObject({ verdict: 'PROTOCOL', error: { message: expect.stringMatching(/error output/) } });
    expect(await outcomeOf("for (;;) console.log('x'.repeat(10_000));")).toMatchObject({
      verdict: expect.stringMatching(/OOM|TIMEOUT/),
    });
  });

  test('polluted prototypes stay where they are', async () => {
    const top = `Object.prototype.kind = 'summary'; Array.prototype.map = () => []; Buffer.concat = undefined;
      JSON.parse = () => ({}); Object.defineProperty(Object.prototype, '__proto__', { value: null });`;
    expect(await outcomeOf(top, `JSON.stringify(JSON.parse('{}'))`)).toMatchObject({ verdict: 'DONE' });
    expect('kind' in {}).toBe(false);
  });

  test('a result that cannot be copied is an error of the strategy', async () => {
    const text = rawBundle('').replace("form: 'onBar'", 'form: () => {}');
    expect(await inSandbox(rawTask(text))).toMatchObject({ verdict: 'THROW' });
  });

  test('an error with a code that is not its own', async () => {
    const top = "throw Object.assign(new Error('away'), { name: 'GoboolError', code: 'GB_KAFKA_UNAVAILABLE' });";
    expect(await outcomeOf(top)).toMatchObject({ verdict: 'PROTOCOL' });
  });
});

test('nothing is left when the process that started it is killed', async () => {
  const module = new URL('../../src/cluster/sandbox/start-sandbox.ts', import.meta.url).href;
  const program = `
    import { startSandbox } from '${module}';
    const sandboxes = [startSandbox(), startSandbox()];
    await Promise.all(sandboxes.map(sandbox => sandbox.ready));
    console.log(sandboxes.map(({ pid }) => pid).join(' '));
    const task = ${JSON.stringify({ ...rawTask(rawBundle('for (;;);')), datasets: undefined })};
    const hooks = { onPiece: async () => {}, onProgress() {}, signal: new AbortController().signal };
    await sandboxes[0].run({ ...task, datasets: new Map() }, hooks);`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await parent.stdout.take(1).toArray()) as [Buffer];
  const pids = line.toString().trim().split(' ').map(Number);
  const alive = () => pids.map(pid => usageOf(pid, 10).processes);
  expect(alive()).toEqual([3, 3]);
  parent.kill('SIGKILL');
  await expect.poll(alive, { timeout: 3_000 }).toEqual([0, 0]);
});
